"""Filters narrow what is found."""

import pytest

from schemas.queries import Query
from search.protocol import Index
from tests.support.disclosures import record_of, row_of
from tests.support.index_contents import add, keys_of


def test_filters_narrow_a_search_and_a_listing(index: Index) -> None:
    add(index, "省/甲/a(1).txt", "公开指南", issuer="甲局", year=2016, signed_on="2016-02-01")
    add(index, "省/甲/b.txt", "公开指南", issuer="甲局", year=2017, signed_on="2017-02-01")
    add(index, "省/乙/c.txt", "公开指南", issuer="乙局", year=2017, published_on="2017-12")
    add(index, "省.甲/d.txt", "公开指南")
    index.refresh()
    for text in ("公开指南", ""):
        assert set(keys_of(index.search(Query(text, issuer="甲局")))) == {"省/甲/a(1).txt", "省/甲/b.txt"}
        assert set(keys_of(index.search(Query(text, year=2017)))) == {"省/甲/b.txt", "省/乙/c.txt"}
        assert keys_of(index.search(Query(text, issuer="甲局", year=2017))) == ["省/甲/b.txt"]
        assert len(index.search(Query(text, prefix="省/")).hits) == 3
        assert keys_of(index.search(Query(text, prefix="省/甲/a(1"))) == ["省/甲/a(1).txt"]
        assert keys_of(index.search(Query(text, prefix="省.甲"))) == ["省.甲/d.txt"]
        assert keys_of(index.search(Query(text, prefix="省/甲" + "很长" * 400))) == []
        assert index.search(Query(text, issuer="甲")).documents == 0


def test_a_very_long_prefix_still_filters(index: Index) -> None:
    folder = "容器.zip!/" + "很长的文件夹" * 60 + "/"
    add(index, folder + "a", "公开指南")
    add(index, folder + "b", "公开指南")
    add(index, "容器.zip!/c", "公开指南")
    index.refresh()
    assert len(index.search(Query("公开", prefix=folder)).hits) == 2
    assert keys_of(index.search(Query("公开", prefix=folder + "b"))) == [folder + "b"]


FILTERED = {
    "issuer": "甲局",
    "region": "春夏县",
    "kind": "通知",
    "role": "platforms",
    "format": "pdf",
    "source": "甲网",
}


@pytest.mark.parametrize("text", ["公开指南", ""])
def test_each_filter_narrows_to_the_exact_value(index: Index, text: str) -> None:
    add(index, "mine", "公开指南", year=2016, **FILTERED)
    add(index, "other", "公开指南", year=2019, **{name: f"{value}二" for name, value in FILTERED.items()})
    add(index, "bare", "公开指南", format=None)
    index.refresh()
    for name, value in FILTERED.items():
        assert keys_of(index.search(Query(text, **{name: value}))) == ["mine"], name
        assert index.search(Query(text, **{name: value[:-1]})).documents == 0, name
    assert keys_of(index.search(Query(text, year=2016, **FILTERED))) == ["mine"]


@pytest.mark.parametrize("text", ["公开指南", ""])
def test_years_may_be_a_range_open_at_either_end(index: Index, text: str) -> None:
    for year in (2015, 2016, 2017, 2018):
        add(index, str(year), "公开指南", year=year)
    add(index, "undated", "公开指南")
    index.refresh()

    def found(**years: int) -> list[str]:
        return sorted(keys_of(index.search(Query(text, **years))))

    assert found(year_from=2016, year_to=2017) == ["2016", "2017"]
    assert found(year_from=2017) == ["2017", "2018"]
    assert found(year_to=2015) == ["2015"]
    assert found(year_from=2017, year_to=2016) == []
    assert found(year_from=2016, year=2016) == ["2016"]
    for odd in (10**30, -(10**30), 0, -1):
        assert found(year=odd) == []
        assert found(year_from=odd, year_to=odd) == []


def test_a_role_keeps_the_sections_of_that_role_alone(index: Index) -> None:
    rows = [row_of("a", 0, n, "平台建设", role="platforms" if n == 2 else None) for n in range(4)]
    index.replace(record_of("a", rows), rows)
    index.refresh()
    for text in ("平台", ""):
        found = index.search(Query(text, role="platforms"))
        assert (found.documents, found.sections) == (1, 1)
        assert [(each.ordinal, each.role) for each in found.hits[0].sections] == [(2, "platforms")]
