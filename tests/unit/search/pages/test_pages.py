"""The pages: complete without scripts, small, and safe whatever the documents hold."""

import itertools
import re
from dataclasses import replace

import pytest

from schemas.outcomes import State
from schemas.queries import Snippet
from schemas.records import document_id
from search.pages.form import read_form, read_year
from search.pages.render import day, file_size, segments
from tests.support.http_application import World
from tests.support.library import HOSTILE, record_of, rows_of
from tests.support.page_outline import Outline

PAGES = ["/", "/?q=公开", "/?q=没有这样的词", "/?issuer=某市水利局", "/?q=公开&year=abc&page=zzz", "/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_small_and_load_nothing_from_elsewhere(world: World, path: str) -> None:
    answer = world.client.get(path, headers={"Accept": "text/html"})
    page = Outline(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert page.tags.count("script") == 1
    assert all(address.startswith("/static/") for address in page.loaded)
    assert len(answer.content) < 70_000
    assert page.tags.count("h1") == 1


def test_hits_are_grouped_with_marked_snippets_and_links_to_their_sections(world: World, first: str) -> None:
    text = world.client.get("/?q=责任追究&issuer=牡丹江市残疾人联合会&prefix=2011/").text
    page = Outline(text)
    assert text.count('class="hit"') == 1
    assert "<mark>责任追究</mark>" in text
    assert '<span class="step">一、2010年政务公开工作总结</span>' in text
    target = next(link for link in page.links if link.startswith(f"/d/{first}?at="))
    fragment = target.split("#")[1]
    assert fragment in Outline(world.client.get(target).text).ids


HOSTILE_PATHS = [
    "/?prefix=bad/xss",
    "/?q=%3Cscript%3E",
    "/?q=script&issuer=%22%3E%3Cscript%3E&year=%3Cb%3E",
    "/d/" + document_id("bad/xss.html"),
    "/<script>alert(1)</script>",
]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_hostile_text_never_becomes_markup(world: World, path: str) -> None:
    text = world.client.get(path, headers={"Accept": "text/html"}).text
    page = Outline(text)
    assert page.tags.count("script") == text.lower().count("<script") == 1
    assert [name for name in page.loaded if name.endswith("page.js") or "page.js?" in name]


def test_matches_inside_hostile_text_are_marked_and_escaped(world: World) -> None:
    text = world.client.get("/?q=script&prefix=bad/xss").text
    assert "&lt;<mark>script</mark>&gt;alert(&#34;xss&#34;)&lt;/<mark>script</mark>&gt;" in text


def test_document_page_has_outline_anchors_and_what_happened_to_it(world: World) -> None:
    identifier = world.add("long/part.pdf", state=State.PARTIAL)
    page = world.client.get(f"/d/{identifier}").text
    seen = Outline(page)
    assert {f"s0-{n}" for n in range(6)} <= set(seen.ids)
    assert f"/d/{identifier}#s0-2" in seen.links
    assert f"/v1/documents/{identifier}/original" in seen.links
    assert "部分读出" in page
    assert "夹注拼音" in page
    assert "残缺的夹注拼音" in page
    assert HOSTILE not in page


def test_a_failed_document_shows_why_and_offers_no_download(world: World) -> None:
    text = world.client.get(f"/d/{document_id('bad/locked.pdf')}").text
    assert "未能读出" in text
    assert "已加密" in text
    assert "the file is encrypted" in text
    assert "/original" not in text


def test_traditional_documents_are_shown_as_written(world: World) -> None:
    identifier = world.add("trad.docx", title="政务", title_original="政務", text_original="當前政務公開")
    text = world.client.get(f"/d/{identifier}").text
    assert "當前政務公開" in text
    assert 'lang="zh-Hant"' in text


def test_a_document_of_several_articles_shows_each_under_its_own_title(world: World) -> None:
    key = "several.txt"
    rows = [row for n in range(3) for row in rows_of(key, n, title=f"第{n}篇报告", issuer=f"第{n}局")]
    world.index.replace(record_of(key, rows), rows)
    text = world.client.get(f"/d/{document_id(key)}").text
    assert "<h1>第0篇报告 等 3 篇</h1>" in text
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["第0篇报告", "第1篇报告", "第2篇报告"]
    assert {"s0-1", "s1-1", "s2-1"} <= set(Outline(text).ids)
    assert "第2局" in text


def test_no_rank_of_heading_is_skipped_on_the_way_down(world: World, first: str) -> None:
    world.index.rewrite(first, lambda row: None if row.level == 1 else row)
    ranks = [int(tag[1]) for tag in Outline(world.client.get(f"/d/{first}").text).tags if re.fullmatch(r"h\d", tag)]
    assert ranks[:3] == [1, 2, 3]
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks)), ranks


