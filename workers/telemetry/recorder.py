"""Records metrics in memory, about a microsecond each; it does not export them.

Forked children have no port of their own: they ``drain`` their metrics, and their parent ``merge``s them.
"""

import os
import threading
from bisect import bisect_left
from collections.abc import Iterable

from workers.telemetry.definitions import FAMILIES

Key = tuple[str, tuple[str, ...]]
# A counter's total, a gauge's value, or a histogram's bucket counts, overflow count and sum.
Values = dict[Key, list[float]]


class Recorder:
    """The metrics of one process; every method may be called from any thread."""

    def __init__(self) -> None:
        self.enabled = True
        self._values: Values = {}
        self._renew_lock()
        # A child forked while another thread holds the lock would wait for it for ever.
        os.register_at_fork(after_in_child=self._renew_lock)

    def count(self, name: str, *labels: str, by: float = 1.0) -> None:
        """Add to a counter.

        Raises:
            KeyError: ``FAMILIES`` has no such name.
        """
        self._add((name, labels), [by])

    def observe(self, name: str, seconds: float, *labels: str) -> None:
        """Add one value to a histogram.

        Raises:
            KeyError: ``FAMILIES`` has no such name.
        """
        bounds = FAMILIES[name].bounds
        if not self.enabled:
            return
        with self._lock:
            found = self._values.setdefault((name, labels), [0.0] * (len(bounds) + 2))
            found[bisect_left(bounds, seconds)] += 1.0
            found[-1] += seconds

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge.

        Raises:
            KeyError: ``FAMILIES`` has no such name.
        """
        self._add((name, labels), [value])

    def merge(self, values: Iterable[tuple[Key, list[float]]]) -> None:
        """Add the metrics that another process has drained."""
        for key, more in values:
            self._add(key, more)

    def drain(self) -> Values:
        """Return and clear the metrics recorded since the last call."""
        with self._lock:
            drained, self._values = self._values, {}
        return drained

    def snapshot(self) -> Values:
        """Return a copy of the current metrics."""
        with self._lock:
            return {key: list(values) for key, values in self._values.items()}

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()

    def _add(self, key: Key, more: list[float]) -> None:
        gauge = FAMILIES[key[0]].kind == "gauge"
        if not self.enabled:
            return
        with self._lock:
            found = self._values.get(key)
            if found is None or gauge:
                self._values[key] = more
            else:
                for place, value in enumerate(more):
                    found[place] += value


RECORDER = Recorder()
