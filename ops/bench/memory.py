"""Watches the memory of processes while something runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

INTERVAL_SECONDS = 0.25


class Peaks:
    """Peak resident memory in bytes by role; a role is the name of a process group."""

    def __init__(self, roots: dict[str, int]) -> None:
        self.peaks: dict[str, int] = {}
        self._roots = roots

    def look(self) -> None:
        """Look once at every process of every group, its children included."""
        for role, pid in self._roots.items():
            try:
                root = psutil.Process(pid)
                processes = [root, *root.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
            for process in processes:
                self._note(role, process)

    def _note(self, role: str, process: psutil.Process) -> None:
        try:
            command = " ".join(process.cmdline())
            resident = process.memory_info().rss
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            return
        name = f"{role} sandbox" if "workers.sandbox" in command else role
        self.peaks[name] = max(self.peaks.get(name, 0), resident)


@contextmanager
def watched(roots: dict[str, int]) -> Iterator[Peaks]:
    """Watch these processes and their children until the block ends."""
    peaks, stop = Peaks(roots), threading.Event()

    def watch() -> None:
        while not stop.wait(INTERVAL_SECONDS):
            peaks.look()

    thread = threading.Thread(target=watch, name="memory", daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        stop.set()
        thread.join()
        peaks.look()
