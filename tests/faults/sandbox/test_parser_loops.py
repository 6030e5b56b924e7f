"""A parser that never ends is stopped by the limit on CPU time or on time."""

from dataclasses import replace
from pathlib import Path

from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS, Faults


def test_an_endless_loop_ends_with_the_limit_on_cpu_time(tmp_path: Path) -> None:
    # On a busy machine two seconds of CPU take longer than the time that is given elsewhere.
    faults = Faults(tmp_path, replace(LIMITS, wall_seconds=60.0))
    error = faults.error("loops")
    faults.sandbox.close()
    assert error.category == Category.TIMEOUT
    assert "cpu_seconds of 2 " in str(error)


def test_an_endless_sleep_ends_with_the_limit_on_time(faults: Faults) -> None:
    error = faults.error("sleeps")
    assert error.category == Category.TIMEOUT
    assert "wall_seconds of 5 " in str(error)
