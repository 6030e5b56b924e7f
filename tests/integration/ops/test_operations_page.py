"""The operations page and `gongkai top` show what goes on, to those who may see it, and let only keys act."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rich.console import Console

from ops.adapters.access_keys import KeyStore
from ops.cli.top import draw, plain, spark
from ops.maintenance.bootstrap import bootstrap
from ops.monitoring.durations import spell
from ops.monitoring.operations_page.chart import HEIGHT, chart
from ops.monitoring.snapshot import rate_of, seconds_left, take_snapshot
from ops.processes.api_server import app_of
from ops.system import System, open_system
from ops.testservers import free_port
from schemas.access import Scope
from schemas.glossary import QUEUES, place_of
from schemas.journeys import Journey, Step
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, document_id
from search.http.access_keys import make_key
from search.pages.desk.chart import ceiling
from tests.support.command_line import gongkai
from tests.support.lease_stores import put_in_queue
from workers.leases.fair_queue import INTAKE
from workers.settings import load
from workers.telemetry.last_hour import MINUTE, MINUTES, Hour, Slow
from workers.telemetry.last_hour_store import MEMORY

HOSTILE = "</td><script>alert(1)</script>\x1b[2J\u202e[bold]gpj.exe"


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    opened = {"GONGKAI_OPERATIONS_OPEN": "true", "GONGKAI_METRICS_OPEN": "true"}
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path), **opened})) as bare:
        found = replace(bare, working=True)
        bootstrap(found)
        MEMORY.__init__()  # type: ignore[misc]  # whatever ran in this process before counted there too
        minute = int(time.time()) // MINUTE * MINUTE
        MEMORY.add(Hour({(minute, "indexed", ""): 90, (minute, "failed", "corrupt"): 3}, (Slow(7.5, HOSTILE, minute),)))
        failed = DocumentRecord(document_id("坏.pdf"), "坏.pdf", "e", State.FAILED, category=Category.CORRUPT)
        found.context.index.replace(failed, [])
        put_in_queue(found.context.inflight, "等待.pdf")
        found.context.inflight.start(HOSTILE, "convert")
        yield found
        MEMORY.__init__()  # type: ignore[misc]


def client(system: System, host: str = "127.0.0.1") -> TestClient:
    return TestClient(app_of(system), base_url="http://localhost", client=(host, 4711), follow_redirects=False)


def key_for(system: System, scope: Scope) -> dict[str, str]:
    secret, key = make_key("test", [scope])
    KeyStore(system.context.derived).add(key)
    return {"Authorization": f"Bearer {secret}"}


def test_who_may_operate_is_led_to_the_page_and_sees_where_one_is(system: System) -> None:
    link, sent = '<a href="/operations"', key_for(system, Scope.OPERATE)
    for path in ("/operations", "/operations/failures"):
        here = f'{link} aria-current="page">运行</a>'
        assert here in client(system).get(path, headers=sent).text
        assert here not in client(system).get(path).text
    assert f"{link}>" in client(system).get("/", headers=sent).text
    assert link not in client(system).get("/").text


def test_the_page_shows_queues_work_throughput_failures_and_the_slowest(system: System) -> None:
    page = client(system).get("/operations").text
    for text in ("运行情况", "最近一小时完成 93 份", "文件损坏", "7.5 秒", "正在处理", "未能读出", "90", "<rect"):
        assert text in page


def test_every_queue_has_a_name_of_its_own(system: System) -> None:
    page = client(system).get("/operations/part").text
    table = page[page.index('id="queues"') : page.index('id="working"')]
    links = re.findall(r'<th scope="row" class="short"><a href="/operations/runbook#(\w+)">(.+?)</a></th>', table)
    assert dict(links) == QUEUES
    assert [name for _, name in links] == ["接收", "转换", "识别", "清洗", "提取", "入库"]


def test_the_page_of_a_scan_is_told_in_chinese() -> None:
    assert [place_of(stage) for stage in ("convert 3/12", "scan", "index", "other")] == [
        "转换 3/12", "识别", "入库", "other",
    ]  # fmt: skip


def test_top_once_ends_with_1_where_a_server_is_down_and_names_it(tmp_path: Path) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    for options in ([], ["--json"]):
        said = gongkai("top", "--once", *options, folder=tmp_path, GONGKAI_BROKER_URL=nowhere)
        assert said.returncode == 1
        assert "broker: does not answer" in said.stderr
        assert "Traceback" not in said.stderr


def test_names_of_documents_are_text_on_the_page(system: System) -> None:
    answer = client(system).get("/operations")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/operations", "/operations/part", "/operations/now", "/metrics"])
def test_everybody_needs_a_key_that_may_operate_to_look_unless_a_setting_opens_it(system: System, path: str) -> None:
    assert client(system, "203.0.113.9").get(path).status_code == 200
    closed = replace(system, settings=load({"GONGKAI_DATA_DIR": str(system.settings.data_dir)}))
    for asking in (client(closed), client(closed, "203.0.113.9")):
        assert asking.get(path).status_code == 401
        assert asking.get(path, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401
        assert asking.get(path, headers=key_for(closed, Scope.READ)).status_code == 403
        assert asking.get(path, headers=key_for(closed, Scope.OPERATE)).status_code == 200


def test_acting_needs_a_key_even_on_this_machine(system: System) -> None:
    form = {"action": "pause", "name": "index"}
    assert client(system).post("/operations/act", data=form).status_code == 401
    assert client(system).post("/operations/act", data=form, headers=key_for(system, Scope.WRITE)).status_code == 403
    assert system.context.inflight.list_paused() == set()


def test_a_stage_is_paused_and_resumed_from_the_page(system: System) -> None:
    key = key_for(system, Scope.OPERATE)
    answer = client(system).post("/operations/act", data={"action": "pause", "name": INTAKE}, headers=key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/operations")
    assert system.context.inflight.list_paused() == {INTAKE}
    assert "已暂停" in client(system).get("/operations").text
    client(system).post("/operations/act", data={"action": "resume", "name": INTAKE}, headers=key)
    assert system.context.inflight.list_paused() == set()


def test_what_failed_for_one_cause_is_tried_again_from_the_page(system: System) -> None:
    key = key_for(system, Scope.OPERATE)
    for category, waits in (("encrypted", 1), ("corrupt", 2)):
        answer = client(system).post("/operations/act", data={"action": "retry", "name": category}, headers=key)
        assert answer.status_code == 303
        counts = system.context.inflight.counts()
        assert counts.waiting == waits


def test_a_retry_button_stands_beside_each_failed_document_for_who_may_operate(system: System) -> None:
    identifier, key = document_id("坏.pdf"), key_for(system, Scope.OPERATE)
    for path in ("/operations", "/operations/failures", f"/d/{identifier}"):
        action = f'action="/d/{identifier}/retry"'
        assert action in client(system).get(path, headers=key).text, path
        assert action not in client(system).get(path).text, path
    assert client(system).post(f"/d/{identifier}/retry").status_code == 401
    assert client(system).post(f"/d/{identifier}/retry", headers=key_for(system, Scope.WRITE)).status_code == 403
    elsewhere = {**key, "Sec-Fetch-Site": "cross-site"}
    assert client(system).post(f"/d/{identifier}/retry", headers=elsewhere).status_code == 403
    assert system.context.inflight.find_busy(["坏.pdf"]) == set()
    back = client(system).post(f"/d/{identifier}/retry", data={"back": "/operations"}, headers=key)
    assert (back.status_code, back.headers["location"]) == (303, "/operations")
    assert system.context.inflight.find_busy(["坏.pdf"]) == {"坏.pdf"}
    again = client(system).post(f"/d/{identifier}/retry", data={"start": "failed"}, headers=key)
    assert again.status_code == 409


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/operations/failures?\n", ""])
def test_a_retry_leads_back_to_a_page_of_ours_only(system: System, back: str) -> None:
    path = f"/d/{document_id('坏.pdf')}/retry"
    answer = client(system).post(path, data={"back": back}, headers=key_for(system, Scope.OPERATE))
    assert answer.headers["location"] in {f"/d/{document_id('坏.pdf')}?asked=1#journey", "/"}


def test_failed_documents_are_listed_page_by_page(system: System) -> None:
    for n in range(60):
        key = f"坏/{n:02}.pdf"
        record = DocumentRecord(document_id(key), key, "e", State.FAILED, category=Category.CORRUPT)
        system.context.index.replace(record, [])
    first = client(system).get("/operations/failures").text
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more
    second = client(system).get(more[1]).text
    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 11
    assert "全部未能读出的文件" in client(system).get("/operations").text
    assert client(system).get("/operations/failures?cursor=x").status_code == 422


def test_queues_that_are_none_in_one_process_are_not_offered_to_be_held(system: System) -> None:
    page = client(system).get("/operations/part").text
    offered = re.findall(r'name="name" value="(\w+)">\n<button class="button second" name="action" value="pause"', page)
    assert offered == ["intake", "convert", "scan"]


def test_the_way_of_a_document_is_shown_to_who_may_operate(system: System) -> None:
    way = Journey("ab" * 8, 1e9, (Step("upload", 1e9, 0.25, 1, "a:1"), Step("scan", 1e9 + 1.5, 2.0, 3, "<b>:2")))
    key = "行.txt"
    record = DocumentRecord(document_id(key), key, "e", State.FAILED, indexed_at=1e9 + 4, journey=way)
    system.context.index.replace(record, [])
    path = f"/d/{record.id}"
    assert "ab" * 8 not in client(system).get(path).text
    assert "ab" * 8 not in client(system).get(path, headers=key_for(system, Scope.WRITE)).text
    assert "ab" * 8 not in client(system).get(f"/v1/documents/{record.id}").text
    shown = client(system).get(path, headers=key_for(system, Scope.OPERATE)).text
    for text in ("ab" * 8, "上传", "识别", "4.00 秒", ">1.25<", ">2.00<", ">3<", "&lt;b&gt;:2"):
        assert text in shown, text


@pytest.mark.parametrize(
    "form",
    [
        {"action": "retry", "name": "index"},
        {"action": "flush", "name": "index"},
        {"action": "pause", "name": "nothing"},
        {},
    ],
)
def test_an_action_there_is_not_is_refused(system: System, form: dict[str, str]) -> None:
    headers = key_for(system, Scope.OPERATE)
    assert client(system).post("/operations/act", data=form, headers=headers).status_code == 422


def test_the_situation_is_the_same_as_json(system: System) -> None:
    found: dict[str, Any] = client(system).get("/operations/now").json()
    assert found["waiting"] == found["running"] == 1
    assert found["states"] == {"indexed": 90, "failed": 3}
    assert found["failures"] == {"corrupt": 3}
    assert found["records"] == {"failed": 1}
    assert found["servers"] == {"broker": True, "index": True, "objects": True}
    assert found["working"][0]["stage"] == "convert"
    assert json.loads(json.dumps(found)) == found


def test_the_terminal_shows_the_same_and_no_name_rewrites_it(system: System) -> None:
    console = Console(width=120, record=True, file=open("/dev/null", "w"), force_terminal=False)  # noqa: SIM115, PTH123
    console.print(draw(take_snapshot(system)))
    text = console.export_text()
    for part in ("1 waiting, 1 running", "corrupt", "7.5 s", "[bold]gpj.exe"):
        assert part in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_control_characters_of_names_are_replaced() -> None:
    assert (
        plain("a\x1b[2Jb\u202e\n") == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    )


def test_the_estimate_is_from_the_last_minutes_and_honest_where_nothing_is_known() -> None:
    idle = (0,) * MINUTES
    assert rate_of(idle, 1000.0) == 0.0
    assert seconds_left(10, rate_of(idle, 1000.0)) is None
    assert seconds_left(0, 0.0) == 0.0
    steady = (0,) * (MINUTES - 3) + (60, 60, 30)
    assert rate_of(steady, 6000 + 30.0) == pytest.approx(1.0)
    assert seconds_left(300, 1.0) == 300
    stopped = (600,) + (0,) * (MINUTES - 1)
    assert seconds_left(300, rate_of(stopped, 6000.0)) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "?"),
        (0, "0 s"),
        (59.6, "1 min"),
        (61, "1 min 1 s"),
        (7500, "2 h 5 min"),
        (90000, "1 d 1 h"),
        (86400, "1 d"),
    ],
)
def test_durations_are_told_in_two_units(seconds: float | None, text: str) -> None:
    assert spell(seconds) == text


def test_the_chart_is_as_high_as_its_highest_minute_and_shows_single_documents() -> None:
    drawing = chart((0, 1, 1000))
    assert [bar.height for bar in drawing.bars] == [0.0, 1.0, HEIGHT]
    assert drawing.top == 1000
    assert [ceiling(number) for number in (0, 10, 11, 21, 51, 999, 1001)] == [10, 10, 20, 50, 100, 1000, 2000]


def test_the_bars_of_the_terminal_fill_up_at_the_highest_minute() -> None:
    assert spark((0, 1, 4, 8)) == " ▁▄█"
    assert spark(()) == ""
