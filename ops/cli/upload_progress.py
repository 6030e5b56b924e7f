"""A progress line for uploads: received, done, failed, left, and the time left if known."""

import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ops.cli.output import say

if TYPE_CHECKING:
    from schemas.records import DocumentRecord

# The pace is that of the last minute; it needs at least this many outcomes and seconds.
PACE_SECONDS = 60.0
KNOWN_OUTCOMES, KNOWN_SECONDS = 10, 5.0
# Seconds between updates: the line is redrawn at a terminal, and a new line is written elsewhere.
DRAW_SECONDS, WRITE_SECONDS = 0.5, 30.0


class Tally:
    """Counts the outcomes of ``received`` files."""

    def __init__(self, received: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._received = received
        self._clock = clock
        self._done = self._failed = 0
        self._ended: deque[float] = deque()
        self._started = clock()

    def count(self, record: "DocumentRecord") -> None:
        """Count one outcome."""
        self._done += 1
        self._failed += record.state == "failed"
        self._ended.append(self._clock())

    def left_seconds(self) -> float | None:
        """Return the seconds left at the pace of the last minute; None while that is unknown."""
        now = self._clock()
        while self._ended and self._ended[0] < now - PACE_SECONDS:
            self._ended.popleft()
        span = min(now - self._started, PACE_SECONDS)
        if len(self._ended) < KNOWN_OUTCOMES or span < KNOWN_SECONDS:
            return None
        return (self._received - self._done) * span / len(self._ended)

    def line(self) -> str:
        """Return the line."""
        left = self._received - self._done
        counts = f"{self._received:,} received, {self._done:,} done ({self._failed:,} failed), {left:,} left"
        seconds = self.left_seconds()
        if not left:
            return counts
        if seconds is None:
            return f"{counts}, time left not known yet"
        from ops.monitoring.durations import spell  # noqa: PLC0415  start-up

        return f"{counts}, about {spell(seconds)}"


class UploadProgress:
    """Shows a tally on stderr while it counts: one line that changes at a terminal, a line now and then elsewhere."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (DRAW_SECONDS if self._terminal else WRITE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Erase the line, so that another can be written there."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self) -> None:
        """Show the line if an update is due."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (DRAW_SECONDS if self._terminal else WRITE_SECONDS)
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{self._tally.line()}")
            sys.stderr.flush()
        else:
            say(self._tally.line())
