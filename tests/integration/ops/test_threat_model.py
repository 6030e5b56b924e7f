"""Each line of docs/threat-model.md is held by a test that exists; those that go through the whole line are here."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.cli.status import reason
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.events import ObjectEvent, parse_events
from schemas.names import readable
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from workers.settings import load

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs/threat-model.md").read_text("utf-8")
ROWS = [row for row in TEXT.splitlines() if row.startswith("| ") and not row.startswith("| what is tried")]
NAMED = re.compile(r"\| (tests/[\w/]+\.py)::(test_\w+) \|$")
HOSTILE = [
    "\u202egpj.exe.txt",
    "<img src=x onerror=alert(1)>.txt",
    "\"><script>alert(1)</script>/'x'.txt",
    '=HYPERLINK("mailto:evil").txt',
    "{{7*7}}{% raw %}.txt",
    "%2e%2e%2f..%5cetc.txt",
    "长" * 80 + ".txt",
    "a b+c&d;e|f`g$(h).txt",
]


@cache
def named_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_line_names_a_test_that_exists(row: str) -> None:
    found = NAMED.search(row)
    assert found, f"{row} names no test"
    assert found[2] in named_in(found[1])
    assert all(cell.strip() for cell in row.strip("|").split("|"))


def test_the_model_is_read_in_one_go() -> None:
    assert len(TEXT.splitlines()) <= 160
    assert len(ROWS) > 40


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("hostile")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder)})) as found:
        yield found


def test_no_event_leads_out_of_the_inbox_or_stops_those_after_it(system: System, tmp_path: Path) -> None:
    outside = Path(system.settings.data_dir) / "outside.txt"
    outside.write_text("通知\n\n一、外面\n不得读到的内容。\n", "utf-8")
    keys = [
        "../outside.txt",
        "a/../../outside.txt",
        str(outside),
        "a\x00b",
        "a\nb",
        "k" * 4096,
        "/",
        "..",
        "\ud800.txt",
    ]
    keys += ["x/" * 2048 + "y.txt"]
    record = {"eventName": "s3:ObjectCreated:Put", "s3": {"bucket": {"name": ""}, "object": {"key": "../outside.txt"}}}
    system.sink.send([*(ObjectEvent(key) for key in keys), *parse_events(json.dumps({"Records": [record]}))])
    system.context.inbox.write("danach.txt", story.FIRST.encode())
    system.sink.send([ObjectEvent("danach.txt")])
    story.until(story.in_state(system, "danach.txt", State.INDEXED), "the document after them")
    story.until(system.idle, "the line to be idle")
    assert story.found(system, "“不得读到的内容”") == []
    assert [key for key in keys if system.context.index.record(document_id(key))] == []


@pytest.mark.parametrize("key", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_harmless_from_the_inbox_to_every_page(system: System, key: str) -> None:
    system.context.inbox.write(key, b"\xef\xbb\xbf" + "没有标题的一段文字,含银杏二字。".encode())
    story.until(story.in_state(system, key, State.INDEXED), "the document to be indexed")
    system.context.index.refresh()
    client, identifier = (
        TestClient(app_of(system), base_url="http://localhost", client=("127.0.0.1", 1)),
        document_id(key),
    )
    for path in ("/?q=银杏", f"/d/{identifier}", "/catalogue", "/operations"):
        page = client.get(path).text
        for text in ("<img src=x", "<script>alert", "\u202e", ">49<"):
            assert text not in page, path
    sent = client.get(f"/v1/documents/{identifier}/original")
    assert sent.status_code == 200
    assert "\u202e" not in sent.headers["content-disposition"]
    assert "\n" not in reason(story.recorded(system, key) or pytest.fail("no record"))


def test_an_original_never_runs_in_our_name(system: System) -> None:
    key = "seite.html"
    system.context.inbox.write(
        key, "<html><body><script>alert(1)</script><h1>通知</h1><p>内容。</p></body></html>".encode()
    )
    story.until(lambda: story.recorded(system, key) is not None, "the page to be recorded")
    sent = TestClient(app_of(system)).get(f"/v1/documents/{document_id(key)}/original")
    assert sent.headers["content-type"] == "application/octet-stream"
    assert sent.headers["content-disposition"].startswith("attachment;")
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in sent.headers["content-security-policy"]


def test_names_are_shown_as_what_they_are() -> None:
    assert readable("年度　报告 2011.pdf") == "年度　报告 2011.pdf"
    assert readable("a\u202egpj.exe\n\x1b[2J\u200b") == "a�gpj.exe��[2J�"
