"""Which objects are waiting for a worker and which are being worked on; everything else about work lives in the index.

``waiting`` keeps an object from being queued twice. ``running`` is a lease that a live worker renews: no two tasks work
on one key at once. What arrives after the first stage looked at an object marks its key ``dirty``, also while it waits
for a later stage, so that whoever brings it to its end starts it once more.
Losing all of this costs at most some work done twice: the sweep compares the bucket with the index, not with this.
"""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from workers.lanes import INTAKE, MemoryLanes
from workers.settings import Settings

# The stage that looks at the object: what arrived before it started needs no second look.
FIRST_STAGE = "convert"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many objects wait and run, the age in seconds of the one that waited longest, and how many wait in lanes."""

    waiting: int
    running: int
    oldest_seconds: float
    lined: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """A lease that was taken.

    Attributes:
        attempt: How often the key was started since it last came to an end, this time included.
        deaths: What the deaths of workers that held it count together: two for one that died alone, one for one whose
            whole worker died with it.
    """

    attempt: int = 1
    deaths: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """One key that is being worked on.

    Attributes:
        key: Of the object.
        stage: Where it is; of one that was handed to another process, where it began there.
        worker: Host and process.
        attempt: As in ``Started``.
        since: When this attempt began, seconds since 1970.
        alive: False where its worker no longer renews the lease.
    """

    key: str
    stage: str
    worker: str
    attempt: int
    since: float
    alive: bool


class Inflight(Protocol):
    """The ledger of work in flight. Every method may be called from any thread and any process."""

    def line_up(self, keys: Iterable[str]) -> int:
        """Put keys into their lanes and return how many were new; those that wait in a queue become dirty."""
        ...

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """Take the keys that are next out of their lanes, with the time they came, and mark them as waiting.

        Each needs a message. None where intake is paused, or where over half of ``most`` are in the queue; else as many
        as it has room for.
        """
        ...

    def wait(self, keys: Iterable[str]) -> list[str]:
        """Mark keys as waiting and return those that were not waiting before: these need a message."""
        ...

    def unwait(self, keys: Iterable[str]) -> None:
        """Take back ``wait`` for keys whose message could not be sent."""
        ...

    def start(self, key: str, stage: str = "") -> Started | None:
        """Take the lease of a key; None where another holds it, which then is told to start it once more.

        Starting at ``FIRST_STAGE`` sees all that arrived before.
        """
        ...

    def at(self, key: str, stage: str) -> None:
        """Note that a key whose lease is held here has come to another stage; shown within a beat of the lease."""
        ...

    def hand_over(self, key: str) -> int:
        """Give the lease back, mark the key as waiting for its next stage, and return how many keys wait in queues."""
        ...

    def finish(self, key: str) -> bool:
        """Give the lease back for good; True where work arrived meanwhile: the key has to be queued again."""
        ...

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """Return which of the keys run, or wait (since ``waiting_since`` or later, if given, in seconds since 1970)."""
        ...

    def lost(self, before: float, *, most: int = 1000) -> list[str]:
        """Return keys whose worker died, and keys waiting since before this time, which are unmarked: all to be sent.

        Args:
            before: Seconds since 1970; a message of that time can no longer be waiting.
            most: How many of each kind.
        """
        ...

    def running(self) -> list[Running]:
        """Return what is being worked on, the longest first."""
        ...

    def counts(self) -> Counts:
        """Count what waits and runs."""
        ...

    def pause(self, names: Iterable[str]) -> None:
        """Have no more messages taken from these queues, or, under ``lanes.INTAKE``, out of the lanes."""
        ...

    def resume(self, names: Iterable[str]) -> None:
        """Take ``pause`` back."""
        ...

    def paused(self) -> set[str]:
        """Return what is paused."""
        ...

    def show_life(self) -> None:
        """Note that this process lives; its children's deaths are their own while it does so every few seconds."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class MemoryInflight:
    """The ledger of a system that lives in one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, float] = {}
        self._running: dict[str, Running] = {}
        self._dirty: set[str] = set()
        self._lanes = MemoryLanes()
        self._paused: set[str] = set()

    def line_up(self, keys: Iterable[str]) -> int:
        """See ``Inflight``."""
        now = time.time()
        with self._lock:
            wanted = list(dict.fromkeys(keys))
            self._dirty.update(key for key in wanted if key in self._waiting)
            return sum(key not in self._waiting and self._lanes.add(key, now) for key in wanted)

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """See ``Inflight``; all that waits outside the lanes is in a queue here."""
        with self._lock:
            length = len(self._waiting)
            if INTAKE in self._paused or length * 2 > most:
                return []
            admitted = [first for _ in range(most - length) if (first := self._lanes.take()) is not None]
            self._waiting.update(dict.fromkeys((key for key, _ in admitted), time.time()))
            return admitted

    def wait(self, keys: Iterable[str]) -> list[str]:
        """See ``Inflight``."""
        now = time.time()
        with self._lock:
            fresh = [key for key in dict.fromkeys(keys) if key not in self._waiting]
            self._waiting.update(dict.fromkeys(fresh, now))
        return fresh

    def unwait(self, keys: Iterable[str]) -> None:
        """See ``Inflight``."""
        with self._lock:
            for key in keys:
                self._waiting.pop(key, None)

    def start(self, key: str, stage: str = "") -> Started | None:
        """See ``Inflight``."""
        thread = f"{os.getpid()} {threading.current_thread().name}"
        with self._lock:
            self._waiting.pop(key, None)
            if key in self._running:
                self._dirty.add(key)
                return None
            if stage == FIRST_STAGE:
                self._dirty.discard(key)
            self._running[key] = Running(key, stage, thread, 1, time.time(), alive=True)
            return Started()

    def at(self, key: str, stage: str) -> None:
        """See ``Inflight``."""
        with self._lock:
            if key in self._running:
                self._running[key] = replace(self._running[key], stage=stage)

    def hand_over(self, key: str) -> int:
        """See ``Inflight``."""
        with self._lock:
            self._running.pop(key, None)
            self._waiting.setdefault(key, time.time())
            return len(self._waiting)

    def finish(self, key: str) -> bool:
        """See ``Inflight``."""
        with self._lock:
            self._running.pop(key, None)
            dirty = key in self._dirty
            self._dirty.discard(key)
        return dirty

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``Inflight``."""
        oldest = waiting_since or 0.0
        with self._lock:
            return {
                key
                for key in keys
                if key in self._running or key in self._lanes or self._waiting.get(key, -1.0) >= oldest
            }

    def lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``Inflight``; threads of one process lose nothing, and end with it."""
        return []

    def running(self) -> list[Running]:
        """See ``Inflight``."""
        with self._lock:
            return sorted(self._running.values(), key=lambda one: one.since)

    def counts(self) -> Counts:
        """See ``Inflight``."""
        with self._lock:
            firsts = (min(self._waiting.values(), default=None), self._lanes.oldest())
            oldest = min((first for first in firsts if first is not None), default=time.time())
            lined = len(self._lanes)
            age = max(0.0, time.time() - oldest)
            return Counts(len(self._waiting) + lined, len(self._running), age, lined=lined)

    def pause(self, names: Iterable[str]) -> None:
        """See ``Inflight``."""
        with self._lock:
            self._paused.update(names)

    def resume(self, names: Iterable[str]) -> None:
        """See ``Inflight``."""
        with self._lock:
            self._paused.difference_update(names)

    def paused(self) -> set[str]:
        """See ``Inflight``."""
        with self._lock:
            return set(self._paused)

    def show_life(self) -> None:
        """See ``Inflight``; who asks is this process itself."""

    def close(self) -> None:
        """See ``Inflight``."""


def open_inflight(settings: Settings) -> Inflight:
    """Return the ledger that goes with the broker."""
    if urlsplit(settings.broker_url).scheme == "memory":
        return MemoryInflight()
    from workers.inflight_redis import RedisInflight  # noqa: PLC0415 - an embedded system needs no Redis client

    return RedisInflight(settings)
