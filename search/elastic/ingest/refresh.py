"""Decide when writes to Elasticsearch become searchable: at once on an idle system, less often on a busy one.

A refresh costs the server as much as indexing some ten documents, and each makes a segment that is merged later. A
fixed interval would delay a single upload without need, or refresh a bulk load every half second. So the writer
requests refreshes, and waits the longer for the next the more documents one shows, and twice as long as before if many
came meanwhile. A few documents, one after another, never wait long. The index's own interval covers writers that die
before their refresh.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from schemas.errors import DependencyError

log = logging.getLogger(__name__)

# The index's own interval is this many times that of the writers.
SERVER_FACTOR = 2
CLOSING_SECONDS = 5.0
MIN_SECONDS = 0.1
# Seconds of pause for each document shown; a higher rate of documents than one in this time makes the pauses grow.
SECONDS_PER_DOCUMENT = 0.1
# Documents a second from which on they count as many: refreshes for each of fewer leave the server mostly idle.
MANY_PER_SECOND = 3.0


def next_pause(last: float, shown: int, came: int, most: float) -> float:
    """Return how long to wait after a refresh, in seconds.

    Args:
        last: The pause before it, in seconds.
        shown: Number of documents that it showed.
        came: Number of documents that came during ``last``.
        most: Longest pause, in seconds.
    """
    longer = 2 * last if came and came >= MANY_PER_SECOND * last else 0.0
    return min(most, max(MIN_SECONDS, shown * SECONDS_PER_DOCUMENT, longer))


class Refresher:
    """Refreshes after commits, in its own thread; on a busy system once in ``seconds``."""

    def __init__(self, refresh: Callable[[], Any], *, seconds: float) -> None:
        self._refresh = refresh
        self._seconds = seconds
        self._changed = threading.Condition()
        self._wanted, self._closed = 0, False
        self._came = 0  # number of documents that came during the last pause
        self._thread: threading.Thread | None = None

    def want(self) -> None:
        """Request that everything committed so far becomes searchable soon."""
        with self._changed:
            self._wanted += 1
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="refresh", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """Refresh what is pending, and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)

    def _run(self) -> None:
        pause = 0.0
        while shown := self._next():
            try:
                self._refresh()
            except DependencyError as error:
                log.info("refresh failed, the index will refresh by itself later: %s", error)
            pause = next_pause(pause, shown, self._came, self._seconds)
            self._pause(pause)

    def _next(self) -> int:
        """Wait until a refresh is due and return the number of documents it shows; 0 at the end."""
        with self._changed:
            while not (self._wanted or self._closed):
                self._changed.wait()
            due, self._wanted = self._wanted, 0
        return due

    def _pause(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            while not self._closed and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            self._came = self._wanted
