"""A parser that takes memory without end is a ``bomb`` and names the limit, however it notices."""

import pytest

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults


@pytest.mark.parametrize("fault", ["allocates", "starves_natively"])
def test_the_limit_on_memory_is_named(faults: Faults, fault: str) -> None:
    error = faults.error(fault)
    assert error.category == Category.BOMB
    assert "memory_bytes of 400,000,000 " in str(error)
