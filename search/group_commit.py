"""Group commit: concurrent callers each submit an item and wait until the commit that contains it is durable.

There is no background thread: the first caller commits for all who are waiting, the next one for those who arrived
meanwhile. So a single caller never waits for others, and many share a commit.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from schemas.errors import GongkaiError

T = TypeVar("T")
# Errors by position in the batch; positions without an error are committed.
Failures = dict[int, Exception]


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T]):
    item: T
    weight: int
    done: bool = False
    error: Exception | None = None


class GroupCommit(Generic[T]):
    """Collects items of concurrent callers in batches and commits one batch at a time.

    Args:
        flush: Commits a batch and returns the errors of single items. A ``GongkaiError`` that it raises is raised for
            every caller of the batch; any other exception is a defect, raised for the caller who led the commit.
        most: Maximum total weight of a batch; a heavier item is committed alone.
        linger_seconds: How long a commit waits for as many callers as the last one had, if that was more than one.
        every_seconds: Minimum time between the starts of two commits under load: more callers then share the cost of
            a commit, while a single caller does not wait.
    """

    def __init__(
        self,
        flush: Callable[[Sequence[T]], Failures],
        *,
        most: int = 4000,
        linger_seconds: float = 0.005,
        every_seconds: float = 0.0,
    ) -> None:
        self._flush = flush
        self._most = most
        self._linger_seconds = linger_seconds
        self._every_seconds = every_seconds
        self._began = float("-inf")
        self._queue: deque[_Waiting[T]] = deque()
        # One lock, two conditions: an item that arrives wakes the leader, not everybody who waits for a commit.
        self._lock = threading.Lock()
        self._arrived, self._ended = threading.Condition(self._lock), threading.Condition(self._lock)
        self._flushing = False
        self._last_size = 1

    def submit(self, item: T, *, weight: int = 1) -> None:
        """Return once ``item`` is committed.

        Raises:
            Exception: The error that ``flush`` raised or returned for this item.
        """
        mine = _Waiting(item, weight)
        with self._lock:
            self._queue.append(mine)
            self._arrived.notify_all()
            while self._flushing and not mine.done:
                self._ended.wait()
            leading = not mine.done
            self._flushing = self._flushing or leading
        if leading:
            self._lead(mine)
        if mine.error is not None:
            raise mine.error

    def _lead(self, mine: _Waiting[T]) -> None:
        """Commit batches until the caller's own item is done, then hand over to the next waiting caller."""
        try:
            while not mine.done:
                batch = self._next_batch()
                self._commit(batch)
        finally:
            with self._lock:
                self._flushing = False
                self._ended.notify_all()

    def _next_batch(self) -> list[_Waiting[T]]:
        due, linger = self._began + self._every_seconds, time.monotonic() + self._linger_seconds
        with self._lock:
            while (left := self._deadline(due, linger) - time.monotonic()) > 0:
                self._arrived.wait(left)
            self._began = time.monotonic()
            batch = [self._queue.popleft()]
            weight = batch[0].weight
            while self._queue and weight + self._queue[0].weight <= self._most:
                batch.append(self._queue.popleft())
                weight += batch[-1].weight
            self._last_size = len(batch)
            return batch

    def _deadline(self, due: float, linger: float) -> float:
        if len(self._queue) == self._last_size == 1:  # nobody to share with
            return float("-inf")
        return max(due, linger) if len(self._queue) < self._last_size else due

    def _commit(self, batch: list[_Waiting[T]]) -> None:
        failures: Failures = dict.fromkeys(range(len(batch)), RuntimeError("the commit was interrupted"))
        try:
            failures = self._flush([waiting.item for waiting in batch])
        except GongkaiError as error:
            failures = dict.fromkeys(range(len(batch)), error)
        finally:
            with self._lock:
                for position, waiting in enumerate(batch):
                    waiting.error = failures.get(position)
                    waiting.done = True
                self._ended.notify_all()
