"""Recognises as many pages of one document at a time as there are cores, as far as its memory allows."""

import os
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from schemas.limits import Limits

T = TypeVar("T")

_SHARE_OF_MEMORY = 0.6  # of the limit; the rest is the reader's


class Job(Generic[T]):
    """The work on one page; ``finish`` waits for it and may be called again."""

    def __init__(self, finish: Callable[[], T], weight: int = 0) -> None:
        self._finish = finish
        self._found: list[T] = []
        self.weight = weight

    def finish(self) -> T:
        """Return what stands on the page."""
        if not self._found:
            self._found.append(self._finish())
        return self._found[0]


class SideBySide(Generic[T]):
    """The pages that are worked on; a page that finds no room waits for the oldest."""

    def __init__(self, limits: Limits) -> None:
        self._cores = len(os.sched_getaffinity(0))
        self._memory = int(_SHARE_OF_MEMORY * limits.memory_bytes)
        self._running: deque[Job[T]] = deque()

    def wait_for_room(self, weight: int) -> None:
        """Finish pages until one that takes so many bytes of memory may begin beside the others."""
        while self._running and not self._has_room(weight):
            self._running.popleft().finish()

    def add(self, job: Job[T]) -> Job[T]:
        """Take a page that has begun."""
        self._running.append(job)
        return job

    def _has_room(self, weight: int) -> bool:
        taken = sum(job.weight for job in self._running)
        return len(self._running) < self._cores and taken + weight <= self._memory
