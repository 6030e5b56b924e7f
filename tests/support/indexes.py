"""A fresh index of every kind, for a `conftest.py` to take: each test that asks for one runs against all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from search.elastic.client import ServerOptions
from search.open import open_index
from search.protocol import Index

SHARDS = {"elasticsearch": 1, "elasticsearch-5-shards": 5}


class Address(NamedTuple):
    """Where an index may be made: its URL, the prefix of its names, and on a server how many shards it is to have."""

    url: str
    prefix: str
    shards: int = 1


BACKENDS = ("tantivy", *(pytest.param(each, marks=pytest.mark.elasticsearch) for each in SHARDS))


def address_of(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Return where a test may make an index of the kind that its parameter names."""
    if request.param == "tantivy":
        return Address(f"tantivy://{tmp_path}/索引 1", "test")
    url, prefix = request.getfixturevalue("elasticsearch_url"), request.getfixturevalue("index_prefix")
    return Address(url, prefix, SHARDS[request.param])


@pytest.fixture(params=BACKENDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where an index may be made."""
    return address_of(request, tmp_path)


@pytest.fixture
def index(address: Address) -> Iterator[Index]:
    """A fresh, empty index."""
    with fresh_index(*address) as index:
        yield index


@contextmanager
def fresh_index(url: str, prefix: str, shards: int = 1) -> Iterator[Index]:
    """Give an empty index of these names until the block ends."""
    index = open_index(url, prefix=prefix, options=ServerOptions(shards=shards), refresh_seconds=0.5)
    try:
        index.bootstrap()
        yield index
    finally:
        index.close()
