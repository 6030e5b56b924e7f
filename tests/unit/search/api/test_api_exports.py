"""Whole lists as files: complete, opened by spreadsheet programs as they are meant, harmless."""

import csv
import io
import json

import httpx
import pytest
from python_calamine import load_workbook

from schemas.queries import Query, SearchResult
from search.api import parameters, tables
from search.api.tables import csv_lines, harmless, xlsx_chunks
from tests.support.http_application import World
from tests.support.http_server import served

MANY = 230


@pytest.fixture
def full(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A list of three pages."""
    monkeypatch.setattr(parameters, "EXPORT_PAGE", 100)
    for number in range(MANY):
        world.add(f"many/{number:04}.docx", title=f"第{number}号总结")
    return world


def read_csv(body: bytes) -> list[dict[str, str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_hit_of_all_pages(full: World) -> None:
    answer = full.client.get("/v1/search/export", params={"prefix": "many/", "sections": 1})
    rows = read_csv(answer.content)
    assert [row["标题"] for row in rows] == [f"第{number}号总结" for number in range(MANY)]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert rows[0]["链接"].startswith("http://testserver/d/")


def test_json_lines_hold_an_article_each(full: World) -> None:
    answer = full.client.get("/v1/search/export", params={"prefix": "many/", "format": "jsonl"})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len(lines) == MANY
    assert lines[3]["title"]["text"] == "第3号总结"


def test_xlsx_holds_every_hit(full: World) -> None:
    answer = full.client.get("/v1/search/export", params={"prefix": "many/", "format": "xlsx", "sections": 2})
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "标题"
    assert len(rows) == 1 + 2 * MANY
    assert rows[1][0] == "第0号总结"


def test_filters_reach_the_index_and_the_format_is_the_files(full: World) -> None:
    asked = {"q": "公开", "issuer": "某市水利局", "document_format": "docx", "format": "jsonl", "sections": 5}
    assert full.client.get("/v1/search/export", params=asked).status_code == 200
    query = full.index.asked[-1]
    assert (query.issuer, query.format, query.sections_each) == ("某市水利局", "docx", 5)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =cmd|'/c calc'!A1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert str(harmless(text)).startswith("'")
    (line,) = list(csv_lines(("a",), [(text,)]))[1:]
    assert next(csv.reader(io.StringIO(line.decode(), newline="")))[0].startswith("'")


def test_numbers_stay_numbers_and_texts_as_they_are() -> None:
    assert harmless(-5) == -5
    assert harmless("正常，文字") == "正常，文字"
    assert harmless(None) is None


def test_hostile_texts_are_texts_in_a_workbook() -> None:
    hostile = ["=1+1", "https://evil.example", "\x01\x0b", "\ud800", "长" * 40_000, "{=1}", "_x0041_"]
    body = b"".join(xlsx_chunks(("甲",), [(text,) for text in hostile]))
    cells = [row[0] for row in load_workbook(io.BytesIO(body)).get_sheet_by_index(0).to_python()[1:]]
    assert cells[0] == "=1+1"
    assert cells[1] == "https://evil.example"
    assert len(cells) == len(hostile)
    assert str(cells[4]).endswith("…")


def test_rows_beyond_a_sheet_go_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_SHEET_ROWS", 4)
    book = load_workbook(io.BytesIO(b"".join(xlsx_chunks(("n",), [(number,) for number in range(7)]))))
    sheets = [book.get_sheet_by_index(number).to_python() for number in range(3)]
    assert [int(row[0]) for sheet in sheets for row in sheet[1:]] == list(range(7))


def test_an_empty_list_is_a_file_with_its_head(world: World) -> None:
    for format_ in ("csv", "xlsx", "jsonl"):
        answer = world.client.get("/v1/search/export", params={"q": "没有这样的词", "format": format_})
        assert answer.status_code == 200
    assert read_csv(world.client.get("/v1/search/export", params={"q": "没有这样的词"}).content) == []


def test_an_index_that_is_down_is_a_problem_and_no_empty_file(world: World) -> None:
    world.index.down = True
    answer = world.client.get("/v1/search/export")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_list_that_breaks_off_does_not_look_whole(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = full.index.search

    def failing(query: Query) -> SearchResult:
        if query.cursor:
            full.index.down = True
        return whole(query)

    monkeypatch.setattr(full.index, "search", failing)
    with (
        served(full.client.app) as url,
        httpx.Client(trust_env=False) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.get(f"{url}/v1/search/export")
