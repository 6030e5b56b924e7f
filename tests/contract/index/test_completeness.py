"""Hits that hold every word come first, and the others name the words they do not hold."""

import pytest

from schemas.queries import Query, Sort
from search.protocol import Index
from tests.support.index_contents import add

ASKED = "预算 绩效 环境"


def missing(index: Index, query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """Return key and missing words of each hit, in order."""
    return [(hit.key, hit.missing) for hit in index.search(query).hits]


@pytest.fixture
def filled(index: Index) -> Index:
    """Return an index with two full matches of ``ASKED``, one of them long, and two partial ones."""
    add(index, "partial/b", "预算绩效，预算绩效，预算绩效。", title="预算绩效", signed_on="2020-05-01")
    add(index, "partial/a", "绩效与环境。", signed_on="2018-05-01")
    add(index, "full/short", "预算、绩效和环境。", signed_on="2019-05-01")
    add(index, "full/long", "预算" + "。其他事项" * 90 + "。绩效", path=("一、环境",), signed_on="2017-05-01")
    index.refresh()
    return index


def test_full_matches_come_first_and_partial_ones_name_what_they_lack(filled: Index) -> None:
    found = missing(filled, Query(ASKED))
    assert {key for key, _ in found[:2]} == {"full/short", "full/long"}
    assert [words for _, words in found[:2]] == [(), ()]
    assert dict(found[2:]) == {"partial/b": ("环境",), "partial/a": ("预算",)}


def test_by_date_the_order_stays_and_partial_matches_still_name_what_they_lack(filled: Index) -> None:
    assert missing(filled, Query(ASKED, sort=Sort.NEWEST)) == [
        ("partial/b", ("环境",)),
        ("full/short", ()),
        ("partial/a", ("预算",)),
        ("full/long", ()),
    ]


def test_words_of_different_sections_are_no_full_match(index: Index) -> None:
    add(index, "a", "预算和绩效。", "绩效和环境。")
    index.refresh()
    assert missing(index, Query(ASKED)) == [("a", ("环境",))]


def test_a_word_in_the_title_counts_but_a_part_of_a_number_does_not(index: Index) -> None:
    add(index, "a", "绩效，环境，2110件。", title="预算")
    index.refresh()
    assert missing(index, Query(ASKED)) == [("a", ())]
    assert missing(index, Query("绩效 环境 110件")) == [("a", ("110件",))]
    assert missing(index, Query("绩效 环境 2110件")) == [("a", ())]


def test_a_synonym_stands_for_its_word(index: Index) -> None:
    add(index, "a", "规范性文件与绩效。")
    add(index, "b", "红头文件与环境。")
    index.refresh()
    assert dict(missing(index, Query("红头文件 绩效 环境"))) == {"a": ("环境",), "b": ("绩效",)}


def test_a_word_asked_for_in_the_title_is_missing_from_the_text(index: Index) -> None:
    add(index, "a", "环境教育。", title="预算绩效")
    add(index, "b", "其他事项。", title="预算绩效环境教育")
    index.refresh()
    assert missing(index, Query("标题:预算 绩效 环境 教育")) == [("b", ()), ("a", ("环境", "教育"))]
