"""What stands beside the hits: values with counts of articles, under the filters they obey."""

import pytest

from schemas.queries import FACETS, Query
from search.protocol import Index
from tests.support.disclosures import record_of, row_of
from tests.support.index_contents import add, facet


@pytest.fixture
def shelf(index: Index) -> Index:
    """Three documents of two issuers, with more rows than documents, and one that says nothing of itself."""
    shared = {"region": "春夏县", "kind": "年度报告", "source": "甲网"}
    add(index, "a", "公开指南", "公开目录", "公开制度", issuer="甲局", year=2016, **shared)
    add(index, "b", "公开指南", "无关的内容", issuer="甲局", year=2017, **shared)
    add(index, "c", "公开指南", "公开制度", issuer="乙局", year=2017, kind="通知")
    add(index, "d", "公开指南", format="pdf")
    index.refresh()
    return index


@pytest.mark.parametrize("text", ["公开", ""])
def test_facets_count_articles_and_not_rows(shelf: Index, text: str) -> None:
    found = shelf.search(Query(text, facets=FACETS))
    assert [each.name for each in found.facets] == list(FACETS)
    assert facet(found, "issuer") == {"甲局": 2, "乙局": 1}
    assert facet(found, "year") == {"2017": 2, "2016": 1}
    assert facet(found, "kind") == {"年度报告": 2, "通知": 1}
    assert facet(found, "region") == {"春夏县": 2}
    assert facet(found, "source") == {"甲网": 2}
    assert facet(found, "format") == {"txt": 3, "pdf": 1}
    assert facet(found, "role") == {}


def test_years_come_newest_first_and_other_values_most_frequent_first(shelf: Index) -> None:
    found = shelf.search(Query("公开", facets=("year", "issuer")))
    assert list(facet(found, "year")) == ["2017", "2016"]
    assert list(facet(found, "issuer")) == ["甲局", "乙局"]


@pytest.mark.parametrize("text", ["公开", ""])
def test_a_facets_own_filter_does_not_shrink_its_list_but_all_others(shelf: Index, text: str) -> None:
    found = shelf.search(Query(text, issuer="甲局", facets=FACETS))
    assert facet(found, "issuer") == {"甲局": 2, "乙局": 1}
    assert facet(found, "year") == {"2017": 1, "2016": 1}
    assert facet(found, "kind") == {"年度报告": 2}
    assert found.documents == len(found.hits) == 2
    both = shelf.search(Query(text, issuer="甲局", year=2017, facets=("issuer", "year", "kind")))
    assert (both.documents, len(both.hits)) == (1, 1)
    assert facet(both, "issuer") == {"甲局": 1, "乙局": 1}
    assert facet(both, "year") == {"2017": 1, "2016": 1}
    assert facet(both, "kind") == {"年度报告": 1}
    ranged = shelf.search(Query(text, year_from=2017, facets=("year", "issuer")))
    assert facet(ranged, "year") == {"2017": 2, "2016": 1}
    assert facet(ranged, "issuer") == {"甲局": 1, "乙局": 1}


@pytest.mark.parametrize("text", ["公开", ""])
def test_roles_are_counted_by_article_whichever_section_has_them(index: Index, text: str) -> None:
    for key, roles in {"a": [None, "platforms", "platforms"], "b": [None, "platforms", "problems"]}.items():
        rows = [row_of(key, 0, n, "公开", role=role, issuer=key) for n, role in enumerate(roles)]
        index.replace(record_of(key, rows), rows)
    index.refresh()
    found = index.search(Query(text, facets=("role", "issuer")))
    assert facet(found, "role") == {"platforms": 2, "problems": 1}
    chosen = index.search(Query(text, role="problems", facets=("role", "issuer")))
    assert facet(chosen, "role") == {"platforms": 2, "problems": 1}
    assert facet(chosen, "issuer") == {"b": 1}
    assert (chosen.documents, chosen.sections) == (1, 1)


def test_facets_obey_a_search_that_was_widened_to_some_words(index: Index) -> None:
    add(index, "a", "养老金的发放标准", issuer="甲", title=None)
    add(index, "b", "养老金按月发放", issuer="乙", title=None)
    index.refresh()
    found = index.search(Query("养老金 发放 标准 由谁公布", facets=("issuer",)))
    assert facet(found, "issuer") == {"甲": 1, "乙": 1}


def test_a_facet_there_is_not_is_said_and_passed_over(shelf: Index) -> None:
    found = shelf.search(Query("公开", facets=("secrecy", "year", "year")))
    assert [each.name for each in found.facets] == ["year"]
    assert any("secrecy" in note for note in found.notes)
