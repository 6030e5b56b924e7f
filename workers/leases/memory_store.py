"""The lease store of a single-process system."""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import replace

from schemas.journeys import Journey
from workers.leases.fair_queue import INTAKE, MemoryFairQueue
from workers.leases.protocol import Counts, LeaseStart, RunningKey, TakenScan


class MemoryLeaseStore:
    """The lease store of a single-process system."""

    def __init__(self, *, scans: int = 1) -> None:
        """Set how many scans may run at once."""
        self._max_scans = scans
        self._scans = MemoryFairQueue()
        self._scan_messages = 0
        self._scanning: set[str] = set()
        self._lock = threading.Lock()
        self._waiting: dict[str, float] = {}
        self._running: dict[str, RunningKey] = {}
        self._changed_again: set[str] = set()
        self._tenants = MemoryFairQueue()
        self._paused: set[str] = set()
        self._journeys: dict[str, Journey] = {}
        self._wake = threading.Event()

    def line_up(self, keys: Iterable[str]) -> int:
        """See ``LeaseStore``."""
        now = time.time()
        with self._lock:
            wanted = list(dict.fromkeys(keys))
            self._changed_again.update(key for key in wanted if key in self._waiting)
            new = sum(key not in self._waiting and self._tenants.add(key, now) for key in wanted)
        if new:
            self._wake.set()
        return new

    def admit(self, queue: str, most: int, *, batch: int = 1) -> list[tuple[str, float]]:
        """See ``LeaseStore``; every admitted key is in a queue here."""
        with self._lock:
            length = len(self._waiting)
            if INTAKE in self._paused or length * 2 > most:
                return []
            admitted = [first for _ in range(most - length) if (first := self._tenants.take()) is not None]
            self._waiting.update(dict.fromkeys((key for key, _ in admitted), time.time()))
            return admitted

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            for key in keys:
                self._waiting.pop(key, None)

    def start(self, key: str, stage: str = "", *, looks: bool = False) -> LeaseStart | None:
        """See ``LeaseStore``."""
        thread = f"{os.getpid()} {threading.current_thread().name}"
        with self._lock:
            self._waiting.pop(key, None)
            if key in self._running:
                self._changed_again.add(key)
                return None
            if looks:
                self._changed_again.discard(key)
                self._scans.discard(key)
                if len(self._tenants):
                    self._wake.set()
            self._running[key] = RunningKey(key, stage, thread, 1, time.time(), alive=True)
            return LeaseStart()

    def put_aside(self, key: str, since: float) -> bool:
        """See ``LeaseStore``."""
        with self._lock:
            self._scans.add(key, since)
            self._wake.set()
            return self._end(key)

    def count_scan_room(self, queue: str) -> int:
        """See ``LeaseStore``; the messages counted are assumed to be sent."""
        with self._lock:
            busy = self._scan_messages + len(self._scanning)
            wanted = max(0, min(self._max_scans - busy, len(self._scans) - self._scan_messages))
            self._scan_messages += wanted
            return wanted

    def take_scan(self, stage: str) -> TakenScan | None:
        """See ``LeaseStore``."""
        thread = f"{os.getpid()} {threading.current_thread().name}"
        with self._lock:
            self._scan_messages = max(0, self._scan_messages - 1)
            while (found := self._scans.take()) is not None:
                key, since = found
                self._changed_again.discard(key)
                if key not in self._running:
                    self._scanning.add(key)
                    self._running[key] = RunningKey(key, stage, thread, 1, time.time(), alive=True)
                    return TakenScan(key, since, LeaseStart())
                self._changed_again.add(key)
            return None

    def set_stage(self, key: str, stage: str) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            if key in self._running:
                self._running[key] = replace(self._running[key], stage=stage)

    def hand_over(self, key: str) -> int:
        """See ``LeaseStore``."""
        with self._lock:
            self._end_run(key)
            self._waiting.setdefault(key, time.time())
            return len(self._waiting)

    def finish(self, key: str) -> bool:
        """See ``LeaseStore``."""
        with self._lock:
            return self._end(key)

    def _end(self, key: str) -> bool:
        self._end_run(key)
        changed_again = key in self._changed_again
        self._changed_again.discard(key)
        return changed_again

    def _end_run(self, key: str) -> None:
        self._running.pop(key, None)
        if key in self._scanning:
            self._scanning.discard(key)
            self._wake.set()

    def wait_for_work(self, seconds: float) -> None:
        """See ``LeaseStore``."""
        self._wake.wait(seconds)
        self._wake.clear()

    def find_busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``LeaseStore``."""
        oldest = waiting_since or 0.0
        with self._lock:
            return {
                key
                for key in keys
                if key in self._running
                or key in self._tenants
                or key in self._scans
                or self._waiting.get(key, -1.0) >= oldest
            }

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``LeaseStore``; always empty, since threads end with their process."""
        return []

    def list_running(self) -> list[RunningKey]:
        """See ``LeaseStore``."""
        with self._lock:
            return sorted(self._running.values(), key=lambda one: one.since)

    def counts(self) -> Counts:
        """See ``LeaseStore``."""
        with self._lock:
            now, scans, unadmitted = time.time(), len(self._scans), len(self._tenants)
            firsts = (min(self._waiting.values(), default=None), self._tenants.oldest())
            oldest = min((first for first in firsts if first is not None), default=now)
            return Counts(
                waiting=len(self._waiting) + unadmitted + scans,
                running=len(self._running),
                oldest_seconds=max(0.0, now - oldest),
                unadmitted=unadmitted,
                scans=scans,
                scan_seconds=max(0.0, now - (self._scans.oldest() or now)),
            )

    def pause(self, names: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            self._paused.update(names)

    def resume(self, names: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            self._paused.difference_update(names)

    def list_paused(self) -> set[str]:
        """See ``LeaseStore``."""
        with self._lock:
            return set(self._paused)

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            self._journeys.update(dict.fromkeys(keys, journey))

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """See ``LeaseStore``."""
        with self._lock:
            return {key: found for key in keys if (found := self._journeys.pop(key, None)) is not None}

    def heartbeat(self) -> None:
        """See ``LeaseStore``; does nothing, since this process is the only one."""

    def close(self) -> None:
        """See ``LeaseStore``."""
