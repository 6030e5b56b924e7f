"""Programs a parser started die with it, in whatever group or session they are."""

from pathlib import Path

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults, gone


def test_grandchildren_of_a_hanging_parser_are_killed_with_it(faults: Faults, tmp_path: Path) -> None:
    error = faults.error(f"leaves_grandchildren {tmp_path / 'pids'}")
    assert error.category == Category.TIMEOUT
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 3
    assert all(map(gone, pids))


def test_a_daemon_left_by_a_parser_that_is_done_is_killed(faults: Faults, tmp_path: Path) -> None:
    (tmp_path / "pids").write_text("")
    assert faults.convert(f"leaves_orphans_and_returns {tmp_path / 'pids'}").converted.blocks[0].text == "done"
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    assert all(map(gone, pids))
    faults.check_fine()
