"""The operations page and `gongkai top` show what goes on, to those who may see it, and let only keys act."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rich.console import Console

from ops.adapters.access_keys import KeyStore
from ops.cli.top import draw, plain, spark
from ops.monitoring.durations import spell
from ops.monitoring.operations_page.chart import HEIGHT, ceiling, chart
from ops.monitoring.snapshot import rate_of, seconds_left, take_snapshot
from ops.processes.api_server import app_of
from ops.system import System, bootstrap, open_system
from schemas.access import Scope
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, document_id
from search.http.access_keys import make_key
from workers.leases.fair_queue import INTAKE
from workers.settings import load
from workers.telemetry.last_hour import MINUTE, MINUTES, Hour, Slow
from workers.telemetry.last_hour_store import MEMORY

HOSTILE = "</td><script>alert(1)</script>\x1b[2J\u202e[bold]gpj.exe"


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as found:
        bootstrap(found)
        MEMORY.__init__()  # type: ignore[misc]  # whatever ran in this process before counted there too
        minute = int(time.time()) // MINUTE * MINUTE
        MEMORY.add(Hour({(minute, "indexed", ""): 90, (minute, "failed", "corrupt"): 3}, (Slow(7.5, HOSTILE, minute),)))
        failed = DocumentRecord(document_id("坏.pdf"), "坏.pdf", "e", State.FAILED, category=Category.CORRUPT)
        found.context.index.replace(failed, [])
        found.context.inflight.wait(["等待.pdf"])
        found.context.inflight.start(HOSTILE, "convert")
        yield found
        MEMORY.__init__()  # type: ignore[misc]


def client(system: System, host: str = "127.0.0.1") -> TestClient:
    return TestClient(app_of(system), base_url="http://localhost", client=(host, 4711), follow_redirects=False)


def key_for(system: System, scope: Scope) -> dict[str, str]:
    secret, key = make_key("test", [scope])
    KeyStore(system.context.derived).add(key)
    return {"Authorization": f"Bearer {secret}"}


def test_the_page_shows_queues_work_throughput_failures_and_the_slowest(system: System) -> None:
    page = client(system).get("/operations").text
    for text in ("运行情况", "最近一小时完成 93 份", "文件损坏", "7.5 秒", "正在处理", "未能读出", "90", "<rect"):
        assert text in page


def test_names_of_documents_are_text_on_the_page(system: System) -> None:
    answer = client(system).get("/operations")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_others_need_a_key_that_may_operate_to_look(system: System) -> None:
    for path in ("/operations", "/operations/part", "/operations/now", "/metrics"):
        assert client(system).get(path).status_code == 200
        stranger = client(system, "203.0.113.9")
        assert stranger.get(path).status_code == 401
        assert stranger.get(path, headers=key_for(system, Scope.READ)).status_code == 403
        assert stranger.get(path, headers=key_for(system, Scope.OPERATE)).status_code == 200


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "203.0.113.9"}, {"Host": "rebound.example"}])
def test_a_proxy_and_a_name_that_was_bound_to_this_machine_are_strangers(
    system: System, headers: dict[str, str]
) -> None:
    assert client(system).get("/operations", headers=headers).status_code == 401
    assert client(system).get("/metrics", headers=headers).status_code == 401


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
        assert counts.waiting + counts.lined == waits


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
