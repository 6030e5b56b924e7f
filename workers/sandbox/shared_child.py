"""Documents of one upload read one after another in one child, which is thrown away after them.

A child of its own for each costs more than reading a small document. They share only with each other: whoever uploaded
one can at most reach those that came with it. Any failure in a child that has read another document before is not
believed: the document is read again alone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from schemas.errors import DocumentError, ScanFoundError
from workers.sandbox.client import Sandbox
from workers.sandbox.folders import discard
from workers.sandbox.fork_server_client import ForkServer, Line, ServerLostError
from workers.sandbox.outcome import Conversion
from workers.sandbox.protocol import Reached, Request


class SharedChild:
    """Converts as ``Sandbox`` does, for one thread; close it after the last document and its files."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Set it up; its child starts with the first document."""
        self._sandbox = sandbox
        self._serial = count(1)
        self._folder: Path | None = None
        self._server: ForkServer | None = None
        self._line: Line | None = None
        self._used = 0.0

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Yield an empty folder that the child may read; see ``Sandbox.scratch``."""
        path = self._make_folder("documents")
        try:
            yield path
        finally:
            discard(path)

    def convert(
        self, path: Path, *, hint: str, progress: Callable[[Reached], None] = lambda reached: None, scans: bool = True
    ) -> Conversion:
        """Convert one document, which must lie in a folder from ``scratch``; see ``Sandbox.convert``."""
        self._sandbox.check_size(path)
        fresh = self._line is None
        workdir = self._make_folder("work")
        kept = None
        try:
            conversion = self._convert(path, hint, workdir, progress, scans=scans)
            kept = conversion.folder
            return conversion
        except (DocumentError, ScanFoundError):
            self._drop_child()
            if fresh:
                raise
        except ServerLostError:
            self._drop_child()
        finally:
            if kept is None:
                discard(workdir)
        return self._sandbox.convert(path, hint=hint, progress=progress, scans=scans)

    def close(self) -> None:
        """Throw the child away, and the files of all documents."""
        self._drop_child()
        if self._folder:
            discard(self._folder)
            self._folder = None

    def _convert(
        self, path: Path, hint: str, workdir: Path, progress: Callable[[Reached], None], *, scans: bool
    ) -> Conversion:
        engine = self._sandbox.ocr_engine
        request = Request(str(path.absolute()), hint, str(workdir), scans=scans, ocr_engine=engine)
        if self._line is None or self._server is None:
            self._server, self._used = self._sandbox.fork_server(), 0.0
            shared = tuple(str(workdir.parent.parent / name) for name in ("documents", "work"))
            self._line = self._server.open_line(replace(request, shared=shared))
        else:
            self._server.go_on(self._line, request)
        server, started = self._server, time.monotonic()
        answer = self._sandbox.hear(server, self._line, progress)
        if not answer.waits:
            self._drop_child()
        spent, self._used = answer.ended.cpu_seconds - self._used, answer.ended.cpu_seconds
        conversion = self._sandbox.conversion(answer, workdir, time.monotonic() - started, cpu_seconds=spent)
        server.preload_reader(conversion.converted.format)
        return conversion

    def _drop_child(self) -> None:
        line, self._line = self._line, None
        if line and self._server:
            self._server.release(line)
        self._server = None

    def _make_folder(self, kind: str) -> Path:
        if self._folder is None:
            self._folder = self._sandbox.make_folder()
            for name in ("documents", "work"):
                (self._folder / name).mkdir()
        path = self._folder / kind / str(next(self._serial))
        path.mkdir(parents=True)
        return path
