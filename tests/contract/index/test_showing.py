"""How hits are grouped, paged by number and shown."""

from schemas.queries import Query
from search.protocol import Index
from tests.support.disclosures import record_of, row_of
from tests.support.index_contents import add, keys_of, marked


def test_hits_are_grouped_by_article_with_the_best_sections_under_each(index: Index) -> None:
    key = "two.html"
    rows = [
        row_of(key, 0, 0, "无关的前言", title="甲"),
        row_of(key, 0, 1, "信访接待安排", title="甲"),
        row_of(key, 0, 2, "信访信访信访,接待信访", title="甲"),
        row_of(key, 0, 3, "信访工作的其他很长的说明文字,占用一些篇幅,说明信访之外的许多事情", title="甲"),
        row_of(key, 1, 0, "信访条例", title="乙"),
    ]
    index.replace(record_of(key, rows), rows)
    index.refresh()
    found = index.search(Query("信访", sections_each=2))
    assert (found.documents, found.sections, len(found.hits)) == (2, 4, 2)
    hit = next(hit for hit in found.hits if hit.article == 0)
    assert len(hit.sections) == 2
    assert hit.score == hit.sections[0].score >= hit.sections[1].score
    assert all(marked(section.text.text, section.text.marks) for section in hit.sections)
    assert {hit.title.text for hit in found.hits} == {"甲", "乙"}


def test_pages_join_without_gap_or_overlap(index: Index) -> None:
    for number in range(23):
        add(index, f"{number:02}", "财政预算" + "公开" * (number % 5), "预算执行")
    index.refresh()
    for text in ("预算", '"预算"', ""):
        pages = [index.search(Query(text, size=5, offset=offset)) for offset in range(0, 30, 5)]
        assert [page.documents for page in pages] == [23] * 6, text
        assert [len(page.hits) for page in pages] == [5, 5, 5, 5, 3, 0]
        assert len({key for page in pages for key in keys_of(page)}) == 23
    assert index.search(Query("预算", offset=50_000)).hits == ()


def test_an_empty_query_lists_documents_newest_first(index: Index) -> None:
    add(index, "old", "一", "二", signed_on="2011-01-13")
    add(index, "none", "一", "二")
    add(index, "new", "一", "二", published_on="2020-05")
    index.refresh()
    found = index.search(Query(""))
    assert keys_of(found) == ["new", "old", "none"]
    assert (found.documents, found.sections) == (3, 6)
    assert [section.ordinal for hit in found.hits for section in hit.sections] == [0, 0, 0]
    assert found.hits[0].sections[0].text.marks == ()


def test_a_document_without_title_is_shown_by_its_file_name(index: Index) -> None:
    add(index, "文件夹/通知.doc", "征收公告", title=None)
    index.refresh()
    assert index.search(Query("征收")).hits[0].title.text == "通知.doc"


def test_a_huge_section_is_searched_and_shown_by_a_snippet(index: Index) -> None:
    text = "无标点长文" * 60_000 + "在此处寻找目标词语" + "无标点长文" * 60_000
    add(index, "long", text, "甲" * 300_000, "a" * 300_000, title="长文")
    index.refresh()
    section = index.search(Query("目标词语")).hits[0].sections[0]
    assert len(section.text.text) < 300
    assert "目标词语" in "".join(marked(section.text.text, section.text.marks))
    assert index.search(Query('"文在此处寻找目标词语无"')).sections == 1


def test_a_match_in_a_long_section_names_its_line_and_one_in_a_short_section_none(index: Index) -> None:
    lines = [f"第{n}项按规定办理。" + "并依法公开。" * 20 for n in range(200)]
    lines[150] += "银杏古树单独登记。"
    rows = [row_of("long.txt", 0, 0, "\n".join(lines)), row_of("long.txt", 0, 1, "银杏古树一览")]
    index.replace(record_of("long.txt", rows), rows)
    index.refresh()
    sections = index.search(Query("银杏古树")).hits[0].sections
    assert {section.ordinal: section.line for section in sections} == {0: 150, 1: None}
