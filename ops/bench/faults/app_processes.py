"""The application's processes in a run; restarts each shortly after it dies, as a service manager does."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from workers.settings import environment_with

COMMANDS: dict[str, tuple[str, ...]] = {
    "documents": ("worker", "--stages", "convert,normalize,extract", "--concurrency", "3"),
    "scans": ("worker", "--stages", "scan", "--concurrency", "1"),
    "index": ("worker", "--stages", "index"),
    "intake": ("intake",),
    "sweep": ("sweep", "--forever"),
}
RESTART_SECONDS = 0.5


class AppProcesses:
    """The processes by role."""

    def __init__(self, variables: dict[str, str], folder: Path) -> None:
        self.restarts = 0
        self._environment = environment_with(variables)
        self._folder = folder
        self._processes = {role: self._start(role) for role in COMMANDS}
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._look_after, name="crew", daemon=True)
        self._watch.start()

    def kill(self, role: str) -> None:
        """Kill the process of a role, not its children."""
        with suppress(ProcessLookupError):
            os.kill(self._processes[role].pid, signal.SIGKILL)

    def kill_child(self, source: random.Random) -> bool:
        """Kill a child of one of the workers; return False if there is none."""
        below = []
        for role in ("documents", "scans", "index"):
            with suppress(psutil.Error):
                below += psutil.Process(self._processes[role].pid).children(recursive=True)
        with suppress(psutil.Error):
            if below:
                source.choice(sorted(below, key=lambda process: process.pid)).kill()
                return True
        return False

    def end(self) -> None:
        """End all processes and their children."""
        self._stop.set()
        self._watch.join()
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def _start(self, role: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{role}.log").open("ab") as log:
            command = [sys.executable, "-m", "ops.cli", *COMMANDS[role]]
            return subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def _look_after(self) -> None:
        while not self._stop.wait(RESTART_SECONDS):
            for role, process in list(self._processes.items()):
                if process.poll() is not None:
                    with suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    self._processes[role] = self._start(role)
                    self.restarts += 1


@contextmanager
def app_processes(variables: dict[str, str], folder: Path) -> Iterator[AppProcesses]:
    """Run the processes until the block ends."""
    running = AppProcesses(variables, folder)
    try:
        yield running
    finally:
        running.end()
