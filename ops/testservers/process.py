"""Starts, watches and stops processes by exact identity: process id and start time."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
ENDED = -1  # start time of a process that ended before it could be looked at


@dataclass(frozen=True, slots=True)
class Process:
    """One process that we started.

    Attributes:
        pid: Its number.
        started: Its start time in clock ticks since boot, because process ids are reused.
    """

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Process":
        """Return the identity of the living process ``pid``.

        Raises:
            ProcessLookupError: There is none.
        """
        found = _stat(pid)
        if found is None:
            raise ProcessLookupError(f"no process {pid}")
        return cls(pid=pid, started=found[1])

    def alive(self) -> bool:
        """Return whether exactly this process still runs."""
        found = _stat(self.pid)
        return found is not None and found[0] not in "ZX" and found[1] == self.started

    def command(self) -> tuple[str, ...]:
        """Return the command that restarts the process, with its environment, which holds MinIO's keys."""
        folder = Path(f"/proc/{self.pid}")
        variables, arguments = (
            (folder / name).read_bytes().decode("utf-8", "surrogateescape").split("\0")
            for name in ("environ", "cmdline")
        )
        return ("env", "-i", *filter(None, variables), *arguments[:-1])

    def stop(self, *, patience: float = 20) -> None:
        """Ask the process to end, wait, and kill it after ``patience`` seconds."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
            if not self.alive():
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            wait_until(lambda: not self.alive(), seconds=seconds)


def _stat(pid: int) -> tuple[str, int] | None:
    """Return state and start time of a process (proc(5), fields 3 and 22)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[19])


def spawn(*command: str | Path, log: Path) -> Process:
    """Start a detached process in its own session, without input, that writes to ``log``.

    The caller can end, or wait for its own children, without affecting it.
    """
    script = 'exec "$@" > "$0" 2>&1 < /dev/null & echo $!'
    started = subprocess.run(
        ["setsid", "sh", "-c", script, str(log), *(str(part) for part in command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    pid = int(started.stdout)
    found = _stat(pid)
    return Process(pid=pid, started=found[1] if found else ENDED)


def wait_until(ready: Callable[[], bool], *, seconds: float, alive: Sequence[Process] = ()) -> bool:
    """Poll ``ready`` until it holds; give up after ``seconds`` or when one of ``alive`` has ended."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline or not all(process.alive() for process in alive):
            return False
        time.sleep(POLL_SECONDS)
    return True


def free_port() -> int:
    """Return a loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Return whether a loopback ``port`` accepts connections."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def last_lines(log: Path, count: int = 3) -> str:
    """Return the end of a log in one line, for a message."""
    try:
        lines = log.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return f"{log} is not there"
    told = [line.strip()[:300] for line in lines if line.strip() and not line.lstrip().startswith("at ")]
    return " / ".join(told[-count:])
