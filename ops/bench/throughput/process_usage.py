"""Watches the memory and the CPU time of processes while something runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from workers.runtime.background_thread import run_in_background

INTERVAL_SECONDS = 0.25


class Usage:
    """Peak resident memory in bytes and CPU seconds by role; a role is the name of a process group."""

    def __init__(self, roots: dict[str, int]) -> None:
        self.peaks: dict[str, int] = {}
        self._roots = roots
        self._cpu: dict[tuple[str, int], float] = {}
        self._before: dict[tuple[str, int], float] = {}
        self.look()
        self._before = dict(self._cpu)

    @property
    def cpu_seconds(self) -> dict[str, float]:
        """CPU seconds since the start, children that have ended included."""
        spent: dict[str, float] = {}
        for (role, pid), seconds in self._cpu.items():
            spent[role] = spent.get(role, 0.0) + seconds - self._before.get((role, pid), 0.0)
        return spent

    def look(self) -> None:
        """Sample every process of every group once, children included."""
        seen: set[int] = set()  # a process that started others is named last and counts by itself
        for role, pid in self._roots.items():
            try:
                root = psutil.Process(pid)
                processes = [root, *root.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
            for process in processes:
                if process.pid not in seen:
                    self._note(role, process)
            seen.update(process.pid for process in processes)

    def _note(self, role: str, process: psutil.Process) -> None:
        try:
            command = " ".join(process.cmdline())
            resident = process.memory_info().rss
            times = process.cpu_times()
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            return
        name = f"{role} sandbox" if "workers.sandbox" in command else role
        self.peaks[name] = max(self.peaks.get(name, 0), resident)
        # Only the fork server's children end by the hundred; their CPU is counted by their parent's wait.
        ended = times.children_user + times.children_system if name.endswith("sandbox") else 0.0
        self._cpu[name, process.pid] = times.user + times.system + ended


@contextmanager
def watch_processes(roots: dict[str, int]) -> Iterator[Usage]:
    """Watch these processes and their children until the block ends."""
    usage = Usage(roots)

    def watch(ended: threading.Event) -> None:
        while not ended.wait(INTERVAL_SECONDS):
            usage.look()

    try:
        with run_in_background(watch, "memory"):
            yield usage
    finally:
        usage.look()
