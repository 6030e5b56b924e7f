"""How many sections hold the characters of a word alone is said at least, where counting stops before the end."""

from collections.abc import Iterator

import pytest

from schemas.queries import Query
from search.elastic import search as elastic_search
from search.elastic import top_articles
from search.protocol import Index
from tests.support.index_contents import add
from tests.support.indexes import Address, fresh_index

WORDS, APART, COUNTED = 4, 12, 5


@pytest.fixture
def index(address: Address) -> Iterator[Index]:
    """Four sections with 民政 as a word, and twelve with its characters side by side."""
    with fresh_index(*address) as index:
        for number in range(WORDS):
            add(index, f"word-{number}", f"民政部门第{number}次会议。", title=None)
        for number in range(APART):
            add(index, f"apart-{number}", f"县人民政府第{number}次会议。", title=None)
        index.refresh()
        yield index


def test_a_count_that_stops_early_leaves_at_least_as_many_as_it_counts(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index.search(Query("民政")).apart == APART
    for module in (elastic_search, top_articles):
        monkeypatch.setattr(module, "EXACT_ROWS", COUNTED)
    found = index.search(Query("民政"))
    assert found.sections == WORDS
    assert COUNTED <= found.apart <= APART
