"""The ledger of work in flight of a system that lives in one process."""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import replace

from schemas.journeys import Journey
from workers.leases.fair_queue import INTAKE, MemoryFairQueue
from workers.leases.protocol import FIRST_STAGE, SCAN, Counts, LeaseStart, RunningKey, TakenScan


class MemoryLeaseStore:
    """The ledger of a system that lives in one process."""

    def __init__(self, *, scans: int = 1) -> None:
        """Set how many scans may be worked on at once."""
        self._most_scans = scans
        self._scans = MemoryFairQueue()
        self._called = 0
        self._scanning: set[str] = set()
        self._lock = threading.Lock()
        self._waiting: dict[str, float] = {}
        self._running: dict[str, RunningKey] = {}
        self._dirty: set[str] = set()
        self._lanes = MemoryFairQueue()
        self._paused: set[str] = set()
        self._journeys: dict[str, Journey] = {}

    def line_up(self, keys: Iterable[str]) -> int:
        """See ``LeaseStore``."""
        now = time.time()
        with self._lock:
            wanted = list(dict.fromkeys(keys))
            self._dirty.update(key for key in wanted if key in self._waiting)
            return sum(key not in self._waiting and self._lanes.add(key, now) for key in wanted)

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """See ``LeaseStore``; all that waits outside the lanes is in a queue here."""
        with self._lock:
            length = len(self._waiting)
            if INTAKE in self._paused or length * 2 > most:
                return []
            admitted = [first for _ in range(most - length) if (first := self._lanes.take()) is not None]
            self._waiting.update(dict.fromkeys((key for key, _ in admitted), time.time()))
            return admitted

    def wait(self, keys: Iterable[str]) -> list[str]:
        """See ``LeaseStore``."""
        now = time.time()
        with self._lock:
            fresh = [key for key in dict.fromkeys(keys) if key not in self._waiting]
            self._waiting.update(dict.fromkeys(fresh, now))
        return fresh

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            for key in keys:
                self._waiting.pop(key, None)

    def start(self, key: str, stage: str = "") -> LeaseStart | None:
        """See ``LeaseStore``."""
        thread = f"{os.getpid()} {threading.current_thread().name}"
        with self._lock:
            self._waiting.pop(key, None)
            if key in self._running:
                self._dirty.add(key)
                return None
            if stage == FIRST_STAGE:
                self._dirty.discard(key)
                self._scans.discard(key)
            self._running[key] = RunningKey(key, stage, thread, 1, time.time(), alive=True)
            return LeaseStart()

    def put_aside(self, key: str, since: float) -> bool:
        """See ``LeaseStore``."""
        with self._lock:
            self._scans.add(key, since)
            return self._end(key)

    def scans_wanted(self, queue: str) -> int:
        """See ``LeaseStore``; the messages asked for are taken as sent."""
        with self._lock:
            busy = self._called + len(self._scanning)
            wanted = max(0, min(self._most_scans - busy, len(self._scans) - self._called))
            self._called += wanted
            return wanted

    def take_scan(self) -> TakenScan | None:
        """See ``LeaseStore``."""
        thread = f"{os.getpid()} {threading.current_thread().name}"
        with self._lock:
            self._called = max(0, self._called - 1)
            while (found := self._scans.take()) is not None:
                key, since = found
                self._dirty.discard(key)
                if key not in self._running:
                    self._scanning.add(key)
                    self._running[key] = RunningKey(key, SCAN, thread, 1, time.time(), alive=True)
                    return TakenScan(key, since, LeaseStart())
                self._dirty.add(key)
            return None

    def at(self, key: str, stage: str) -> None:
        """See ``LeaseStore``."""
        with self._lock:
            if key in self._running:
                self._running[key] = replace(self._running[key], stage=stage)

    def hand_over(self, key: str) -> int:
        """See ``LeaseStore``."""
        with self._lock:
            self._running.pop(key, None)
            self._scanning.discard(key)
            self._waiting.setdefault(key, time.time())
            return len(self._waiting)

    def finish(self, key: str) -> bool:
        """See ``LeaseStore``."""
        with self._lock:
            return self._end(key)

    def _end(self, key: str) -> bool:
        self._running.pop(key, None)
        self._scanning.discard(key)
        dirty = key in self._dirty
        self._dirty.discard(key)
        return dirty

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``LeaseStore``."""
        oldest = waiting_since or 0.0
        with self._lock:
            return {
                key
                for key in keys
                if key in self._running
                or key in self._lanes
                or key in self._scans
                or self._waiting.get(key, -1.0) >= oldest
            }

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``LeaseStore``; threads of one process lose nothing, and end with it."""
        return []

    def list_running(self) -> list[RunningKey]:
        """See ``LeaseStore``."""
        with self._lock:
            return sorted(self._running.values(), key=lambda one: one.since)

    def counts(self) -> Counts:
        """See ``LeaseStore``."""
        with self._lock:
            now, scans, lined = time.time(), len(self._scans), len(self._lanes)
            firsts = (min(self._waiting.values(), default=None), self._lanes.oldest())
            oldest = min((first for first in firsts if first is not None), default=now)
            return Counts(
                waiting=len(self._waiting) + lined + scans,
                running=len(self._running),
                oldest_seconds=max(0.0, now - oldest),
                lined=lined,
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
        """See ``LeaseStore``; who asks is this process itself."""

    def close(self) -> None:
        """See ``LeaseStore``."""
