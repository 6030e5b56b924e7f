"""A scan may take longer than the limit on time, page by page; a page that hangs, or pages without end, may not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS, Faults
from workers.sandbox.protocol import Reached


@pytest.fixture
def faults(tmp_path: Path) -> Iterator[Faults]:
    made = Faults(tmp_path, replace(LIMITS, wall_seconds=2.0, page_seconds=0.5, scan_seconds=8.0))
    yield made
    made.sandbox.close()


def test_each_page_has_its_own_time_and_the_worker_hears_of_it(faults: Faults) -> None:
    heard: list[Reached] = []
    faults.document.write_text("goes_page_by_page 6")
    conversion = faults.sandbox.convert(faults.document, hint="txt", progress=heard.append)
    assert conversion.converted.blocks[0].text == "read"
    assert conversion.seconds > 4
    assert [reached.page for reached in heard] == sorted({reached.page for reached in heard})
    assert {reached.pages for reached in heard} == {6}
    assert len(heard) >= 3
    assert faults.documents_left() == []


def test_a_page_that_hangs_is_stopped(faults: Faults) -> None:
    error = faults.error("goes_page_by_page 2 hang")
    assert error.category == Category.TIMEOUT
    assert "wall_seconds" in str(error)


def test_pages_without_end_are_stopped(faults: Faults) -> None:
    assert faults.error("claims_pages_for_ever").category == Category.TIMEOUT


def test_nonsense_is_no_progress(faults: Faults) -> None:
    assert faults.convert("writes_nonsense_for_progress").converted.blocks[0].text == "read"
