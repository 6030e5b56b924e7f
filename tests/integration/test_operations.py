"""Operations over HTTP do what the commands do: one class of assertions, in one process and on servers."""

import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.maintenance.bootstrap import bootstrap
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.access import Scope
from schemas.outcomes import State
from schemas.records import document_id
from search.http.access_keys import make_key
from tests.support import story
from tests.support.app_processes import Services
from workers.leases.fair_queue import INTAKE
from workers.settings import load

START = "/v1/operations"
BROKEN = "传输中断的报告.docx"
HELD = "关于张某某的通知\n\n一、基本情况\n身份证号码 11010519491231002X，住址略。\n"


@dataclass
class Desk:
    """A system, and a client whose key may operate."""

    system: System
    client: TestClient

    def get(self, path: str, **asked: Any) -> Any:
        answer = self.client.get(START + path, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        answer = self.client.post(START + path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def ended(self, path: str, body: Any = None, **headers: str) -> Any:
        """Start a run and return it once it has ended."""
        run = self.post(path, body, status=202, **headers)
        story.until(lambda: self.get(f"/runs/{run['id']}")["state"] != "running", f"{path} to end")
        done = self.get(f"/runs/{run['id']}")
        assert done["state"] == "done", done
        return done

    def write(self, key: str, data: bytes) -> None:
        self.system.context.inbox.write(key, data)
        self.system.dispatch.send([key])

    def walk(self, path: str, name: str, **asked: Any) -> list[Any]:
        """Return all entries of a list, page by page."""
        found, cursor = [], None
        while True:
            page = self.get(path, **asked, **({"cursor": cursor} if cursor else {}))
            assert len(page[name]) <= asked.get("size", 50)
            found += page[name]
            cursor = page["cursor"]
            if cursor is None:
                return found


def desk_of(system: System) -> Desk:
    secret, key = make_key("operator", [Scope.OPERATE])
    KeyStore(system.context.derived).add(key)
    client = TestClient(app_of(system), raise_server_exceptions=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    return Desk(system, client)


class OperationsContract:
    @pytest.fixture
    def desk(self) -> Iterator[Desk]:
        raise NotImplementedError

    def fill(self, desk: Desk) -> None:
        """Three that cannot be read for two reasons, one that is held, one that is fine."""
        for key in ("甲/坏1.docx", "甲/坏2.docx", "乙/坏3.docx"):
            desk.write(key, story.read_sample(BROKEN))
        desk.write("甲/空.txt", b"")
        desk.write("甲/留.txt", HELD.encode())
        desk.write("甲/好.txt", story.FIRST.encode())
        story.until(lambda: sum(desk.system.context.index.counts().values()) == 6, "all to have an outcome")
        story.until(desk.system.idle, "nothing to be in flight")
        desk.system.context.index.refresh()

    def test_failures_are_told_by_cause_and_by_document_a_page_at_a_time(self, desk: Desk) -> None:
        self.fill(desk)
        causes = desk.walk("/failures", "causes", size=1)
        assert [(cause["count"], cause["category"]) for cause in causes] == [(3, "corrupt"), (1, "empty")]
        (corrupt, _) = causes
        found = desk.walk("/documents", "documents", size=2, category="corrupt", cause=corrupt["message"])
        assert [one["key"] for one in found] == ["乙/坏3.docx", "甲/坏1.docx", "甲/坏2.docx"]
        assert {one["stage"] for one in found} == {"convert"}
        assert all(one["message"] for one in found)
        assert [one["key"] for one in desk.walk("/documents", "documents", state="held")] == ["甲/留.txt"]
        assert desk.walk("/failures", "causes", prefix="丙/") == []
        other = desk.get("/documents", size=1)["cursor"]
        refused = desk.client.get(f"{START}/documents", params={"cursor": other, "prefix": "甲/"})
        assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")

    def test_documents_are_tried_again_by_name_cause_and_prefix_and_a_key_asks_once(self, desk: Desk) -> None:
        self.fill(desk)

        def at(key: str) -> float:
            record = story.recorded(desk.system, key)
            assert record is not None
            return record.indexed_at

        def idle_again() -> None:
            story.until(desk.system.idle, "nothing to be in flight")
            desk.system.context.index.refresh()

        before = at("甲/坏1.docx"), at("乙/坏3.docx")
        named = {"documents": [document_id("甲/坏1.docx")], "keys": ["没有.txt"]}
        done = desk.ended("/retries", named, **{"Idempotency-Key": "一次".encode().hex()})
        assert done["retry"] == {"sent": 1, "busy": 0, "unknown": ["没有.txt"]}
        story.until(lambda: at("甲/坏1.docx") > before[0], "it to be tried again")
        idle_again()
        once = at("甲/坏1.docx")
        again = desk.ended("/retries", named, **{"Idempotency-Key": "一次".encode().hex()})
        assert again["id"] == done["id"]
        desk.post("/retries", {"prefix": ""}, status=422, **{"Idempotency-Key": "一次".encode().hex()})
        assert desk.ended("/retries", {"category": "corrupt", "prefix": "乙/"})["retry"]["sent"] == 1
        story.until(lambda: at("乙/坏3.docx") > before[1], "the other to be tried again")
        assert at("甲/坏1.docx") == once
        idle_again()
        assert desk.ended("/retries", {"prefix": "", "start": "failed"})["retry"]["sent"] == 4
        idle_again()
        assert desk.ended("/retries", {"cause": "没有这样的原因"})["retry"]["sent"] == 0
        assert [run["kind"] for run in desk.walk("/runs", "runs", size=2)] == ["retry"] * 4
        desk.post("/retries", {}, status=422)

    def test_a_sweep_and_an_audit_are_started_and_followed(self, desk: Desk) -> None:
        self.fill(desk)
        swept = desk.ended("/sweeps", {"prefix": "甲/"})["sweep"]
        assert (swept["objects"], swept["records"], swept["differences"]) == (5, 5, {})
        run = desk.ended("/audits", {"listed": ["failed", "held"]})
        total = run["audit"]["total"]
        assert (total["received"], total["failed"], total["held"], total["indexed"]) == (6, 4, 1, 1)
        assert total["balanced"]
        assert set(run["audit"]["accounts"]) == {"甲/", "乙/"}
        entries = desk.walk(f"/runs/{run['id']}/entries", "entries")
        assert sorted(entry["standing"] for entry in entries) == ["failed"] * 4 + ["held"]
        assert desk.client.get(f"{START}/runs/{'0' * 32}").status_code == 404

    def test_an_audit_repairs_what_is_missing(self, desk: Desk) -> None:
        desk.post("/pause", {"queues": [INTAKE]})
        desk.system.context.inbox.write("新.txt", story.FIRST.encode())
        story.until(lambda: desk.system.context.inbox.stat("新.txt") is not None, "it to be there")
        done = desk.ended("/audits", {"repair": True})["audit"]
        assert done["total"]["missing"] + done["total"]["in_flight"] == 1
        desk.post("/resume")
        story.until(story.in_state(desk.system, "新.txt", State.INDEXED), "it to be indexed")

    def test_a_held_document_is_released_and_again_without_harm(self, desk: Desk) -> None:
        self.fill(desk)
        path = f"/documents/{document_id('甲/留.txt')}/release"
        assert desk.post(path)["state"] == "held"
        story.until(story.in_state(desk.system, "甲/留.txt", State.INDEXED), "it to be indexed")
        assert desk.post(path)["state"] == "indexed"
        refused = desk.post(f"/documents/{document_id('甲/好.txt')}/release", status=409)
        assert "not held" in refused["detail"]
        desk.post(f"/documents/{'0' * 32}/release", status=404)

    def test_one_trace_leads_from_the_upload_request_to_the_record_of_each_file(self, desk: Desk) -> None:
        secret, key = make_key("uploader", [Scope.WRITE])
        KeyStore(desk.system.context.derived).add(key)
        sent = {"Authorization": f"Bearer {secret}", "traceparent": f"00-{'4bf92f3577b34da6' * 2}-00f067aa0ba902b7-01"}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("内/里.txt", story.FIRST)
        files = {"好.txt": story.SECOND.encode(), "坏.docx": story.read_sample(BROKEN), "包.zip": packed.getvalue()}
        began = time.time()
        body = [("files", (name, data)) for name, data in files.items()]
        taken = desk.client.post("/v1/uploads", files=body, headers=sent).json()
        assert taken["trace"] == "4bf92f3577b34da6" * 2
        keys = {"好.txt": "indexed", "坏.docx": "failed", "包.zip": "indexed", "包.zip!/内/里.txt": "indexed"}
        for name, state in keys.items():
            story.until(story.in_state(desk.system, name, State(state)), f"{name} to be {state}")
            way = desk.get(f"/documents/{document_id(name)}")["journey"]
            assert way["trace"] == taken["trace"], name
            assert began - 1 <= way["asked_at"] <= time.time()
            times = [step["started_at"] for step in way["steps"]]
            assert times == sorted(times)
            assert all(step["attempt"] == 1 and ":" in step["worker"] for step in way["steps"])
        stages = [step["stage"] for step in desk.get(f"/documents/{document_id('好.txt')}")["journey"]["steps"]]
        assert stages == ["upload", "convert", "normalize", "extract", "index"]
        stages = [step["stage"] for step in desk.get(f"/documents/{document_id('坏.docx')}")["journey"]["steps"]]
        assert stages == ["upload", "convert", "index"]
        public = desk.client.get(f"/v1/documents/{document_id('好.txt')}", headers={"Authorization": ""}).text
        assert taken["trace"] not in public

    def test_intake_is_paused_drained_and_resumed(self, desk: Desk) -> None:
        flow = desk.post("/drain")
        assert [queue["name"] for queue in flow["queues"] if queue["paused"]] == [INTAKE]
        assert desk.post("/drain")["queues"][0]["paused"]
        story.until(lambda: desk.get("/queues")["left"] == 0, "the queues to run empty")
        desk.write("后.txt", story.FIRST.encode())
        time.sleep(1.5)
        assert story.recorded(desk.system, "后.txt") is None
        assert desk.get("/queues")["queues"][0]["messages"] == 1
        assert not any(queue["paused"] for queue in desk.post("/resume")["queues"])
        story.until(story.in_state(desk.system, "后.txt", State.INDEXED), "it to be indexed")
        desk.post("/pause", {"queues": ["nothing"]}, status=422)

    def test_the_first_stage_is_held(self, desk: Desk) -> None:
        desk.post("/pause", {"queues": ["convert"]})
        time.sleep(2.5)
        desk.write("等.txt", story.FIRST.encode())
        time.sleep(1.5)
        assert story.recorded(desk.system, "等.txt") is None
        desk.post("/resume", {"queues": ["convert"]})
        story.until(story.in_state(desk.system, "等.txt", State.INDEXED), "it to be indexed")

    def test_what_is_in_hand_is_listed_a_page_at_a_time(self, desk: Desk) -> None:
        for n in range(3):
            desk.system.context.inflight.start(f"手/{n}.txt", "convert")
        found = desk.walk("/running", "running", size=2, prefix="手/")
        assert [one["key"] for one in found] == [f"手/{n}.txt" for n in range(3)]
        assert {(one["stage"], one["attempt"], one["alive"]) for one in found} == {("convert", 1, True)}
        assert all(one["worker"] for one in found)

    @pytest.mark.parametrize("scope", [Scope.READ, Scope.WRITE, None])
    def test_only_keys_that_may_operate_come_in(self, desk: Desk, scope: Scope | None) -> None:
        stranger = TestClient(desk.client.app)
        if scope:
            secret, key = make_key("stranger", [scope])
            KeyStore(desk.system.context.derived).add(key)
            stranger.headers["Authorization"] = f"Bearer {secret}"
        described = desk.client.get("/openapi.json").json()["paths"]
        paths = {path: operations for path, operations in described.items() if path.startswith(START)}
        assert len(paths) >= 12
        for path, operations in paths.items():
            for method in operations:
                answer = stranger.request(method, path.replace("{identifier}", "0" * 32), json={})
                assert answer.status_code == (403 if scope else 401), path
        assert desk.system.context.inflight.list_paused() == set()

    def test_pages_of_other_sites_change_nothing(self, desk: Desk) -> None:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
            assert desk.client.post(f"{START}/pause", headers=headers).status_code == 403
        assert desk.system.context.inflight.list_paused() == set()


class TestInOneProcess(OperationsContract):
    @pytest.fixture
    def desk(self, tmp_path: Path) -> Iterator[Desk]:
        with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
            yield desk_of(system)

    def test_a_queue_there_is_not_in_one_process_is_refused_with_what_there_is(self, desk: Desk) -> None:
        refused = desk.post("/pause", {"queues": ["index"]}, status=409)
        assert "hold intake, convert, scan" in refused["detail"]
        states = {queue["name"]: queue["can_pause"] for queue in desk.get("/queues")["queues"]}
        assert [name for name, can_pause in states.items() if can_pause] == ["intake", "convert", "scan"]


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
class TestOnServers(OperationsContract):
    @pytest.fixture
    def desk(self, services: Services) -> Iterator[Desk]:
        with services.worker():
            yield desk_of(services.system)

    def test_every_queue_can_be_held(self, desk: Desk) -> None:
        flow = desk.post("/pause")
        assert all(queue["paused"] and queue["can_pause"] for queue in flow["queues"])
        assert not any(queue["paused"] for queue in desk.post("/resume")["queues"])


def test_an_api_apart_from_the_embedded_system_says_that_it_knows_nothing_of_its_work(tmp_path: Path) -> None:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        desk = desk_of(system)
        for path, body in (("/pause", None), ("/sweeps", None), ("/retries", {"prefix": ""})):
            assert "memory://" in desk.post(path, body, status=409)["detail"]
        assert desk.client.get(f"{START}/running").status_code == 409
        assert desk.get("/failures")["causes"] == []
