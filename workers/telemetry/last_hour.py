"""Outcomes of the last hour, minute by minute, for people who look now; Prometheus holds the longer history.

``RECENT`` collects in the process that records outcomes; a ``Board`` combines what all processes collected.
"""

import heapq
import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from schemas.records import DocumentRecord

MINUTE = 60
MINUTES = 60
SLOWEST = 10

# Minute (seconds since 1970, a multiple of 60), state, category or empty.
Cell = tuple[int, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Slow:
    """A slow document: seconds of work, key, and the minute it finished."""

    seconds: float
    key: str
    minute: int


@dataclass(frozen=True, slots=True)
class Hour:
    """The last hour: documents by minute, state and category, and the slowest documents, slowest first."""

    cells: dict[Cell, int] = field(default_factory=dict)
    slowest: tuple[Slow, ...] = ()

    def by_minute(self) -> dict[int, int]:
        """Count the outcomes of each minute."""
        totals: Counter[int] = Counter()
        for (minute, _, _), number in self.cells.items():
            totals[minute] += number
        return dict(totals)

    def by_state(self) -> dict[str, int]:
        """Count the outcomes of each state."""
        totals: Counter[str] = Counter()
        for (_, state, _), number in self.cells.items():
            totals[state] += number
        return dict(totals)

    def by_category(self) -> dict[str, int]:
        """Count the failures of each category, most frequent first."""
        totals: Counter[str] = Counter()
        for (_, _, category), number in self.cells.items():
            if category:
                totals[category] += number
        return dict(totals.most_common())


class Board(Protocol):
    """Combines the outcomes of all processes of a system."""

    def add(self, hour: Hour) -> None:
        """Add what one process collected since its last call."""
        ...

    def read(self) -> Hour:
        """Return the last hour of the whole system."""
        ...


class Recent:
    """Collects outcomes until they are taken; every method may be called from any thread."""

    def __init__(self) -> None:
        self.enabled = False
        self._cells: Counter[Cell] = Counter()
        self._slow: list[Slow] = []
        self._renew_lock()
        # A child forked while another thread holds the lock would wait for it for ever.
        os.register_at_fork(after_in_child=self._renew_lock)

    def note(self, record: DocumentRecord) -> None:
        """Count one outcome, if outcomes are collected at all."""
        if not self.enabled:
            return
        minute = int(record.indexed_at) // MINUTE * MINUTE
        category = record.category.value if record.category else ""
        with self._lock:
            self._cells[minute, record.state.value, category] += 1
            keep_slowest(self._slow, Slow(record.seconds, record.key, minute))

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()

    def take(self) -> Hour:
        """Return what was collected since the last call."""
        with self._lock:
            hour = Hour(dict(self._cells), tuple(self._slow))
            self._cells, self._slow = Counter(), []
        return hour


def keep_slowest(slowest: list[Slow], one: Slow) -> None:
    """Add to a heap of the ``SLOWEST`` slowest."""
    (heapq.heappush if len(slowest) < SLOWEST else heapq.heappushpop)(slowest, one)


def last_hour(cells: Iterable[tuple[Cell, int]], slowest: Iterable[Slow]) -> Hour:
    """Return only the last hour of the outcomes given."""
    since = int(time.time()) // MINUTE * MINUTE - (MINUTES - 1) * MINUTE
    kept = {cell: number for cell, number in cells if cell[0] >= since}
    return Hour(kept, tuple(heapq.nlargest(SLOWEST, (slow for slow in slowest if slow.minute >= since))))


class MemoryBoard:
    """The board of a single-process system."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour = Hour()

    def add(self, hour: Hour) -> None:
        """See ``Board``."""
        with self._lock:
            cells = Counter(self._hour.cells)
            cells.update(hour.cells)
            self._hour = last_hour(cells.items(), (*self._hour.slowest, *hour.slowest))

    def read(self) -> Hour:
        """See ``Board``."""
        with self._lock:
            return last_hour(self._hour.cells.items(), self._hour.slowest)


RECENT = Recent()
