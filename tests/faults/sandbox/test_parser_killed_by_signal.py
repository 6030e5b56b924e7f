"""A parser that dies by a signal costs its document a ``crash`` that names the signal and the place."""

import pytest

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults


@pytest.mark.parametrize(("fault", "signal"), [("segfault", "SIGSEGV"), ("abort", "SIGABRT")])
def test_the_signal_and_the_place_are_named(faults: Faults, fault: str, signal: str) -> None:
    error = faults.error(fault)
    assert error.category == Category.CRASH
    assert signal in str(error)
    assert ".py:" in str(error)


def test_a_child_that_is_killed_from_outside_costs_its_document_only(faults: Faults) -> None:
    error = faults.error("killed")
    assert error.category == Category.CRASH
    assert "SIGKILL" in str(error)
