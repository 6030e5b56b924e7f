"""The order of hits, and walking through all of them by cursor."""

from dataclasses import replace

import pytest

from schemas.queries import Query, SearchResult, Sort
from search.protocol import Index
from tests.support.disclosures import record_of, row_of
from tests.support.index_contents import add, keys_of


def walk(index: Index, query: Query) -> list[SearchResult]:
    """Return all pages of a search, by cursor."""
    pages = [index.search(query)]
    while (cursor := pages[-1].cursor) is not None:
        pages.append(index.search(replace(query, cursor=cursor)))
    return pages


@pytest.mark.parametrize("text", ["预算公开", ""])
def test_hits_come_newest_or_oldest_first_and_undated_ones_last(index: Index, text: str) -> None:
    for key, day in {"b": "2016-05-04", "c": "2017-01", "a": "2016-05-03", "d": None}.items():
        add(index, key, "预算公开", "预算公开预算公开", signed_on=day)
    index.refresh()
    assert keys_of(index.search(Query(text, sort=Sort.NEWEST))) == ["c", "b", "a", "d"]
    assert keys_of(index.search(Query(text, sort=Sort.OLDEST))) == ["a", "b", "c", "d"]


def test_a_day_that_its_month_does_not_have_counts_as_the_first_of_the_month(index: Index) -> None:
    days = {"a": "2019-01-31", "b": "2019-02-30", "c": "2019-02-02", "d": "2018-12-31", "e": "2019-13-01"}
    for key, day in days.items():
        add(index, key, "预算公开", signed_on=day)
    index.refresh()
    assert keys_of(index.search(Query("预算", sort=Sort.OLDEST))) == ["d", "e", "a", "b", "c"]


def test_by_date_the_best_sections_of_each_document_are_still_shown(index: Index) -> None:
    add(
        index,
        "a",
        "无关",
        "预算" * 3,
        "此处说到预算以及其他许多事情,所以篇幅长得多,词却只有一个",
        signed_on="2016-05-04",
        title=None,
    )
    index.refresh()
    hit = index.search(Query("预算", sort=Sort.NEWEST, sections_each=2)).hits[0]
    assert [section.ordinal for section in hit.sections] == [1, 2]
    assert hit.sections[0].score > hit.sections[1].score > 0


@pytest.mark.parametrize("text", ["预算", '"预算"', "预算 公开 目录 执行", ""])
@pytest.mark.parametrize("sort", Sort)
def test_a_walk_by_cursor_shows_every_document_once_in_the_order_of_one_long_page(
    index: Index, text: str, sort: Sort
) -> None:
    for number in range(33):
        day = f"2016-0{number % 3 + 1}-01" if number % 4 else None
        texts = ["财政预算" + "公开" * (number % 5), *["预算执行"] * (number % 4)]
        add(index, f"{number:02}", *texts, signed_on=day)
    index.refresh()
    whole = index.search(Query(text, size=100, sort=sort))
    assert (len(whole.hits), whole.cursor) == (33, None)
    pages = walk(index, Query(text, size=5, sort=sort, facets=("format",)))
    assert [len(page.hits) for page in pages] == [5] * 6 + [3]
    assert [key for page in pages for key in keys_of(page)] == keys_of(whole)
    assert {(page.documents, page.sections) for page in pages} == {(33, whole.sections)}
    assert all(page.facets == pages[0].facets for page in pages)


def test_a_cursor_goes_on_where_it_stood_whatever_came_meanwhile(index: Index) -> None:
    for number in range(12):
        add(index, f"{number:02}", "预算", signed_on=f"2016-01-{number + 1:02}")
    index.refresh()
    first = index.search(Query("预算", size=4, sort=Sort.NEWEST))
    for number in range(5):
        add(index, f"new {number}", "预算", signed_on=f"2020-01-0{number + 1}")
    index.refresh()
    second = index.search(Query("预算", size=4, sort=Sort.NEWEST, cursor=first.cursor))
    assert keys_of(first) + keys_of(second) == [f"{number:02}" for number in range(11, 3, -1)]


def test_a_cursor_passes_over_a_document_of_very_many_matching_sections(index: Index) -> None:
    rows = [row_of("many", 0, n, "预算公开", title=None) for n in range(700)]
    index.replace(record_of("many", rows), rows)
    for number in range(6):
        add(index, f"{number}", "预算公开以及其他", title=None)
    index.refresh()
    pages = walk(index, Query("预算", size=2))
    assert sorted(key for page in pages for key in keys_of(page)) == sorted(["many", *map(str, range(6))])


def test_a_cursor_wins_over_an_offset_and_may_change_what_is_shown(index: Index) -> None:
    for number in range(9):
        add(index, f"{number}", "预算", signed_on=f"2016-01-{number + 1:02}")
    index.refresh()
    first = index.search(Query("", size=2))
    second = index.search(Query("", size=3, offset=7, cursor=first.cursor, explain=True))
    assert keys_of(second) == ["6", "5", "4"]


def test_a_cursor_that_is_none_or_belongs_elsewhere_shows_the_first_page_and_says_so(index: Index) -> None:
    for number in range(4):
        add(index, f"{number}", "预算公开", signed_on=f"2016-01-{number + 1:02}", issuer="甲")
    index.refresh()
    good = index.search(Query("预算", size=2)).cursor
    assert good is not None
    first = index.search(Query("公开", size=2))
    assert first.notes == ()
    changed = good[:-2] + ("AA" if good[-2:] != "AA" else "BB")
    for bad in (good, changed, "", "x", "é", "{}", "A" * 5000, "\ud800", good[:-4]):
        found = index.search(Query("公开", size=2, cursor=bad))
        assert keys_of(found) == keys_of(first), bad
        assert any("第一页" in note for note in found.notes), bad
    assert index.search(Query("预算", size=2, issuer="甲", cursor=good)).notes
    assert index.search(Query("预算", size=2, sort=Sort.NEWEST, cursor=good)).notes


def test_pages_by_number_end_with_a_note(index: Index) -> None:
    add(index, "a", "预算")
    index.refresh()
    found = index.search(Query("预算", offset=50_000))
    assert (found.hits, found.documents) == ((), 1)
    assert any("10000" in note for note in found.notes)
