"""A parser that writes without end is a ``bomb``; one that returns too much is ``too_large``."""

import pytest

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults


@pytest.mark.parametrize("fault", ["writes_one_file", "writes_many_files"])
def test_the_limit_on_writing_is_named(faults: Faults, fault: str) -> None:
    error = faults.error(fault)
    assert error.category == Category.BOMB
    assert "written_bytes of 30,000,000 " in str(error)


def test_a_text_that_is_too_long_is_refused(faults: Faults) -> None:
    error = faults.error("returns_too_much")
    assert error.category == Category.TOO_LARGE
    assert "text_characters of 1,000,000" in str(error)


def test_a_file_that_is_too_large_is_not_even_opened(faults: Faults) -> None:
    error = faults.error("fine " + "x" * 100_001)
    assert error.category == Category.TOO_LARGE
    assert "input_bytes of 100,000" in str(error)
