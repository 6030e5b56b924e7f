"""The tools of a language model, asked by the package's own client in this process."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from schemas.access import Scope
from schemas.outcomes import State
from schemas.queries import StatisticRow
from search.api.mcp.answers import MAX_CHARACTERS
from search.api.mcp.server import create_server
from search.api.mcp.transports import admission
from search.http.ports import Access, Services
from tests.support.fakes.index import MemoryIndex, MemoryOriginals, MemorySink
from tests.support.fakes.stores import MemoryKeys
from tests.support.library import HELD_PROBLEM, TEXTS, record_of, rows_of

KEY = "市残联/总结.docx"
SITE = "https://gongkai.example.org"


def services_with(*, open_reading: bool = True, **fields: Any) -> tuple[Services, MemoryIndex, MemoryKeys]:
    index, keys = MemoryIndex(), MemoryKeys()
    rows = rows_of(KEY, **fields)
    index.replace(record_of(KEY, rows), rows)
    access = Access(keys, open_reading=open_reading, public_url=SITE)
    services = Services(index, MemoryOriginals(), MemorySink(), "", details=lambda record: None, access=access)
    return services, index, keys


def call(services: Services, tool: str, key: str = "", **arguments: Any) -> CallToolResult:
    async def ask() -> CallToolResult:
        async with Client(create_server(services, admit=admission(services.access, key))) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def answer(result: CallToolResult) -> Any:
    [content] = result.content
    assert isinstance(content, TextContent)
    assert not result.is_error, content.text
    assert json.loads(content.text) == result.structured_content
    return result.structured_content


def refusal(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    assert result.is_error
    return content.text


def identifier(index: MemoryIndex) -> str:
    return index.records()[0].id


def test_every_tool_says_that_it_only_reads_and_what_it_takes_and_returns() -> None:
    async def ask() -> Any:
        async with Client(create_server(services_with()[0])) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(ask())}
    assert set(tools) == {"search", "document", "section", "statistics"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint is True
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["type"] == "object"
    assert {"q", "issuer", "year_from", "size", "cursor"} <= set(tools["search"].input_schema["properties"])
    assert tools["section"].input_schema["required"] == ["document_id"]


def test_search_finds_sections_with_where_they_stand() -> None:
    services, index, _ = services_with()
    found = answer(call(services, "search", q="政务公开", issuer="牡丹江市残疾人联合会", size=1))
    [hit] = found["hits"]
    assert (found["documents"], hit["document_id"], hit["key"]) == (1, identifier(index), KEY)
    assert hit["link"] == f"{SITE}/d/{identifier(index)}"
    assert hit["sections"][0]["ordinal"] == 0
    assert hit["sections"][0]["text"].startswith(TEXTS[0][:20])
    assert index.asked[0].issuer == "牡丹江市残疾人联合会"


def test_a_cursor_leads_on_to_the_next_hits() -> None:
    services, index, _ = services_with()
    rows = rows_of("另/一份.docx")
    index.replace(record_of("另/一份.docx", rows), rows)
    first = answer(call(services, "search", q="政务公开", size=1))
    second = answer(call(services, "search", q="政务公开", size=1, cursor=first["cursor"]))
    assert second["cursor"] is None
    assert {first["hits"][0]["key"], second["hits"][0]["key"]} == {KEY, "另/一份.docx"}


def test_a_filter_that_there_is_not_is_refused_and_named() -> None:
    services, index, _ = services_with()
    assert "isuer" in refusal(call(services, "search", q="公开", isuer="国务院"))
    assert "size" in refusal(call(services, "search", q="公开", size=51))
    assert index.asked == []


def test_a_document_shows_its_articles_and_outline() -> None:
    services, index, _ = services_with()
    found = answer(call(services, "document", document_id=identifier(index)))
    assert [article["title"] for article in found["articles"]] == ["牡丹江市残联2010年政务公开工作总结及2011年工作思路"]
    assert [(line["ordinal"], line["number"]) for line in found["outline"]] == [
        (1, "一、"),
        (2, "(一)"),
        (3, "1."),
        (5, "二、"),
    ]
    assert (found["headings"], found["next_skip"]) == (4, None)
    rest = answer(call(services, "document", document_id=identifier(index), skip=3))
    assert [line["ordinal"] for line in rest["outline"]] == [5]


def test_a_section_is_read_alone_or_with_those_below_it() -> None:
    services, index, _ = services_with()
    alone = answer(call(services, "section", document_id=identifier(index), ordinal=2))
    assert alone["text"] == "(一)加强组织领导,强化监督检查,确保政务公开工作落实到位\n" + TEXTS[2]
    assert alone["path"] == ["一、2010年政务公开工作总结", "(一)加强组织领导,强化监督检查,确保政务公开工作落实到位"]
    below = answer(call(services, "section", document_id=identifier(index), ordinal=2, below=True))
    assert [line for line in below["text"].split("\n") if line.startswith(("(一)", "1.", "2.", "二、"))] == [
        "(一)加强组织领导,强化监督检查,确保政务公开工作落实到位",
        "1.加强领导,强化组织机构",
        "2.",
    ]
    whole = answer(call(services, "section", document_id=identifier(index), below=True))
    assert whole["text"].split("\n")[-2:] == ["二、2011年工作思路", TEXTS[2] * 2]


def test_a_long_section_is_read_in_parts_without_a_gap() -> None:
    services, index, _ = services_with()
    long = "公" * MAX_CHARACTERS + "开"
    index.rewrite(identifier(index), lambda row: replace(row, text=long) if row.ordinal == 0 else row)
    first = answer(call(services, "section", document_id=identifier(index)))
    second = answer(call(services, "section", document_id=identifier(index), skip=first["next_skip"]))
    assert first["text"] + second["text"] == long
    assert (first["characters"], second["next_skip"]) == (MAX_CHARACTERS + 1, None)


def test_statistics_say_when_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    services, index, _ = services_with()
    row = StatisticRow(
        identifier(index),
        0,
        KEY,
        "总结",
        "市残联",
        "主动公开政府信息",
        "数量",
        212,
        "条",
        2010,
        "主动公开 212 条",
        False,
    )
    monkeypatch.setattr(index, "statistics", lambda query: iter([row, row]))
    found = answer(call(services, "statistics", subject="主动公开", size=1))
    assert (found["rows"][0]["value"], found["rows"][0]["evidence"], found["more"]) == (212, "主动公开 212 条", True)


@pytest.mark.parametrize("tool", ["document", "section"])
def test_what_is_held_removed_or_unknown_is_not_shown(tool: str) -> None:
    services, index, _ = services_with()
    shown = identifier(index)
    index.change(shown, state=State.HELD, problems=(HELD_PROBLEM,))
    assert refusal(call(services, tool, document_id=shown)).startswith("the document is held")
    index.change(shown, state=State.REMOVED)
    assert "was removed" in refusal(call(services, tool, document_id=shown))
    assert refusal(call(services, tool, document_id="0" * 32)) == "no such document"
    index.change(shown, state=State.INDEXED)
    assert "no such section" in refusal(call(services, "section", document_id=shown, ordinal=99))


def test_where_reading_needs_a_key_each_call_needs_a_valid_one_for_reading() -> None:
    services, _, keys = services_with(open_reading=False)
    reader, writer = keys.make(Scope.READ), keys.make(Scope.WRITE)
    assert answer(call(services, "search", reader, q="公开"))["documents"] == 1
    assert "scope read" in refusal(call(services, "search", q="公开"))
    assert "scope read" in refusal(call(services, "search", writer, q="公开"))
    keys.kept.clear()
    assert "not valid" in refusal(call(services, "search", reader, q="公开"))


def test_an_index_that_is_down_is_said_to_be() -> None:
    services, index, _ = services_with()
    index.down = True
    assert "connection refused" in refusal(call(services, "search", q="公开"))


def test_a_tool_that_there_is_not_is_named() -> None:
    assert "there are search, document" in refusal(call(services_with()[0], "upload"))
