"""The sandbox under test, and what may not be left when it is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sandbox_faults import Faults


@pytest.fixture
def faults(tmp_path: Path) -> Iterator[Faults]:
    made = Faults(tmp_path)
    yield made
    made.sandbox.close()
    assert list(made.folder.iterdir()) == []
    assert made.children(recursive=True) == []
