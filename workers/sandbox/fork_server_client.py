"""Starts a fork server and communicates with it."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from schemas.errors import GongkaiError
from schemas.limits import Limits
from workers.confinement.processes import kill_session
from workers.sandbox.answer import Answer, Collector
from workers.sandbox.prestart import take
from workers.sandbox.protocol import GOODBYE, MESSAGE_BYTES, READY, RELEASE, Reached, Request, Start, pack

_CLOSING_SECONDS = 5.0


class SandboxError(GongkaiError):
    """The fork server or its children do not start: the installation or machine is at fault, not the document."""


class ServerLostError(Exception):
    """The fork server died while it had a document; another one may succeed.

    Attributes:
        started: Whether the document's child was running by then, so that the document may be to blame.
    """

    def __init__(self, *, started: bool) -> None:
        super().__init__("the fork server went away")
        self.started = started


@dataclass(slots=True)
class Line:
    """What connects the worker with one child: its answers, its printed output, and its process id once known."""

    answer: socket.socket
    output: int
    child: int | None = None

    def close(self) -> None:
        """Close both ends held here."""
        self.answer.close()
        os.close(self.output)


class ForkServer:
    """One running fork server; usable from any thread of the process that started it."""

    def __init__(
        self, folder: Path, *, limits: Limits, passwords: tuple[str, ...], preload: tuple[str, ...], reader: str
    ) -> None:
        """Start the process, without waiting for it.

        Args:
            folder: The worker's; the server removes it if the worker could not.
            limits: Resource limits of one conversion.
            passwords: Tried on encrypted documents.
            preload: Formats whose readers are imported first.
            reader: Function that converts, as ``module:name``.
        """
        self._lock = threading.Lock()
        self._met = set(preload)
        self._unwarmed: list[str] = []
        self._ready = False
        launched = take(reader)
        self._control, self._process = launched.control, launched.process
        start = Start(os.getpid(), str(folder), asdict(limits), passwords, preload)
        with suppress(BrokenPipeError):  # it died already; the first request finds out
            self._control.send(pack(start))

    def preload_reader(self, format_: str) -> None:
        """Have the next request import the reader of a format, for later documents."""
        with self._lock:
            if format_ not in self._met:
                self._met.add(format_)
                self._unwarmed.append(format_)

    def ask(
        self, request: Request, *, patience: float, told: Callable[[Reached], None] = lambda reached: None
    ) -> Answer:
        """Have one document converted and wait for the answer.

        Args:
            request: The document.
            patience: Seconds the server allows the child, or each of its pages.
            told: Called with the progress of a page-by-page conversion.

        Raises:
            ServerLostError: The server died, or does not answer.
            SandboxError: It never started.
        """
        line = self.open_line(request)
        try:
            return self.hear(line, patience=patience, told=told)
        finally:
            line.close()

    def open_line(self, request: Request) -> Line:
        """Have a child made for a document; it may be shared if the request says so."""
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output, their_output = os.pipe()
        with theirs:
            self._send(request, theirs.fileno(), their_output)
        os.close(their_output)
        return Line(mine, output)

    def go_on(self, line: Line, request: Request) -> None:
        """Give a shared child that waits its next document."""
        self._send(replace(request, child=line.child or 0))

    def release(self, line: Line) -> None:
        """Let a shared child end, without waiting for it."""
        with suppress(OSError):
            self._control.send(RELEASE + str(line.child or 0).encode())
        line.close()

    def hear(self, line: Line, *, patience: float, told: Callable[[Reached], None]) -> Answer:
        """Wait for the answer to the document a child was given last; see ``ask``."""
        collector = Collector(line.answer, line.output, told, child=line.child)
        answer = collector.collect(patience)
        line.child = collector.child
        if answer is None:
            raise self._lost(collector.child)
        return answer

    def close(self) -> None:
        """Stop the process and all it runs; closing again does nothing."""
        with suppress(OSError):
            self._control.send(GOODBYE)
        self.abandon()
        try:
            self._process.wait(_CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()

    def abandon(self) -> None:
        """Close the connection to a server that belongs to the process this one was forked from."""
        self._control.close()

    def _send(self, request: Request, *descriptors: int) -> None:
        with self._lock:
            warm, self._unwarmed = tuple(self._unwarmed), []
        with suppress(OSError):  # ``collect`` notices: the answer socket is closed on the other side
            message = pack(replace(request, warm=warm))
            if descriptors:
                socket.send_fds(self._control, [message], descriptors)
            else:
                self._control.send(message)

    def _lost(self, child: int | None) -> Exception:
        self._kill()
        if child:
            kill_session(child)
        with self._lock:
            self._ready = self._ready or self._said_ready()
        if self._ready:
            return ServerLostError(started=child is not None)
        return SandboxError("the fork server did not start; what it printed says why (gongkai doctor checks the rest)")

    def _said_ready(self) -> bool:
        for _ in range(2):  # the first call may fail once if the dead server left data unread
            with suppress(OSError):
                return self._control.recv(MESSAGE_BYTES, socket.MSG_DONTWAIT) == READY
        return False

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()
