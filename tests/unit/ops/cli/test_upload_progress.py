"""What `upload --wait` says while it waits."""

import io
import sys

import pytest

from ops.cli import upload_progress
from ops.cli.upload_progress import Tally, UploadProgress
from schemas.outcomes import State
from schemas.records import DocumentRecord


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def record(state: State = State.INDEXED) -> DocumentRecord:
    return DocumentRecord("0", "a", "e", state)


def test_received_done_failed_and_left_are_told() -> None:
    tally = Tally(1200)
    tally.count(record())
    tally.count(record(State.FAILED))
    assert tally.line() == "1,200 received, 2 done (1 failed), 1,198 left, time left not known yet"


def test_the_time_left_is_told_once_the_pace_is_known_and_follows_it() -> None:
    clock = Clock()
    tally = Tally(100, clock=clock)
    for _ in range(20):
        clock.now += 1
        tally.count(record())
    assert tally.left_seconds() == pytest.approx(80.0)
    assert tally.line().endswith("80 left, about 1 min 20 s")
    clock.now += 40
    assert tally.left_seconds() == pytest.approx(80 * 60 / 20)
    clock.now += 60
    assert tally.left_seconds() is None


def test_a_few_quick_outcomes_promise_nothing() -> None:
    clock = Clock()
    tally = Tally(1_000_000, clock=clock)
    for _ in range(50):
        clock.now += 0.01
        tally.count(record())
    assert tally.left_seconds() is None


def test_at_the_end_nothing_is_left_to_estimate() -> None:
    tally = Tally(1)
    tally.count(record())
    assert tally.line() == "1 received, 1 done (0 failed), 0 left"


def test_the_line_is_drawn_over_at_a_terminal_and_written_anew_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_progress, "DRAW_SECONDS", 0.0)
    monkeypatch.setattr(upload_progress, "WRITE_SECONDS", 0.0)
    for terminal in (True, False):
        stream = io.StringIO()
        stream.isatty = lambda terminal=terminal: terminal  # type: ignore[method-assign, misc]
        monkeypatch.setattr(sys, "stderr", stream)
        with UploadProgress(Tally(2)) as shown:
            shown.show()
            shown.show()
        lines = stream.getvalue()
        assert lines.count("2 received") == 2
        assert ("\r\x1b[K" in lines) is terminal
        assert ("\n" in lines) is not terminal
