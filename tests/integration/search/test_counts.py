"""Where very many rows match, a sample of the articles is counted, and a page is read best rows first."""

from collections.abc import Iterator

import pytest

from schemas.queries import Query
from search.elastic import facets as elastic_facets
from search.elastic import top_articles as elastic_leaders
from search.protocol import Index
from search.results.count_sampling import ONE_IN, SAMPLED
from search.tantivy import facets as tantivy_facets
from search.tantivy import top_articles as tantivy_leaders
from tests.support.index_contents import add, facet, keys_of
from tests.support.indexes import Address, fresh_index

ARTICLES = 60


@pytest.fixture
def index(address: Address) -> Iterator[Index]:
    """An index of articles of two sections, and of one that has very many."""
    with fresh_index(*address) as index:
        for number in range(ARTICLES):
            add(index, f"{number:02}", "公开指南", "公开目录", issuer="甲局", title=None)
        add(index, "long", *["公开公开公开"] * 200, issuer="乙局", title=None)
        index.refresh()
        yield index


@pytest.fixture
def ten_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no more than ten rows be looked at one by one."""
    monkeypatch.setattr(elastic_leaders, "EXACT_ROWS", 10)
    monkeypatch.setattr(tantivy_leaders, "EXACT", 10)
    monkeypatch.setattr(tantivy_leaders, "FIRST", 10)


@pytest.mark.usefixtures("ten_are_many")
def test_a_sample_that_tells_too_little_is_counted_again_in_whole(
    index: Index,
) -> None:
    found = index.search(Query("公开", facets=("issuer",)))
    assert (found.documents, found.sections, found.notes) == (ARTICLES + 1, 2 * ARTICLES + 200, ())
    assert facet(found, "issuer") == {"甲局": ARTICLES, "乙局": 1}


@pytest.mark.usefixtures("ten_are_many")
def test_counts_of_a_sample_stand_for_all_and_say_so(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (elastic_facets, tantivy_facets):
        monkeypatch.setattr(module, "ENOUGH", 0)
    found = index.search(Query("公开", facets=("issuer",)))
    assert found.notes == (SAMPLED,)
    assert found.documents % ONE_IN == 0
    assert sum(facet(found, "issuer").values()) == found.documents


def test_a_document_that_has_all_of_the_best_rows_leaves_room_for_the_others(index: Index) -> None:
    found = index.search(Query("公开", size=5))
    assert keys_of(found)[0] == "long"
    assert len(set(keys_of(found))) == 5
    second = index.search(Query("公开", size=5, offset=5))
    assert not set(keys_of(found)) & set(keys_of(second))
