"""Programs a parser started die with it, in whatever group or session they are."""

from concurrent.futures import ThreadPoolExecutor

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults, gone


def test_grandchildren_of_a_hanging_parser_are_killed_with_it(faults: Faults) -> None:
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(faults.error, "leaves_grandchildren")
        pids = faults.pids(3)
        assert ended.result().category == Category.TIMEOUT
    assert all(map(gone, pids))


def test_a_daemon_left_by_a_parser_that_is_done_is_killed(faults: Faults) -> None:
    pids = [int(pid) for pid in faults.convert("leaves_orphans_and_returns").converted.blocks[0].text.split()]
    assert len(pids) == 2
    assert all(map(gone, pids))
    faults.check_fine()
