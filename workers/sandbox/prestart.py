"""Starts a fork server's process before anything else is imported, so that both sides import at the same time.

For commands that take half a second, and for workers whose children each need a fork server: those are forked from one
process, the stem. Imports no module of ours; ``workers.sandbox.fork_server_client`` communicates with it.
"""

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

READER = "workers.convert.registry:convert"
FORKED = b"fork"  # message to the stem, sent with the socket of the fork server
_STEM_SECONDS = 60.0  # longest wait for a stem that still imports its readers
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TZ")


class Leader(Protocol):
    """The process of a fork server."""

    def kill(self) -> None:
        """Kill it, if it still runs."""
        ...

    def wait(self, timeout: float | None = None) -> Any:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: It still runs.
        """
        ...


class Forked:
    """A process that another process must reap; see ``Leader``."""

    def __init__(self, pid: int) -> None:
        """Open a handle (pidfd) to a process.

        Raises:
            ProcessLookupError: It has ended.
        """
        self._pid = pid
        self._handle: int | None = os.pidfd_open(pid)

    def kill(self) -> None:
        """See ``Leader``."""
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        """See ``Leader``."""
        if self._handle is None:
            return
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self._pid), timeout or 0.0)
        os.close(self._handle)
        self._handle = None


@dataclass(frozen=True, slots=True)
class Launched:
    """A process that waits for its ``Start`` message, and our end of the socket to it.

    Attributes:
        owner: Process that started it, the only one that may use the socket.
        reader: Function it converts with, as ``module:name``.
        control: A socket of whole messages.
        process: Leader of a session of its own.
    """

    owner: int
    reader: str
    control: socket.socket
    process: Leader


_waiting: list[Launched] = []
_stems: list[tuple[str, socket.socket]] = []


def launch(reader: str) -> Launched:
    """Start the process of a fork server, without waiting for it."""
    ours, process = _start("workers.sandbox.fork_server", reader)
    return Launched(os.getpid(), reader, ours, process)


def plant(reader: str = READER) -> None:
    """Start the stem, which forks the fork servers of all children of this process; it ends with this process."""
    ours, _ = _start("workers.sandbox.stem", reader, str(os.getpid()))
    _stems.append((reader, ours))


def _start(module: str, reader: str, *more: str) -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # Not the worker's environment: it holds the keys to the stores, which parsers must not see.
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(theirs.fileno()), reader, *more],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            env={**passed, **own},
            start_new_session=True,
        )
    return ours, process


def _fork(reader: str) -> Launched | None:
    """Have the stem fork a fork server; return None if there is no stem, or it does not answer."""
    for planted, stem in _stems:
        if planted == reader:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.settimeout(_STEM_SECONDS)
            try:
                with theirs:
                    socket.send_fds(stem, [FORKED], [theirs.fileno()])
                process = Forked(int(ours.recv(64) or 0))
            except (OSError, ValueError):
                ours.close()
                return None
            ours.settimeout(None)
            return Launched(os.getpid(), reader, ours, process)
    return None


def begin() -> None:
    """Start a process for the first ``take`` in this process; unused, it ends with this process."""
    _waiting.append(launch(READER))


def take(reader: str) -> Launched:
    """Return the process started by ``begin``, else one forked by the stem, else a newly started one."""
    while _waiting:
        found = _waiting.pop()
        if (found.owner, found.reader) == (os.getpid(), reader):
            return found
    return _fork(reader) or launch(reader)
