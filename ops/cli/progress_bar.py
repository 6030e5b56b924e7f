"""A progress bar on stderr, shown at a terminal once the work takes over a second."""

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_SECONDS = 1.0


class Bar:
    """Shows how many of ``total`` steps are done; without a total, only that work goes on.

    Rich takes a tenth of a second to import, so short work never loads it.
    """

    def __init__(self, label: str, *, total: int | None = None) -> None:
        self._label = label
        self._total = total
        self._done = 0
        self._detail = ""
        self._lock = threading.Lock()
        self._shown: Progress | None = None
        self._timer = threading.Timer(PATIENCE_SECONDS, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._shown.stop()

    def advance(self, steps: int = 1) -> None:
        """Count steps as done."""
        self.reach(self._done + steps)

    def reach(self, done: int, *, total: int | None = None) -> None:
        """Set how many are done, and the total if it changed."""
        with self._lock:
            self._done, self._total = done, total if total is not None else self._total
            if self._shown:
                self._shown.update(self._shown.task_ids[0], completed=done, total=self._total)

    def say(self, detail: str) -> None:
        """Show the current item beside the label; the empty string shows the label alone."""
        with self._lock:
            self._detail = detail
            if self._shown:
                self._shown.update(self._shown.task_ids[0], description=self._description())

    def _description(self) -> str:
        return f"{self._label} ({self._detail})" if self._detail else self._label

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415  see the class
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        shown = Progress(*columns, console=Console(stderr=True), transient=True)
        with self._lock:
            shown.add_task(self._description(), total=self._total, completed=self._done)
            shown.start()
            self._shown = shown
