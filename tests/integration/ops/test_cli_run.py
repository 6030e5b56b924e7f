"""The commands over one embedded system: what is put into the inbox is found, and every command tells of it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

REPORT = "某市水利局2011年政府信息公开工作报告\n\n一、总体情况\n主动公开政府信息 12 条。\n\n某市水利局\n2012年3月1日\n"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return {**inherited, "GONGKAI_DATA_DIR": str(tmp_path / "data"), "GONGKAI_API_PORT": "0"}


@pytest.fixture
def gongkai(environment: dict[str, str]) -> Run:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "ops.cli", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)

    return run


@pytest.fixture
def page(environment: dict[str, str]) -> Iterator[str]:
    """Run the embedded system and give the address of its search page; it has to end well when told to stop."""
    command = [sys.executable, "-m", "ops.cli", "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        address = next(line.split()[2] for line in process.stderr if line.startswith("search page: "))
        yield address
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert [line for line in process.stderr if not line.startswith("all done: ")] == []


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "waited 60 s"
        time.sleep(0.1)


def counts_of(gongkai: Run) -> Callable[[], dict[str, int]]:
    return lambda: dict(json.loads(gongkai("status", "--json").stdout)["counts"])


def test_run_once_processes_the_inbox_and_says_by_its_code_if_something_failed(tmp_path: Path, gongkai: Run) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "报告.txt").write_text(REPORT, "utf-8")
    assert gongkai("run", "--once").returncode == 0
    (inbox / "空.txt").write_bytes(b"")
    failed = gongkai("run", "--once")
    assert failed.returncode == 1
    assert failed.stdout.startswith("failed (empty): 空.txt: ")
    status = gongkai("status", "--json")
    assert status.returncode == 1
    assert json.loads(status.stdout)["counts"] == {"failed": 1, "indexed": 1}
    found = json.loads(gongkai("search", "主动公开", "--json").stdout)
    assert [hit["key"] for hit in found["hits"]] == ["报告.txt"]
    assert "主动公开政府信息 12 条" in gongkai("search", "主动公开").stdout
    assert json.loads(gongkai("search", "主动公开", "--year", "1999", "--json").stdout)["hits"] == []


def test_what_is_uploaded_to_a_running_system_is_found_on_its_page(tmp_path: Path, gongkai: Run, page: str) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "甲.txt").write_text(REPORT, "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut short")
    sent = gongkai("upload", str(folder), "--prefix", "2012", "--wait", "--json")
    assert sent.returncode == 1
    states = {record["key"]: record["state"] for record in json.loads(sent.stdout)}
    assert states == {"2012/年报/甲.txt": "indexed", "2012/年报/坏.docx": "failed"}
    with urllib.request.urlopen(f"{page}?q=%E4%B8%BB%E5%8A%A8%E5%85%AC%E5%BC%80") as answer:
        assert "<mark>主动公开</mark>" in answer.read().decode("utf-8")


def test_a_first_upload_may_come_before_the_first_run(tmp_path: Path, gongkai: Run) -> None:
    (tmp_path / "报告.txt").write_text(REPORT, "utf-8")
    sent = gongkai("upload", str(tmp_path / "报告.txt"))
    assert (sent.returncode, sent.stderr) == (0, "1 files in the inbox\n")
    assert gongkai("run", "--once").returncode == 0
    assert json.loads(gongkai("status", "--json").stdout)["counts"] == {"indexed": 1}


def test_a_second_run_in_the_same_folder_is_refused_with_the_reason(gongkai: Run, page: str) -> None:
    for words in (("run",), ("run", "--once")):
        second = gongkai(*words)
        assert second.returncode == 2
        assert "another `gongkai run` works in the folder GONGKAI_DATA_DIR names" in second.stderr
    with urllib.request.urlopen(page) as answer:
        assert answer.status == 200


def test_failures_are_tried_again_and_forgotten_beside_a_running_system(
    tmp_path: Path, gongkai: Run, page: str
) -> None:
    inbox, log = tmp_path / "data" / "inbox", tmp_path / "data" / "audit-log.jsonl"
    (inbox / "坏.docx").write_bytes(b"PK\x03\x04 cut short")
    outcomes = counts_of(gongkai)
    until(lambda: outcomes() == {"failed": 1})
    again = gongkai("retry", "坏.docx", "没有.txt")
    assert again.returncode == 1
    assert again.stderr == (
        "没有.txt: there is no record of it; `gongkai sweep` finds what is new\n1 documents are tried again\n"
    )
    refused = gongkai("forget", "坏.docx")
    assert refused.returncode == 1
    assert "remove the object from the inbox" in refused.stderr
    (inbox / "坏.docx").unlink()
    until(lambda: outcomes() == {"removed": 1})
    done = gongkai("forget", "--prefix", "")
    assert (done.returncode, done.stderr) == (0, "1 forgotten\n")
    assert outcomes() == {}
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(entry["action"], entry["target"]) for entry in entries] == [("retry", "坏.docx"), ("forget", "坏.docx")]
    assert list((tmp_path / "data" / "requests").iterdir()) == []


def test_a_running_system_says_when_it_is_done_with_all_it_had(tmp_path: Path, environment: dict[str, str]) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "报告.txt").write_text(REPORT, "utf-8")
    (inbox / "空.txt").write_bytes(b"")
    command = [sys.executable, "-m", "ops.cli", "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        said = next(line for line in process.stderr if line.startswith("all done: "))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert said == "all done: 1 searchable, 1 failed, 0 held; waiting for more\n"


def test_an_upload_of_nothing_readable_is_wrong_use(tmp_path: Path, gongkai: Run) -> None:
    done = gongkai("upload", str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert f"{tmp_path}/nothing: no such file" in done.stderr


@pytest.mark.parametrize("started", [3, 1], ids=["waiting for the broker", "still starting"])
def test_a_worker_that_is_told_to_stop_leaves_no_process_behind(environment: dict[str, str], started: int) -> None:
    command = [sys.executable, "-m", "ops.cli", "worker", "--concurrency", "1"]
    nowhere = {**environment, "GONGKAI_BROKER_URL": "redis://127.0.0.1:9/0"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=nowhere) as process:
        assert process.stderr
        # Its workers, for documents, scans and the index, each say that they wait for the broker.
        waiting = (line for line in process.stderr if "Trying again" in line)
        for _ in range(started):
            next(waiting)
        parts = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        process.send_signal(signal.SIGTERM)
        _, left = psutil.wait_procs(parts[1:], timeout=60)
        assert left == []
        assert process.wait(60) == 0
    assert len(parts) > 2
