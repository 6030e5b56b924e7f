"""Stage charts are read once for all who look, and again after a while."""

from collections.abc import Sequence

import pytest

from ops.monitoring.operations_page.recent_stages import DRAWN, KEPT_SECONDS, RecentStages
from schemas.errors import DependencyError
from schemas.journeys import Journey, Step
from schemas.outcomes import State
from schemas.records import DocumentRecord


def test_records_are_read_once_for_all_updates_of_a_while() -> None:
    asked: list[int] = []
    now = [100.0]

    def newest(number: int) -> Sequence[DocumentRecord]:
        asked.append(number)
        journey = Journey("trace", 100.0, (Step("convert", 100.0, float(len(asked)), 1, "here"),))
        return [DocumentRecord(id="1", key="a.txt", etag="e", state=State.INDEXED, journey=journey)]

    stages = RecentStages(newest, clock=lambda: now[0])
    for _ in range(5):
        assert stages.charts()[0].longest == 1.0
        now[0] += KEPT_SECONDS / 5 - 0.01
    assert asked == [DRAWN]
    now[0] += 1
    assert stages.charts()[0].longest == 2.0
    assert asked == [DRAWN, DRAWN]


def test_what_was_kept_is_not_shown_as_new_while_the_index_is_down() -> None:
    down = False

    def newest(number: int) -> Sequence[DocumentRecord]:
        if down:
            raise DependencyError("index", "it does not answer")
        return []

    now = [0.0]
    stages = RecentStages(newest, clock=lambda: now[0])
    assert stages.charts() == ()
    down, now[0] = True, KEPT_SECONDS
    for _ in range(2):
        with pytest.raises(DependencyError):
            stages.charts()
