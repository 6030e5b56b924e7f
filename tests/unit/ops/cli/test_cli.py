"""The command line: exit codes, messages, and a start that imports no more than it needs."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from ops.cli.app import COMMANDS, app
from ops.cli.output import report_errors
from ops.maintenance.diagnosis.doctor import hide, list_settings
from schemas.errors import DependencyError, SettingsError
from schemas.lines import json_schema
from schemas.setting_rules import LimitSettings
from workers.settings import Settings

TEXT = "某市水利局工作报告\n\n一、总体情况\n公开信息 12 条。\n"


def gongkai(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return subprocess.run(
        [sys.executable, "-m", "ops.cli", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**environment, "GONGKAI_DATA_DIR": str(folder / "data"), **variables},
        check=False,
    )


def test_the_start_imports_nothing_heavy() -> None:
    program = "import ops.cli.app, sys; print([n for n in sys.modules if n.split('.')[0] in {'pydantic', 'celery', "
    program += "'fastapi', 'rich', 'tantivy', 'elasticsearch', 'lxml', 'opencc', 'redis', 'minio', 'uvicorn'}])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


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


@pytest.mark.parametrize(
    "words", [["bogus"], ["extract"], ["extract", "x", "--jobs", "-1"], ["search"], ["run", "--no"]]
)
def test_wrong_use_is_exit_code_2(words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2


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


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (SettingsError("GONGKAI_X takes y"), 2, "GONGKAI_X takes y"),
        (DependencyError("broker redis://b", "refused"), 1, "broker redis://b: refused"),
        (TimeoutError("3 have no outcome"), 1, "3 have no outcome"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_expected_errors_are_one_line_and_an_exit_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise error

    with pytest.raises(Exception) as caught:
        report_errors(command)()
    assert getattr(caught.value, "exit_code", None) == code
    assert words in capsys.readouterr().err


def test_every_command_says_what_it_does() -> None:
    for name in COMMANDS:
        shown = CliRunner().invoke(app, [name, "--help"])
        assert shown.exit_code == 0
        assert COMMANDS[name].__doc__
        assert COMMANDS[name].__doc__.split(".")[0].split(":")[0][:30] in shown.output


def test_doctor_reports_servers_that_are_down_and_programs_that_are_missing(tmp_path: Path) -> None:
    done = gongkai(
        "doctor",
        "--json",
        folder=tmp_path,
        PATH="/nonexistent",
        GONGKAI_BROKER_URL="redis://127.0.0.1:9/0",
        GONGKAI_BROKER_PASSWORD="pw",
    )
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 1
    assert checks["broker"]["state"] == "down"
    assert "pw" not in done.stdout
    assert checks["soffice"]["state"] == "missing"
    assert "OCR" in checks["tesseract"]["line"]


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


def test_passwords_in_addresses_are_hidden() -> None:
    assert hide("redis://:geheim@host:6379/0") == "redis://:***@host:6379/0"
    assert hide("https://me:geheim@host") == "https://me:***@host"
    assert hide("redis://host:6379/0") == "redis://host:6379/0"
    assert list_settings({"GONGKAI_INDEX_URL": "http://me:geheim@host"})[4].value != "http://me:geheim@host"


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


def test_every_command_a_message_or_a_page_of_docs_names_exists() -> None:
    root = Path(__file__).parents[4]
    sources = [path for layer in ("schemas", "search", "workers", "ops") for path in (root / layer).rglob("*.py")]
    texts = [*sources, root / "README.md", *(root / "docs").glob("*.md")]
    known = {*COMMANDS, *(group.name for group in app.registered_groups)}
    named = {word for path in texts for word in re.findall(r"`gongkai ([a-z]+)", path.read_text("utf-8"))}
    assert named
    assert named <= known
