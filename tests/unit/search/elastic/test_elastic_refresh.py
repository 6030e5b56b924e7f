"""When writers ask the server to show what they wrote."""

import threading
import time
from collections.abc import Callable

import pytest

from schemas.errors import DependencyError
from search.elastic.ingest.refresh import Refresher, next_pause


class _Shown:
    """Counts refreshes, and tells when there were so many."""

    def __init__(self, *, fail: bool = False) -> None:
        self.times = 0
        self._fail = fail
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.times += 1
            self._changed.notify_all()
        if self._fail:
            raise DependencyError("index", "down")

    def wait_for(self, times: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.times >= times, timeout=10)


def test_a_single_commit_is_shown_at_once() -> None:
    shown = _Shown()
    refresher = Refresher(shown, seconds=3600)
    refresher.want()
    assert shown.wait_for(1)
    refresher.close()


def test_commits_that_follow_a_large_one_are_shown_together() -> None:
    gate, shown = threading.Event(), _Shown()

    def refresh() -> None:
        gate.wait(10)
        shown()

    refresher = Refresher(refresh, seconds=3600)
    refresher.want()
    # The first refresh is under way and shows one document; the next shows a thousand, and the one after that waits.
    while refresher._wanted:
        time.sleep(0.001)
    for _ in range(1000):
        refresher.want()
    gate.set()
    assert shown.wait_for(2)
    refresher.want()
    assert shown.times == 2
    refresher.close()
    assert shown.times == 3


def test_a_server_that_is_down_is_asked_again_after_the_next_commit() -> None:
    shown = _Shown(fail=True)
    refresher = Refresher(shown, seconds=0.01)
    refresher.want()
    assert shown.wait_for(1)
    refresher.want()
    assert shown.wait_for(2)
    refresher.close()


def test_closing_without_commits_refreshes_nothing() -> None:
    shown = _Shown()
    Refresher(shown, seconds=0.01).close()
    assert shown.times == 0


def test_the_more_come_in_a_pause_the_longer_is_the_next_up_to_the_limit() -> None:
    pauses: list[float] = []

    class Busy(Refresher):
        def _pause(self, seconds: float) -> None:
            pauses.append(seconds)
            for _ in range(20 if len(pauses) < 8 else 0):
                self.want()
            super()._pause(0)

    refresher = Busy(_Shown(), seconds=5)
    refresher.want()
    _wait_until(lambda: len(pauses) == 8)
    refresher.want()
    _wait_until(lambda: len(pauses) == 9)
    refresher.close()
    assert pauses == [0.1, 2, 4, 5, 5, 5, 5, 5, 0.1]


@pytest.mark.parametrize("every_seconds", [10, 1, 0.5])
def test_a_few_documents_one_after_another_never_wait_long(every_seconds: float) -> None:
    assert max(_pauses(every_seconds)) <= 0.4


def test_many_documents_wait_for_each_other() -> None:
    assert _pauses(0.1)[-1] == 5


def _pauses(every_seconds: float) -> list[float]:
    """Return the pauses after a hundred refreshes while a document comes in each ``every_seconds``."""
    pauses, left = [0.0], 0.0
    for _ in range(100):
        passed = left + pauses[-1]
        came = int(passed / every_seconds)
        left = passed - came * every_seconds
        pauses.append(next_pause(pauses[-1], max(1, came), came, 5))
    return pauses


def _wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)
