"""Every index answers the same assertions, and so does the fake that HTTP tests stand on, as far as it stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.protocol import Index
from tests.support.fakes.records import MemoryRecords
from tests.support.indexes import BACKENDS, address, address_of, fresh_index, index

__all__ = ["address", "index", "records"]


@pytest.fixture(params=[*BACKENDS, "memory"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index | MemoryRecords]:
    """A fresh, empty store of records: an index, or the fake."""
    if request.param == "memory":
        yield MemoryRecords()
        return
    with fresh_index(*address_of(request, tmp_path)) as opened:
        yield opened
