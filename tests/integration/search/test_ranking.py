"""Where very many rows match, they are ranked first and looked at afterwards: what is found is the same."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from schemas.queries import Query
from search.elastic import top_articles as elastic_leaders
from search.protocol import Index
from search.tantivy import top_articles as tantivy_leaders
from tests.support.index_contents import add, keys_of
from tests.support.indexes import Address, fresh_index

WORDS = ("公开", "目录", "指南", "申请", "收费", "年度报告", "银杏")
QUERIES = (
    Query("公开"),
    Query("公开 目录"),
    Query("公开 -目录"),
    Query('"公开指南" 申请'),
    Query("公开 目录 指南 梧桐收费"),
    Query("公开目录收费申请怎么办"),
    Query("银杏 OR 年度报告"),
    Query("申请", year=2011),
    Query("甲办发〔2011〕3号 公开"),
    Query("in:title 目录 指南"),
    Query("公开 申请", fold=False),
)


@pytest.fixture
def index(address: Address) -> Iterator[Index]:
    """Sections in which one word stands the more often the fewer of the others do; one document in five is a law."""
    with fresh_index(*address) as index:
        for number in range(42):
            first = WORDS[number % len(WORDS)]
            texts = [
                first * (1 + number % 5)
                + "".join(word for at, word in enumerate(WORDS) if (number + place) % (at + 2) == 0)
                for place in range(3)
            ]
            title = f"{first}{WORDS[number % 3]}{'法' if number % 5 == 0 else '若干规定'}" if number % 4 else None
            fields = {"year": 2010 + number % 3, "document_number": f"甲办发〔2011〕{number}号", "title": title}
            add(index, f"{number:02}", *texts, **fields)
        index.refresh()
        yield index


def every_page(index: Index, query: Query) -> list[tuple[str, tuple[int, ...]]]:
    found, asked = [], replace(query, size=4)
    while True:
        result = index.search(asked)
        found += [(hit.key, tuple(row.ordinal for row in hit.sections)) for hit in result.hits]
        if result.cursor is None:
            return found
        asked = replace(asked, cursor=result.cursor)


def let_two_be_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no more than one row be looked at by itself, and few be read at once."""
    monkeypatch.setattr(elastic_leaders, "EXACT_ROWS", 1)
    monkeypatch.setattr(tantivy_leaders, "EXACT", 1)
    monkeypatch.setattr(tantivy_leaders, "FIRST", 1)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.text)
def test_hits_are_the_same_however_many_match(index: Index, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = every_page(index, query)
    let_two_be_many(monkeypatch)
    ranked = every_page(index, query)
    assert ranked == counted
    assert counted


def test_what_ranks_high_and_does_not_match_is_no_hit(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    let_two_be_many(monkeypatch)
    assert keys_of(index.search(Query("银杏 -公开", size=50)))
    add(index, "often", "银杏" * 9 + "公开")
    index.refresh()
    assert "often" not in keys_of(index.search(Query("银杏 -公开", size=50)))
    assert "often" in keys_of(index.search(Query("银杏", size=50)))
