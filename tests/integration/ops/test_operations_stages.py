"""The operations page draws the time of each stage, says why documents failed, and leads to the runbook."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.cli.app import COMMANDS
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.queues import NAMES
from ops.monitoring.operations_page.chart import HEIGHT
from ops.processes.api_server import app_of
from ops.system import System, open_system
from schemas.access import Scope
from schemas.journeys import Journey, Step
from schemas.messages.sentence import Sentence, say
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from search.http.access_keys import make_key
from workers.settings import Settings, load
from workers.telemetry import last_hour_store
from workers.telemetry.last_hour import MINUTE, Hour, MemoryBoard, Slow


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    opened = {"GONGKAI_OPERATIONS_OPEN": "true"}
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path), **opened})) as bare:
        bootstrap(bare)
        yield replace(bare, working=True)


def shown(system: System, path: str, **headers: str) -> str:
    """Return a page as a client with these headers gets it."""
    return TestClient(app_of(system), base_url="http://localhost").get(path, headers=headers).text


def test_every_queue_has_its_entry_in_the_runbook_in_both_languages(system: System) -> None:
    page = shown(system, "/operations/runbook")
    assert re.findall(r'<h2 id="(\w+)">', page) == list(NAMES)
    for entry in page.split("<h2 ")[1:]:
        assert re.findall(r"<dt>(.+?)</dt>", entry) == ["含义", "查看", "处理"]
    assert set(re.findall(r"<code>gongkai (\w+)", page)) <= set(COMMANDS)
    settings = set(re.findall(r"<code>GONGKAI_(\w+)", page)) - {"LIMIT_"}
    assert {name.lower() for name in settings} <= set(Settings.model_fields)
    written = (Path(__file__).parents[3] / "docs/runbook.md").read_text("utf-8")
    assert re.findall(r"^## ([a-z]+)$", written, re.MULTILINE) == list(NAMES)


def finished(key: str, *steps: Step, moment: float, problem: Problem | None = None) -> DocumentRecord:
    """Return the record of a document that passed these steps, failed if there is a problem."""
    state, category = (State.FAILED, problem.category) if problem else (State.INDEXED, None)
    problems = (problem,) if problem else ()
    way = Journey("ab" * 8, moment, steps)
    return DocumentRecord(
        document_id(key), key, "e", state, category=category, problems=problems, indexed_at=moment, journey=way
    )


def test_the_time_of_each_stage_is_drawn_from_the_newest_documents(system: System) -> None:
    for n, seconds in enumerate((0.5, 0.25, 4.0)):
        steps = (
            Step("upload", 1e9, 9.0, 1, "a:1"),
            Step("convert", 1e9, seconds, 1, "a:1"),
            Step("index", 1e9, 1, 1, "a"),
        )
        system.context.index.replace(finished(f"{n}<b>.txt", *steps, moment=1e9 + n), [])
    page = shown(system, "/operations/part")
    section = page[page.index('id="stages"') : page.index('id="queues"')]
    assert re.findall(r"<figcaption>(.+?)<", section) == ["转换", "入库"]
    assert "中位数 0.50 秒，95% 不超过 4.00 秒，最长 4.00 秒" in section
    titles = re.findall(r"<title>(.+?)</title>", section)
    assert titles[:3] == ["0&lt;b&gt;.txt：0.50 秒", "1&lt;b&gt;.txt：0.25 秒", "2&lt;b&gt;.txt：4.00 秒"]
    heights = [float(height) for height in re.findall(r'<rect .+?height="([\d.]+)"', section)]
    assert heights[:3] == [HEIGHT / 8, HEIGHT / 16, HEIGHT]


def test_the_newest_failures_come_first_with_their_cause_in_chinese_and_a_retry(system: System) -> None:
    said = Sentence.of("document-password")
    secret, key = make_key("test", [Scope.OPERATE])
    KeyStore(system.context.derived).add(key)
    for n in range(12):
        problem = Problem.of("convert", said, Category.ENCRYPTED)
        system.context.index.replace(finished(f"锁/{n:02}.pdf", moment=1e9 + n, problem=problem), [])
    page = shown(system, "/operations/part", Authorization=f"Bearer {secret}")
    section = page[page.index('id="failed"') : page.index('id="records"')]
    assert re.findall(r">(锁/\d+.pdf)</a>", section) == [f"锁/{n:02}.pdf" for n in range(11, 1, -1)]
    assert section.count(f'已加密 <span class="quiet">转换</span><br>{say(said, "zh")}') == 10
    assert section.count('/retry">') == 10
    assert "全部未能读出的文件" in section


def test_the_slowest_documents_lead_to_their_pages(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    board = MemoryBoard()
    board.add(Hour({}, (Slow(7.5, "慢.pdf", int(time.time()) // MINUTE * MINUTE),)))
    monkeypatch.setattr(last_hour_store, "MEMORY", board)
    page = shown(system, "/operations/part")
    assert f'<a href="/d/{document_id("慢.pdf")}">慢.pdf</a>' in page[page.index('id="slowest"') :]
