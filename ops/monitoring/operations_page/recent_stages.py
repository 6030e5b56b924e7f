"""The charts of the newest documents' stages, kept a while, since every page that is open asks every other second."""

import threading
import time
from collections.abc import Callable, Sequence

from ops.monitoring.operations_page.chart import StageChart, stage_charts
from schemas.records import DocumentRecord

# Number of documents whose stages are drawn.
DRAWN = 40
KEPT_SECONDS = 10.0


class RecentStages:
    """Charts of at most ``KEPT_SECONDS`` ago; usable from any thread."""

    def __init__(
        self, newest: Callable[[int], Sequence[DocumentRecord]], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep nothing yet.

        Args:
            newest: Returns the given number of records, the newest first.
            clock: Seconds.
        """
        self._newest = newest
        self._clock = clock
        self._lock = threading.Lock()
        self._until = 0.0
        self._charts: tuple[StageChart, ...] | None = None

    def charts(self) -> tuple[StageChart, ...]:
        """Return a chart for each stage; while one caller reads the records, others wait for what it draws.

        Raises:
            DependencyError: The index does not answer; what was kept is not shown as if it were new.
        """
        with self._lock:
            if self._charts is None or self._clock() >= self._until:
                self._charts = None
                self._charts = stage_charts(reversed(self._newest(DRAWN)))
                self._until = self._clock() + KEPT_SECONDS
            return self._charts
