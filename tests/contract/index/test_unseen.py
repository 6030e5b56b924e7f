"""Held, failed and removed documents are seen nowhere."""

import pytest

from schemas.articles import Statistic
from schemas.outcomes import State
from schemas.queries import FACETS, Query, StatisticsQuery
from schemas.records import ArticleSummary, document_id
from search.protocol import Index
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.results.autocomplete import initials
from search.results.near_duplicates import fingerprint, signature
from tests.support.disclosures import record_of, rows_of
from tests.support.index_contents import add


@pytest.mark.parametrize("state", [State.HELD, State.FAILED, State.REMOVED])
def test_held_failed_and_removed_documents_have_no_rows(index: Index, state: State) -> None:
    key = "secret.docx"
    add(index, key, "绝密内容不得公开", "第二段")
    index.replace(record_of(key, state=state), [])
    index.refresh()
    assert index.sections(document_id(key)) == []
    for query in (Query("绝密内容"), Query('"绝密内容不得公开"'), Query("")):
        found = index.search(query)
        assert (found.documents, found.sections, found.hits) == (0, 0, ())
    assert index.counts() == {state: 1}
    rows = rows_of(key, 2)
    with pytest.raises(ValueError, match="without sections"):
        index.replace(record_of(key, rows, state=state), rows)


SECRET = "绝密工程选址方案"


@pytest.fixture(params=[State.HELD, State.FAILED, State.REMOVED])
def withdrawn(request: pytest.FixtureRequest, index: Index) -> str:
    """The identifier of a document that could be found in every way, until it was withdrawn."""
    statistic = Statistic(SECRET, SECRET, 7, "条", 2017, SECRET, table=False)
    cites = (title_key(SECRET), number_key("密发〔2017〕1号"))
    fields = {"title": SECRET, "issuer": SECRET, "document_number": "密发〔2017〕1号", "heading": SECRET}
    facets = {"region": SECRET, "kind": SECRET, "source": SECRET, "year": 1949}
    text = SECRET * 9
    near = {"signature": signature(text), "statistics": (statistic,), "cites": cites}
    known = {"fingerprint": fingerprint(text), **fields, **facets}
    add(index, "shown", text, "甲乙丙丁", fingerprint=fingerprint(text), title="公开的文件", summary=near)
    identifier = add(index, "secret", text, "子丑寅卯", summary=near, **known)
    index.refresh()
    assert len(index.suggest(SECRET)) == 3
    index.replace(record_of("secret", state=request.param), [])
    index.refresh()
    return identifier


def test_what_was_withdrawn_is_in_no_hit_count_or_facet(index: Index, withdrawn: str) -> None:
    for text in (SECRET, f'"{SECRET}"', "子丑寅卯", "密发〔2017〕1号", "绝密 工程 什么 别的", ""):
        for fold in (True, False):
            found = index.search(Query(text, facets=FACETS, explain=True, fold=fold))
            assert found.documents <= 1
            assert all(hit.key == "shown" and not hit.others for hit in found.hits)
            assert not any(value.value == SECRET or value.value == "1949" for f in found.facets for value in f.values)
    for name in ("issuer", "region", "kind", "source"):
        assert index.search(Query("", **{name: SECRET})).documents == 0


def test_what_was_withdrawn_is_not_suggested(index: Index, withdrawn: str) -> None:
    for typed in (SECRET[:1], SECRET, initials(SECRET), "密发"):
        assert index.suggest(typed) == []


def test_what_was_withdrawn_is_not_similar_cited_or_citing(index: Index, withdrawn: str) -> None:
    shown = document_id("shown")
    assert index.similar(withdrawn, 0, 0).hits == ()
    assert index.similar(shown, 0, 0).hits == ()
    assert index.list_cited([title_key(SECRET), number_key("密发〔2017〕1号")]) == []
    assert index.list_citing(withdrawn, 0) == []
    other = add(index, "other", "正文", title=SECRET)
    index.refresh()
    assert [each.key for each in index.list_citing(other, 0)] == ["shown"]


def test_what_was_withdrawn_states_no_numbers(index: Index, withdrawn: str) -> None:
    assert {row.key for row in index.statistics(StatisticsQuery())} == {"shown"}


def test_a_withdrawn_record_that_still_names_articles_gives_nothing_away(index: Index) -> None:
    statistic = Statistic(SECRET, SECRET, 7, "条", 2017, SECRET, table=False)
    article = ArticleSummary(
        0, SECRET, document_number="密发〔2017〕1号", cites=("密发(2017)2号",), statistics=(statistic,)
    )
    index.replace(record_of("secret", state=State.HELD, articles=(article,)), [])
    own = add(index, "own", "正文", document_number="密发〔2017〕2号")
    index.refresh()
    assert index.list_cited([title_key(SECRET)]) == []
    assert index.list_citing(own, 0) == []
    assert index.suggest(SECRET) == []
    assert list(index.statistics(StatisticsQuery())) == []
