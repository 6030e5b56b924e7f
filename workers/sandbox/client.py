"""The worker's side of the sandbox: hands documents to the fork server and waits for the outcomes."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from schemas.blocks import Converted
from schemas.codec import decode
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.confinement.confine import close_memory
from workers.confinement.processes import signal_name
from workers.sandbox.answer import Answer
from workers.sandbox.folders import OwnedFolder, discard
from workers.sandbox.fork_server_client import ForkServer, Line, SandboxError, ServerLostError
from workers.sandbox.outcome import Conversion, explain
from workers.sandbox.prestart import READER
from workers.sandbox.protocol import Reached, Request
from workers.telemetry.recorder import RECORDER

if TYPE_CHECKING:
    from schemas.drawings import Secret

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """An answer, the server that gave it, the child's folder, and the seconds it took."""

    server: ForkServer
    answer: Answer
    workdir: Path
    seconds: float


class Sandbox:
    """Converts each document in a process of its own. One per worker process, shared by its threads.

    The fork server starts with the first document, and again if it died.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        passwords: tuple[str, ...] = (),
        ocr_engine: str = "",
        preload: tuple[str, ...] = (),
        reader: str = READER,
        folder: Path | None = None,
    ) -> None:
        """Set the sandbox up, without starting anything.

        Args:
            limits: Resource limits of one conversion.
            passwords: Tried in turn on encrypted documents.
            ocr_engine: Which one recognises pages; empty for the default.
            preload: Formats whose readers are imported before the first document; others when they are first met.
            reader: Function that converts, as ``module:name``.
            folder: Parent of temporary folders; the system's by default.
        """
        self._limits = limits
        self._passwords = passwords
        self.ocr_engine = ocr_engine
        self._preload = preload
        self._reader = reader
        self._parent = Path(folder or tempfile.gettempdir()).absolute()
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._server: ForkServer | None = None
        self._folder: OwnedFolder | None = None

    def start(self) -> None:
        """Start the fork server now, without waiting for it."""
        self._running()

    def convert(
        self, path: Path, *, hint: str, progress: Callable[[Reached], None] = lambda reached: None, scans: bool = True
    ) -> Conversion:
        """Convert one document.

        Args:
            path: The file.
            hint: Suffix of its name, lower case, without the dot.
            progress: Called now and then with the current page of a scan.
            scans: Whether pages may be recognised.

        Raises:
            DocumentError: It cannot be read, or exceeded a limit.
            ScanFoundError: A page must be recognised, but ``scans`` is false.
            SandboxError: The fork server does not start.
        """
        return self._ask(
            path, Request("", hint, "", scans=scans, ocr_engine=self.ocr_engine), progress, self._converted
        )

    def draw(self, path: Path, *, hint: str, page: int, secrets: "tuple[Secret, ...] | None" = None) -> bytes:
        """Draw one page of a document; only a sandbox with such a reader can (``workers.convert.preview``).

        Args:
            path: The file.
            hint: As for ``convert``.
            page: 1-based.
            secrets: What is covered on it; None where nothing in the document is masked.

        Returns:
            What ``schemas.drawings.pack`` returns.

        Raises:
            DocumentError: The page does not exist, cannot be drawn, or exceeded a limit.
            SandboxError: The fork server does not start.
        """
        covered = None if secrets is None else tuple((one.text, one.start, one.end, one.times) for one in secrets)
        return self._ask(path, Request("", hint, "", page=page, secrets=covered), lambda reached: None, self._drawing)

    def _ask(
        self,
        path: Path,
        request: Request,
        progress: Callable[[Reached], None],
        use: "Callable[[_Attempt], T]",
    ) -> T:
        """Send a request about a document, of which paths are still missing, and return what ``use`` makes of it."""
        self.check_size(path)
        started = False
        for _ in range(2):
            server, folder = self._running()
            workdir = folder.add()
            complete = replace(request, path=str(path.absolute()), workdir=str(workdir))
            try:
                return self._attempt(server, complete, progress, use)
            except ServerLostError as error:
                self._discard(server)
                started = error.started
        if not started:
            raise SandboxError("the fork server died twice before it started a child; is this machine out of memory?")
        raise DocumentError(Category.CRASH, Sentence.of("fork-server-died"))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Yield an empty folder for files to be converted; it is removed however this process ends."""
        _, owned = self._running()
        path = owned.add()
        try:
            yield path
        finally:
            discard(path)

    def close(self) -> None:
        """Stop the fork server and all it runs, and remove the temporary folders."""
        with self._lock:
            self._leave_inherited()
            server, self._server = self._server, None
            folder, self._folder = self._folder, None
        if server:
            server.close()
        if folder:
            folder.close()

    def check_size(self, path: Path) -> None:
        """Refuse a file that is too large for any child.

        Raises:
            DocumentError: It is.
        """
        size = path.stat().st_size
        if size > self._limits.input_bytes:
            said = Sentence.of("input-too-large", size=size, limit=self._limits.input_bytes)
            raise DocumentError(Category.TOO_LARGE, said)

    def fork_server(self) -> ForkServer:
        """Return the running fork server."""
        return self._running()[0]

    def make_folder(self) -> Path:
        """Return a new empty folder, which the caller removes."""
        return self._running()[1].add()

    def hear(self, server: ForkServer, line: Line, told: Callable[[Reached], None]) -> Answer:
        """Wait for the answer to a document.

        Raises:
            ServerLostError: The server died and is replaced by the next call that needs one.
            SandboxError: It never started.
        """
        try:
            return server.hear(line, patience=self._limits.wall_seconds + self._limits.page_seconds, told=told)
        except ServerLostError:
            self._discard(server)
            raise

    def _attempt(
        self, server: ForkServer, request: Request, progress: Callable[[Reached], None], use: "Callable[[_Attempt], T]"
    ) -> T:
        started, workdir = time.monotonic(), Path(request.workdir)
        made: T | None = None
        try:
            patience = self._limits.wall_seconds + self._limits.page_seconds
            answer = server.ask(request, patience=patience, told=progress)
            made = use(_Attempt(server, answer, workdir, time.monotonic() - started))
            return made
        finally:
            if not (isinstance(made, Conversion) and made.folder):
                discard(workdir)

    def _drawing(self, attempt: _Attempt) -> bytes:
        self._require_success(attempt.answer)
        return attempt.answer.result

    def _converted(self, attempt: _Attempt) -> Conversion:
        conversion = self.conversion(attempt.answer, attempt.workdir, attempt.seconds)
        attempt.server.preload_reader(conversion.converted.format)
        return conversion

    def conversion(
        self, answer: Answer, workdir: Path, seconds: float, *, cpu_seconds: float | None = None
    ) -> Conversion:
        """Return the document an answer holds.

        Args:
            answer: Of a child.
            workdir: The document's folder, kept if it holds files of children.
            seconds: From request to answer.
            cpu_seconds: Of this document, if the child has read others.

        Raises:
            DocumentError: It could not be read, or exceeded a limit.
            ScanFoundError: A page must be recognised.
        """
        self._require_success(answer)
        converted = decode(Converted, answer.result)
        return Conversion(
            converted=converted,
            data=answer.result,
            folder=workdir if converted.children else None,
            seconds=seconds,
            cpu_seconds=answer.ended.cpu_seconds if cpu_seconds is None else cpu_seconds,
            peak_bytes=answer.ended.peak_bytes,
        )

    def _require_success(self, answer: Answer) -> None:
        error = explain(answer.ended, answer.failure, answer.printed, self._limits)
        if error and (answer.ended.stop or answer.ended.code < 0):
            RECORDER.count("sandbox_kills_total", answer.ended.stop or signal_name(-answer.ended.code))
        if error:
            raise error

    def _running(self) -> tuple[ForkServer, OwnedFolder]:
        with self._lock:
            self._leave_inherited()
            if self._server is None:
                close_memory()  # this process holds the keys to the stores
            self._folder = self._folder or OwnedFolder(self._parent)
            self._server = self._server or ForkServer(
                self._folder.path,
                limits=self._limits,
                passwords=self._passwords,
                preload=self._preload,
                reader=self._reader,
            )
            return self._server, self._folder

    def _leave_inherited(self) -> None:
        if self._owner == os.getpid():
            return
        # This process was forked from the owner: both would use one socket.
        if self._server:
            self._server.abandon()
        if self._folder:
            self._folder.abandon()
        self._owner, self._server, self._folder = os.getpid(), None, None

    def _discard(self, server: ForkServer) -> None:
        with self._lock:
            if self._server is server:
                self._server = None
        server.close()
