"""The audit log: every act of an operator leaves its line before it is done, and nobody else reads it."""

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.audit_log import Action, AuditLogError, append_entry, local_account
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.decisions.release import release
from ops.maintenance.failures import Wanted, retry_wanted
from ops.processes.api_server import app_of
from ops.system import System, open_system
from schemas.access import Scope
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from search.http.access_keys import make_key
from workers.pipeline.hold_policy import is_released
from workers.settings import Settings

KEY = "甲县/名单.txt"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with open_system(Settings(data_dir=tmp_path)) as system:
        bootstrap(system)
        etag = system.context.inbox.write(KEY, "一、基本情况".encode())
        held = DocumentRecord(
            id=document_id(KEY),
            key=KEY,
            etag=etag or "1",
            size=18,
            state=State.HELD,
            problems=(Problem(stage="index", message="held: identity card", category=Category.CRASH),),
        )
        system.context.index.replace(held, ())
        yield system


def test_an_entry_is_one_json_line_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    append_entry(settings, Action.HOLD, target="坏\n名\udcff.txt", version="1")
    append_entry(settings, Action.PURGE, target=KEY, who="key 0123456789ab", reason=None)
    path = tmp_path / "data/audit-log.jsonl"
    first, second = lines(path)
    assert (first["who"], first["action"], first["version"]) == (local_account(), "hold", "1")
    assert first["target"].startswith("坏\n名")
    assert second.keys() == {"at", "who", "action", "target"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_line_torn_by_a_full_disk_costs_no_other(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    append_entry(settings, Action.HOLD, target="a")
    path = tmp_path / "audit-log.jsonl"
    with path.open("ab") as file:
        file.write(b'{"at": "2026')
    append_entry(settings, Action.HOLD, target="b")
    assert [json.loads(line)["target"] for line in path.read_text().splitlines() if line.endswith("}")] == ["a", "b"]


def _append_many(folder: str) -> None:
    for number in range(50):
        append_entry(Settings(data_dir=Path(folder)), Action.RETRY, target=f"{os.getpid()} {number}")


def test_processes_that_write_at_once_mix_no_lines(tmp_path: Path) -> None:
    context = get_context("fork")
    writers = [context.Process(target=_append_many, args=(str(tmp_path),)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({entry["target"] for entry in lines(tmp_path / "audit-log.jsonl")}) == 200


def test_on_servers_without_a_file_the_entry_goes_to_the_log(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, broker_url="redis://redis:6379/0")
    with caplog.at_level(logging.WARNING):
        append_entry(settings, Action.HOLD, target="a")
    assert json.loads(caplog.records[-1].getMessage())["action"] == "hold"
    assert list(tmp_path.iterdir()) == []
    append_entry(settings.model_copy(update={"audit_log": str(tmp_path / "log")}), Action.HOLD, target="a")
    assert lines(tmp_path / "log")[0]["action"] == "hold"


def test_a_release_is_written_down_with_version_and_account(system: System, tmp_path: Path) -> None:
    record = release(system, KEY)
    (entry,) = lines(tmp_path / "audit-log.jsonl")
    assert (entry["action"], entry["target"], entry["version"]) == ("release", KEY, record.etag)
    assert entry["who"] == local_account()


def test_nothing_is_done_that_cannot_be_written_down(system: System, tmp_path: Path) -> None:
    (tmp_path / "audit-log.jsonl").mkdir()
    with pytest.raises(AuditLogError, match="GONGKAI_AUDIT_LOG"):
        release(system, KEY)
    record = system.context.index.record(document_id(KEY))
    assert record is not None
    assert not is_released(system.context.derived, KEY, etag=record.etag)


def test_over_http_the_key_is_named_and_never_its_secret(system: System, tmp_path: Path) -> None:
    secret, key = make_key("operator", [Scope.OPERATE, Scope.READ])
    KeyStore(system.context.derived).add(key)
    client = TestClient(app_of(system), raise_server_exceptions=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    answer = client.post(f"/v1/operations/documents/{document_id(KEY)}/release")
    assert answer.status_code == 200, answer.text
    (entry,) = lines(tmp_path / "audit-log.jsonl")
    assert (entry["who"], entry["action"]) == (f"key {key.id}", "release")
    assert secret.rpartition("_")[2] not in (tmp_path / "audit-log.jsonl").read_text()


def test_a_retry_from_the_page_of_a_document_names_the_key(system: System, tmp_path: Path) -> None:
    record = system.context.index.record(document_id(KEY))
    assert record is not None
    system.context.index.replace(replace(record, state=State.FAILED), ())
    secret, key = make_key("operator", [Scope.OPERATE, Scope.READ])
    KeyStore(system.context.derived).add(key)
    client = TestClient(app_of(system), raise_server_exceptions=False, follow_redirects=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    assert client.post(f"/d/{record.id}/retry").status_code == 303
    (entry,) = lines(tmp_path / "audit-log.jsonl")
    assert (entry["who"], entry["action"], entry["target"]) == (f"key {key.id}", "retry", KEY)


def test_the_words_of_a_cause_are_not_written_down(system: System, tmp_path: Path) -> None:
    retry_wanted(system, Wanted(prefix="甲县/", cause="张某某"), who="key 0123456789ab")
    (entry,) = lines(tmp_path / "audit-log.jsonl")
    assert (entry["target"], entry["by_cause"], entry["start"]) == ("甲县/*", True, "first")
    assert "张某某" not in json.dumps(entry, ensure_ascii=False)


FULL = """
import resource, signal, sys
from pathlib import Path
from ops.audit_log import Action, append_entry
from workers.settings import Settings
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
append_entry(Settings(data_dir=Path(sys.argv[1])), Action.HOLD, target="a")
"""


def test_a_full_disk_stops_the_act_with_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make room" in done.stderr
