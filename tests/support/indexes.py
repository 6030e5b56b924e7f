"""A fresh index of every kind, for a `conftest.py` to take: each test that asks for one runs against all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.open import open_index
from search.protocol import Index


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Where an index may be made: its URL and the prefix of its names."""
    if request.param == "tantivy":
        return f"tantivy://{tmp_path}/索引 1", "test"
    return request.getfixturevalue("elasticsearch_url"), request.getfixturevalue("index_prefix")


@pytest.fixture
def index(address: tuple[str, str]) -> Iterator[Index]:
    """A fresh, empty index."""
    with fresh_index(*address) as index:
        yield index


@contextmanager
def fresh_index(url: str, prefix: str) -> Iterator[Index]:
    """Give an empty index of these names until the block ends."""
    index = open_index(url, prefix=prefix, refresh_seconds=0.5)
    try:
        index.bootstrap()
        yield index
    finally:
        index.close()
