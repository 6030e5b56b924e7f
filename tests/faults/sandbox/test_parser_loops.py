"""A parser that never ends is stopped by the limit on CPU time or on time."""

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults


def test_an_endless_loop_ends_with_the_limit_on_cpu_time(faults: Faults) -> None:
    error = faults.error("loops")
    assert error.category == Category.TIMEOUT
    assert "cpu_seconds of 2 " in str(error)


def test_an_endless_sleep_ends_with_the_limit_on_time(faults: Faults) -> None:
    error = faults.error("sleeps")
    assert error.category == Category.TIMEOUT
    assert "wall_seconds of 5 " in str(error)
