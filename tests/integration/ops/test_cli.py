"""The command line as a process: its exit codes and output, and a start that imports no more than it needs."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema

from schemas.lines import json_schema
from schemas.setting_rules import LimitSettings
from tests.support.command_line import gongkai
from tests.support.ocr_package import FAULT, unloadable_paddle
from workers.confinement.guards import survey
from workers.settings import Settings

TEXT = "某市水利局工作报告\n\n一、总体情况\n公开信息 12 条。\n"


def test_the_start_imports_nothing_heavy() -> None:
    program = "from ops.cli.app import make_app; import sys; make_app(); "
    program += "print([n for n in sys.modules if n.split('.')[0] in {'pydantic', 'celery', "
    program += "'fastapi', 'rich', 'tantivy', 'elasticsearch', 'lxml', 'opencc', 'redis', 'minio', 'uvicorn'}])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_command_is_loaded_without_the_others() -> None:
    program = "from ops.cli.app import make_app; import sys; make_app('upload')(['upload', '--help'], 'gongkai', "
    program += "standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    loaded = {name for name in done.stderr.split() if name.startswith("ops.cli.")}
    assert "Usage: gongkai upload" in done.stdout
    assert loaded == {f"ops.cli.{name}" for name in UPLOADS}


UPLOADS = ("app", "messages", "output", "progress_bar", "status", "upload", "upload_progress")
HEAVY = {"celery", "elasticsearch", "minio", "fastapi", "tantivy", "redis", "uvicorn", "pydantic", "typer", "rich"}


def imported(printed: str) -> set[str]:
    """Return the packages that ``-X importtime`` lists."""
    return {
        line.rpartition("|")[2].strip().partition(".")[0] for line in printed.splitlines() if "import time:" in line
    }


def test_extract_loads_neither_broker_nor_index_nor_server_nor_a_parser_of_arguments(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    command = [sys.executable, "-X", "importtime", "-m", "ops.cli", "extract", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    assert json.loads(done.stdout)["articles"][0]["sections"][0]["heading"] == "总体情况"
    assert {"workers", "schemas"} <= imported(done.stderr)
    assert not HEAVY & imported(done.stderr)


def test_upload_loads_neither_stages_nor_searches_nor_celery(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    environment["GONGKAI_DATA_DIR"] = str(tmp_path / "data")
    command = [sys.executable, "-X", "importtime", "-m", "ops.cli", "upload", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    assert (tmp_path / "data" / "inbox" / "a.txt").read_text("utf-8") == TEXT
    assert not {"celery", "elasticsearch", "minio", "redis", "tantivy"} & imported(done.stderr)


def test_upload_to_servers_loads_their_clients_only() -> None:
    program = "import sys; from workers.runtime.client_imports import import_clients; import_clients(); "
    program += "import ops.maintenance.upload, workers.pipeline.search_index; import_clients('minio'); "
    program += "import workers.leases.redis.store, workers.storage.s3; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    loaded = set(done.stdout.split())
    assert {"redis", "minio", "elasticsearch"} <= loaded
    assert not {"celery", "tantivy", "search.elastic.index", "workers.extract", "workers.pipeline.runner"} & loaded


def test_the_process_that_reads_for_extract_loads_no_more_than_its_format_needs() -> None:
    program = "from workers.sandbox.fork_server import resolve; resolve('workers.convert.registry:convert')"
    command = [sys.executable, "-X", "importtime", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "workers" in imported(done.stderr)
    assert not {*HEAVY, "lxml", "pypdfium2", "docx", "opencc"} & imported(done.stderr)


def test_extract_answers_with_settings_and_options_as_without(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    told = [gongkai("extract", str(path), folder=tmp_path, GONGKAI_HOLD="none")]
    told.append(gongkai("extract", "--jobs", "1", str(path), folder=tmp_path))
    lines = [{**json.loads(done.stdout), "seconds": 0} for done in told]
    assert lines[0] == lines[1]
    wrong = gongkai("extract", str(path), folder=tmp_path, GONGKAI_LIMIT_CPU_SECONDS="0")
    assert (wrong.returncode, "GONGKAI_LIMIT_CPU_SECONDS" in wrong.stderr) == (2, True)


def test_extract_prints_a_line_per_file_and_says_by_its_code_if_one_failed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text(TEXT, "utf-8")
    (folder / "c.txt").write_text(TEXT, "utf-8")
    fine = gongkai("extract", str(folder), folder=tmp_path)
    assert (fine.returncode, fine.stderr) == (0, "")
    lines = [json.loads(line) for line in fine.stdout.splitlines()]
    assert [line["file"] for line in lines] == [f"{folder}/b.txt", f"{folder}/c.txt"]
    assert lines[0]["articles"][0]["sections"][0]["heading"] == "总体情况"
    failed = gongkai("extract", str(folder), str(tmp_path / "gone.txt"), folder=tmp_path)
    assert failed.returncode == 1
    assert [json.loads(line)["status"] for line in failed.stdout.splitlines()] == ["ok", "ok", "failed"]
    assert "Traceback" not in failed.stderr


def test_extract_writes_the_file_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "out.jsonl"
    done = gongkai("extract", str(tmp_path / "a.txt"), "--out", str(out), "--jobs", "1", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 files: 1 ok" in done.stderr
    jsonschema.validate(json.loads(out.read_text("utf-8")), json_schema())
    assert not list(tmp_path.glob("*.part"))


def test_extract_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = gongkai("extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "no" / "out"), folder=tmp_path)
    assert done.returncode == 2
    assert "No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_are_exit_code_2_and_named(tmp_path: Path) -> None:
    done = gongkai("status", folder=tmp_path, GONGKAI_INDEX_URL="ftp://x")
    assert done.returncode == 2
    assert "GONGKAI_INDEX_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_index_that_is_not_there_is_exit_code_1_and_named(tmp_path: Path) -> None:
    done = gongkai("search", "公开", folder=tmp_path, GONGKAI_INDEX_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "index" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_reports_servers_that_are_down_and_programs_that_are_missing(tmp_path: Path) -> None:
    done = gongkai(
        "doctor",
        "--json",
        folder=tmp_path,
        PATH="/nonexistent",
        PYTHONPATH=unloadable_paddle(tmp_path),
        GONGKAI_BROKER_URL="redis://127.0.0.1:9/0",
        GONGKAI_BROKER_PASSWORD="pw",
    )
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 1
    assert checks["broker"]["state"] == "down"
    assert "pw" not in done.stdout
    assert checks["soffice"]["state"] == "missing"
    assert "OCR" in checks["tesseract"]["line"]
    assert checks["faster-paddle"]["state"] == "missing"
    assert FAULT in checks["faster-paddle"]["line"]


def test_doctor_creates_what_is_missing_when_asked_to(tmp_path: Path) -> None:
    assert gongkai("doctor", folder=tmp_path).returncode == 1
    assert gongkai("doctor", "--bootstrap", folder=tmp_path).returncode == 0
    again = gongkai("doctor", "--bootstrap", folder=tmp_path)
    assert "nothing to create" in again.stderr


def test_doctor_lists_every_setting_with_default_and_meaning(tmp_path: Path) -> None:
    done = gongkai("doctor", "--settings", "--json", folder=tmp_path, GONGKAI_S3_SECRET_KEY="hidden secret")
    listed = {line["variable"]: line for line in json.loads(done.stdout)}
    names = [f"GONGKAI_{name.upper()}" for name in Settings.model_fields if name != "limits"]
    assert set(listed) == {*names, *(f"GONGKAI_LIMIT_{name.upper()}" for name in LimitSettings.model_fields)}
    assert all(line["meaning"] for line in listed.values())
    assert listed["GONGKAI_API_PORT"]["default"] == "8080"
    assert listed["GONGKAI_S3_SECRET_KEY"]["value"] == "(set)"
    assert "hidden secret" not in done.stdout


def test_the_reader_of_our_output_may_leave(tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text(TEXT * 300, "utf-8")
    command = [sys.executable, "-m", "ops.cli", "extract", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 1
        assert "Traceback" not in process.stderr.read()


def test_ctrl_c_ends_extract_in_one_line(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"{n:03}.txt").write_text(TEXT * 50 + str(n), "utf-8")
    command = [sys.executable, "-m", "ops.cli", "extract", str(tmp_path), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 130
        assert errors.startswith(b"interrupted after")
        assert b"Traceback" not in errors


def test_doctor_lists_every_guard(tmp_path: Path) -> None:
    checks = json.loads(gongkai("doctor", "--json", folder=tmp_path).stdout)
    found = {check["name"]: check["state"] for check in checks if check["name"].startswith("sandbox ")}
    expected = {f"sandbox {guard.name}": "fine" if guard.holds else "missing" for guard in survey()}
    assert found.keys() == {"sandbox files", "sandbox signals", "sandbox calls", "sandbox user"}
    assert {name: state for name, state in found.items() if name != "sandbox user"} == {
        name: state for name, state in expected.items() if name != "sandbox user"
    }
