"""Documents that cite one another, and sections that are like one another."""

from schemas.queries import Query
from search.protocol import Index
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.results.near_duplicates import fingerprint
from tests.support.disclosures import SENTENCES
from tests.support.index_contents import add, keys_of


def cites(*keys: str) -> dict[str, object]:
    return {"cites": keys}


def test_a_document_is_cited_by_number_or_title(index: Index) -> None:
    number, title = "国办发〔2017〕42号", "春夏县信息公开办法"
    own = add(index, "own", "一", title=title, document_number=number, issuer="春夏县")
    add(index, "by number", "二", summary=cites(number_key("国办发[2017]42号")), title="第二", signed_on="2018-01-02")
    add(index, "by title", "三", summary=cites(title_key("春夏县信息公开办法")), title="第三")
    add(index, "by short title", "三", summary=cites(title_key("信息公开办法")), title="第三")
    add(index, "neither", "四", summary=cites(number_key("国办发〔2017〕4号")), title="第四")
    index.refresh()
    found = index.list_citing(own, 0)
    assert [each.key for each in found] == ["by number", "by short title", "by title"]
    assert (found[0].title, found[0].signed_on, found[0].article) == ("第二", "2018-01-02", 0)
    assert len(index.list_citing(own, 0, size=1)) == 1
    assert index.list_citing(own, 7) == []
    assert index.list_citing("0" * 32, 0) == []


def test_what_is_cited_is_found_where_it_is_there(index: Index) -> None:
    add(index, "own", "一", title="春夏县信息公开办法", document_number="国办发〔2017〕42号")
    index.refresh()
    for key in (number_key("国办发(2017)42号"), title_key("《春夏县信息公开办法》")):
        assert [each.key for each in index.list_cited([key, "不存在"])] == ["own"]
    assert index.list_cited(["不存在"]) == []
    assert index.list_cited([]) == []


def test_a_document_does_not_cite_itself(index: Index) -> None:
    own = add(index, "own", "一", title="春夏县信息公开办法", summary=cites(title_key("春夏县信息公开办法")))
    index.refresh()
    assert index.list_citing(own, 0) == []


def test_similar_sections_speak_of_the_same(index: Index) -> None:
    first = add(index, "a", "前言", SENTENCES[8] + SENTENCES[12], title=None)
    add(index, "b", "另一篇", SENTENCES[8].replace("87.6", "90.1") + SENTENCES[11], title=None)
    add(index, "c", "第三篇", SENTENCES[17] + SENTENCES[18], title=None)
    index.refresh()
    found = index.similar(first, 0, 1)
    assert keys_of(found) == ["b"]
    assert [section.ordinal for section in found.hits[0].sections] == [1]


def test_a_copy_is_not_similar_but_the_same(index: Index) -> None:
    text = SENTENCES[8] + SENTENCES[12]
    first = add(index, "a", text, title=None, fingerprint=fingerprint(text))
    add(index, "b", text, title=None, fingerprint=fingerprint(text))
    index.refresh()
    assert index.similar(first, 0, 0).hits == ()


def test_nothing_is_similar_to_what_is_not_there_or_empty(index: Index) -> None:
    first = add(index, "a", "")
    add(index, "b", "")
    index.refresh()
    assert index.similar(first, 0, 0).documents == 0
    assert index.similar(first, 3, 9).documents == 0
    assert index.similar("0" * 32, 0, 0).documents == 0
    assert index.search(Query("")).documents == 2