def test_a_long_document_comes_in_parts_and_links_find_theirs(world: World) -> None:
    identifier = world.add("long.txt")
    world.index.rewrite(identifier, lambda row: replace(row, text="很长的文字" * 20_000))
    first = world.client.get(f"/d/{identifier}")
    assert "第 1 部分，共 6 部分" in first.text
    assert "s0-4" not in Outline(first.text).ids
    assert "s0-4" in Outline(world.client.get(f"/d/{identifier}?at=s0-4").text).ids
    assert f"/d/{identifier}?part=4#s0-3" in Outline(first.text).links
    assert world.client.get(f"/d/{identifier}?part=999").status_code == 200
    assert world.client.get(f"/d/{identifier}?part=-1&at=zzz").status_code == 200


def test_paging_goes_on_by_cursor_and_keeps_the_question(world: World) -> None:
    for n in range(45):
        world.add(f"many/{n}.docx")
    page = Outline(world.client.get("/?q=公开&page=3&cursor=20&prefix=many/").text)
    assert "/?q=%E5%85%AC%E5%BC%80&prefix=many%2F&cursor=30&page=4" in page.links
    assert "/?q=%E5%85%AC%E5%BC%80&prefix=many%2F&page=2" in page.links
    assert (world.index.asked[-1].cursor, world.index.asked[-1].offset) == ("20", 20)
    last = Outline(world.client.get("/?q=公开&page=5&cursor=40&prefix=many/").text)
    assert not [link for link in last.links if "page=6" in link]


def test_a_server_that_is_down_is_a_page_in_a_browser(world: World) -> None:
    world.index.down = True
    answer = world.client.get("/?q=公开", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 503
    assert "暂时无法服务" in answer.text
    assert "index:9200" not in answer.text


def test_every_label_points_at_a_field_and_every_field_has_a_name(world: World) -> None:
    text = world.client.get("/?q=公开").text
    unlabelled = re.sub(r"<label[^>]*>.*?</label>", "", text, flags=re.DOTALL)
    assert all("aria-label=" in field for field in re.findall(r"<input (?!type=.hidden)[^>]*>", unlabelled))
    assert len(re.findall(r"<input", text)) > len(re.findall(r"<input", unlabelled)) > 0
    assert '<html lang="zh-CN">' in text
    assert 'href="#main"' in text


@pytest.mark.parametrize(
    ("given", "year", "page"),
    [
        ({"year": "2011"}, 2011, 1),
        ({"year": "\uff12\uff10\uff11\uff11年"}, 2011, 1),
        ({"year": "11"}, None, 1),
        ({"page": "-3"}, None, 1),
        ({"page": "7"}, None, 7),
        ({"page": "99999999999"}, None, 1),
        ({"page": "\u0663"}, None, 1),
    ],
)
def test_the_form_reads_leniently(given: dict[str, str], year: int | None, page: int) -> None:
    form = read_form(given)
    assert (read_year(form.year), form.page) == (year, page)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), [("主动公开", False)]),
        (((0, 2),), [("主动", True), ("公开", False)]),
        (((2, 99),), [("主动", False), ("公开", True)]),
        (((0, 2), (1, 3)), [("主动", True), ("公", True), ("开", False)]),
        (((5, 9),), [("主动公开", False)]),
    ],
)
def test_segments_cover_the_text_whatever_the_ranges(marks: tuple[tuple[int, int], ...], expected: object) -> None:
    assert list(segments(Snippet("主动公开", marks))) == expected


def test_values_are_written_as_people_read_them() -> None:
    assert (day("2011-01-13"), day("2011-01"), day("2011"), day(None)) == ("2011年1月13日", "2011年1月", "2011年", "")
    assert (file_size(999), file_size(3_400_000), file_size(34_560)) == ("999 B", "3.4 MB", "35 KB")
