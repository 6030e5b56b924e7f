"""The page of an original beside its text: which page is opened, what is marked, and who is refused."""

from dataclasses import replace

import pytest

from schemas.blocks import Block, Converted
from schemas.cleaned import Normalized, Paragraph
from schemas.drawings import WEBP, Drawing, DrawnPage, Run
from schemas.errors import BusyError, DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord
from search.http.ports import Artefacts
from search.pages.original.drawn_page import find_spots
from search.query.parser import parse
from tests.support.http_application import World

HTML = {"Accept": "text/html"}
BLOCKS = (
    Block("银杏保护的通知", page=1),
    Block("一、總體要求", page=2),
    Block("逐株登記古樹名木，向社会公开。", page=3),
)
CONVERTED = Converted("pdf", BLOCKS, pages=3)
DETAILS = Normalized("pdf", tuple(Paragraph(block.text, block=n, page=block.page) for n, block in enumerate(BLOCKS)))
LINES = ("逐株登記古樹", "名木，向社会公开。")
PICTURE = b"RIFF picture"


def run(text: str, top: int) -> Run:
    return Run(text, tuple((10.0 * n, top, 10.0 * n + 10, top + 12.0) for n in range(len(text))))


def drawn(record: DocumentRecord, page: int) -> DrawnPage | None:
    runs = tuple(run(text, 20 * n) for n, text in enumerate(LINES)) if page == 3 else ()
    return DrawnPage(Drawing(page, 3, 600, 800, WEBP, runs, ("fonts",)), PICTURE)


@pytest.fixture
def identifier(world: World) -> str:
    found = world.add("通知/银杏.pdf")
    record = world.index.record(found)
    world.index.replace(replace(record, format="pdf"), world.index.sections(found))
    serve(world, drawn)
    return found


def serve(world: World, draw: object) -> None:
    state = world.client.app.state  # type: ignore[attr-defined]
    artefacts = Artefacts(converted=lambda record: CONVERTED, drawn=draw)  # type: ignore[arg-type]
    state.services = replace(state.services, details=lambda record: DETAILS, artefacts=artefacts)


def test_the_words_of_a_search_are_marked_on_the_picture_also_over_two_lines() -> None:
    runs = [run(text, 20 * n) for n, text in enumerate(LINES)]
    assert find_spots(runs, "", parse("“古树名木”")) == ((40.0, 0, 60.0, 12.0), (0.0, 20, 20.0, 32.0))
    assert find_spots(runs, "逐株登记", None) == ((0.0, 0, 40.0, 12.0),)
    assert find_spots(runs, "", None) == ()


def test_a_page_shows_its_picture_beside_the_text_and_leads_to_the_others(world: World, identifier: str) -> None:
    text = world.client.get(f"/d/{identifier}/page", params={"page": "3", "q": "古树名木"}).text
    assert f'src="/v1/documents/{identifier}/pages/3"' in text
    assert text.count("<rect ") == 2
    assert "图中标出 2 处" in text
    assert "以代用字体绘出" in text
    assert "逐株登記<mark" in text
    assert "總體要求" not in text
    assert f'rel="prev" href="/d/{identifier}/page?page=2&amp;q=' in text
    assert 'rel="next"' not in text
    assert f'href="/d/{identifier}/page' in world.client.get(f"/d/{identifier}").text


@pytest.mark.parametrize(("asked", "page"), [("?at=b2", 3), ("?at=b99", 1), ("?page=99", 3), ("?page=x", 1), ("", 1)])
def test_the_page_of_a_place_is_opened(world: World, identifier: str, asked: str, page: int) -> None:
    assert f'/pages/{page}"' in world.client.get(f"/d/{identifier}/page{asked}").text


def test_a_picture_is_sent_as_no_page_of_this_site_and_not_twice(world: World, identifier: str) -> None:
    answer = world.client.get(f"/v1/documents/{identifier}/pages/1")
    assert (answer.content, answer.headers["content-type"]) == (PICTURE, WEBP)
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["cache-control"] == "private, no-cache"
    again = world.client.get(f"/v1/documents/{identifier}/pages/1", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_why_a_page_is_not_drawn_is_said_in_chinese_beside_the_text(world: World, identifier: str) -> None:
    def refuse(record: DocumentRecord, page: int) -> DrawnPage | None:
        raise DocumentError(Category.TOO_LARGE, Sentence.of("drawn-too-large", page=page))

    serve(world, refuse)
    text = world.client.get(f"/d/{identifier}/page?page=3").text
    assert "第 3 页过大，无法绘出" in text
    assert "逐株登記" in text
    assert '<img src="/v1' not in text
    assert world.client.get(f"/v1/documents/{identifier}/pages/3").status_code == 404


def test_where_too_many_are_drawn_the_text_is_shown_and_a_program_told_to_come_again(
    world: World, identifier: str
) -> None:
    def refuse(record: DocumentRecord, page: int) -> DrawnPage | None:
        raise BusyError("other pages are being drawn; try again in a moment")

    serve(world, refuse)
    assert "请稍后刷新本页" in world.client.get(f"/d/{identifier}/page").text
    answer = world.client.get(f"/v1/documents/{identifier}/pages/1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def change(world: World, identifier: str, **fields: object) -> None:
    record = replace(world.index.record(identifier), **fields)
    world.index.replace(record, world.index.sections(identifier) if record.state.is_searchable else [])


def test_what_is_held_or_was_not_judged_whole_has_no_picture(world: World, identifier: str) -> None:
    change(world, identifier, problems=(Problem("convert", "page 2 is damaged", lossy=True),), state=State.PARTIAL)
    assert world.client.get(f"/v1/documents/{identifier}/pages/1").status_code == 403
    text = world.client.get(f"/d/{identifier}/page").text
    assert "未经审核或不提供下载" in text
    assert '<img src="/v1' not in text
    change(world, identifier, state=State.HELD)
    for path in (f"/v1/documents/{identifier}/pages/1", f"/d/{identifier}/page"):
        assert world.client.get(path).status_code == 403


def test_a_file_inside_a_container_has_pictures_as_long_as_nothing_withholds_the_container(
    world: World, identifier: str
) -> None:
    around = world.add("通知/附件.zip")
    change(world, identifier, parent="通知/附件.zip")
    assert world.client.get(f"/v1/documents/{identifier}/pages/1").status_code == 200
    change(world, around, state=State.HELD)
    assert world.client.get(f"/v1/documents/{identifier}/pages/1").status_code == 403


def test_documents_without_pages_have_none(world: World) -> None:
    found = world.add("通知/银杏.docx")
    assert world.client.get(f"/d/{found}/page", headers=HTML).status_code == 404
    assert f"/d/{found}/page" not in world.client.get(f"/d/{found}").text
    assert world.client.get(f"/v1/documents/{found}/pages/1").status_code == 404
