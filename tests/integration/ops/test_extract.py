"""Local files to lines: whatever a file is, its line comes, in its place, and the others go on."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from ops.local_extract.extract_files import extract_files
from ops.local_extract.file_discovery import Input, find
from schemas.blocks import Block, Child, Converted
from schemas.errors import DocumentError, GongkaiError
from schemas.limits import Limits
from schemas.lines import json_schema
from schemas.outcomes import Category, Problem
from workers.sandbox.client import Sandbox
from workers.sandbox.protocol import Reached

REPORT = """某市水利局2011年政府信息公开工作报告

根据有关规定，现将我局工作报告如下。
一、总体情况
(一)组织领导
成立了领导小组。
(二)制度建设
建立了制度。
二、存在问题
公开不够及时。

某市水利局
2012年3月1日
"""


def lines_of(*given: Any, **options: Any) -> list[dict[str, Any]]:
    return [json.loads(one.line) for one in extract_files(*given, limits=options.pop("limits", Limits()), **options)]


class ScriptedSandbox:
    """Plays what a conversion can do: answer, refuse, die, or take its time."""

    def convert(
        self, path: Path, *, hint: str, progress: Callable[[Reached], None] = lambda reached: None
    ) -> "ScriptedConversion":
        word = path.read_text("utf-8")
        if word == "scan":
            progress(Reached(3, 500))
        if word == "encrypted":
            raise DocumentError(Category.ENCRYPTED, "the file is encrypted; send its password", page=3)
        if word == "defect":
            raise RuntimeError("unexpected")
        if word == "deadly":
            os._exit(1)
        if word == "no sandbox":
            raise GongkaiError("the fork server did not start")
        if word == "slow":
            time.sleep(0.2)
        children = (Child("内/甲.txt", 3, "1"), Child("乙.txt", 9, "gone")) if word == "container" else ()
        return ScriptedConversion(
            Converted(
                "txt",
                (Block("" if children else REPORT),),
                container=bool(children),
                children=children,
                children_expected=len(children),
                problems=(Problem("convert", "half", Category.CORRUPT, lossy=True),) if word == "half" else (),
            ),
            path.parent,
        )


class ScriptedConversion(SimpleNamespace):
    def __init__(self, converted: Converted, folder: Path) -> None:
        super().__init__(converted=converted, folder=folder)

    def __enter__(self) -> "ScriptedConversion":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def file_of(self, child: Child) -> Path:
        if child.stored == "gone":
            raise DocumentError(Category.CORRUPT, "its content did not come out of the container")
        return self.folder / child.stored


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(Limits())
    yield made
    made.close()


def write(folder: Path, **contents: str) -> list[Input]:
    for name, text in contents.items():
        (folder / name).write_text(text, "utf-8")
    return [Input(str(folder / name), name) for name in contents]


@pytest.mark.parametrize("jobs", [1, 2])
def test_real_files_become_lines_that_validate(tmp_path: Path, sandbox: Sandbox, jobs: int) -> None:
    (tmp_path / "报告.txt").write_text(REPORT, "utf-8")
    (tmp_path / "图.xyz").write_bytes(b"\x00\x01\x02" * 100)
    lines = lines_of(find([str(tmp_path), f"{tmp_path}/missing.txt"]), sandbox, jobs=jobs)
    for line in lines:
        jsonschema.validate(line, json_schema())
    by_name = {Path(line["file"]).name: line for line in lines}
    report, unknown, missing = by_name["报告.txt"], by_name["图.xyz"], by_name["missing.txt"]
    assert (report["status"], report["category"]) == ("ok", None)
    (article,) = report["articles"]
    assert article["issuer"] == "某市水利局"
    assert article["signed_on"] == "2012-03-01"
    assert [(s["level"], s["number"], s["heading"]) for s in article["sections"]] == [
        (1, "一、", "总体情况"), (2, "(一)", "组织领导"), (2, "(二)", "制度建设"), (1, "二、", "存在问题"),
    ]  # fmt: skip
    assert unknown["status"] == "failed"
    assert (missing["status"], missing["category"], missing["problems"][0]["message"]) == (
        "failed",
        None,
        "no such file",
    )


@pytest.mark.parametrize("jobs", [1, 3])
def test_lines_come_in_the_order_of_the_inputs(tmp_path: Path, jobs: int) -> None:
    inputs = write(tmp_path, a="slow", b="fine", c="slow", d="fine", e="fine", f="fine", g="slow", h="fine", i="fine")
    lines = lines_of(inputs, ScriptedSandbox(), jobs=jobs)
    assert [line["file"] for line in lines] == [item.name for item in inputs]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_file_is_a_failed_line_and_the_rest_goes_on(tmp_path: Path, jobs: int) -> None:
    inputs = write(tmp_path, a="encrypted", b="defect", c="half", d="fine")
    lines = lines_of(inputs, ScriptedSandbox(), jobs=jobs)
    assert [(line["status"], line["category"]) for line in lines] == [
        ("failed", "encrypted"), ("failed", "crash"), ("partial", "corrupt"), ("ok", None),
    ]  # fmt: skip
    assert lines[0]["problems"][0]["page"] == 3
    assert "RuntimeError: unexpected" in lines[1]["problems"][0]["message"]


def test_a_file_that_kills_its_process_is_the_only_one_to_fail(tmp_path: Path) -> None:
    names = "abcdefghijklmnop"
    inputs = write(tmp_path, **{name: "deadly" if name in "bk" else "fine" for name in names})
    lines = lines_of(inputs, ScriptedSandbox(), jobs=2)
    assert {Path(line["file"]).name for line in lines if line["status"] != "ok"} == {"b", "k"}
    assert {line["category"] for line in lines if line["status"] != "ok"} == {"crash"}
    assert len(lines) == len(names)


def test_a_file_that_goes_away_meanwhile_is_a_failed_line(tmp_path: Path) -> None:
    (line,) = lines_of([Input(str(tmp_path / "gone"), "gone")], ScriptedSandbox())
    assert (line["status"], line["category"]) == ("failed", None)
    assert "No such file" in line["problems"][0]["message"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_installation_that_cannot_work_stops_everything(tmp_path: Path, jobs: int) -> None:
    with pytest.raises(GongkaiError, match="fork server"):
        lines_of(write(tmp_path, a="no sandbox", b="fine"), ScriptedSandbox(), jobs=jobs)


def test_children_of_a_container_are_lines_inside_its_own(tmp_path: Path) -> None:
    write(tmp_path, **{"1": "fine"})
    (line,) = lines_of(write(tmp_path, a="container"), ScriptedSandbox())
    assert line["container"]
    first, second = line["children"]
    assert first["file"] == f"{tmp_path}/a!/内/甲.txt"
    assert first["status"] == "ok"
    assert (second["status"], second["category"]) == ("failed", "corrupt")
    jsonschema.validate(line, json_schema())


def test_containers_nest_only_so_deep(tmp_path: Path) -> None:
    write(tmp_path, **{"1": "container"})
    (line,) = lines_of(write(tmp_path, a="container"), ScriptedSandbox(), limits=Limits(nesting_depth=2))
    deepest = line["children"][0]["children"][0]["children"][0]
    assert (deepest["status"], deepest["category"]) == ("failed", "bomb")


def test_the_page_a_scan_is_at_is_told_until_its_line_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("scan", "utf-8")
    told: list[str] = []
    lines_of(find([str(tmp_path / "a.pdf")]), ScriptedSandbox(), progress=told.append)
    assert told == ["page 3 of 500", ""]


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(120):
            archive.writestr(
                f"{number:03}.txt", f"某市水利局第{number}号通知\n\n一、总体情况\n" + "公开信息 12 条。\n" * 40
            )
        archive.writestr("in.zip", _zip_of({"a.txt": "某局通知\n\n一、甲\n乙。\n".encode()}))
        archive.writestr("broken.pdf", b"%PDF-1.4 nothing")
    return path


def _zip_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _timeless(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "seconds": 0, "children": [_timeless(child) for child in line["children"]]}


def test_an_archive_read_by_several_processes_gives_the_line_that_one_gives(crowded: Path, sandbox: Sandbox) -> None:
    inputs = list(find([str(crowded)]))
    (alone,) = lines_of(inputs, sandbox)
    (shared,) = lines_of(inputs, sandbox, jobs=2)
    jsonschema.validate(shared, json_schema())
    assert _timeless(shared) == _timeless(alone)
    assert len(shared["children"]) == 122
    assert shared["children"][120]["children"][0]["file"].endswith("many.zip!/in.zip!/a.txt")


def test_the_line_of_an_archive_grows_while_its_files_are_worked_on(crowded: Path) -> None:
    # The program cannot end before it is read from: the line is longer than a pipe holds (64 KB, pipe(7)).
    command = [sys.executable, "-m", "ops.cli", "extract", "--jobs", "2", str(crowded)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, pipesize=4096) as process:
        assert process.stdout is not None
        begun = process.stdout.read(2_000)
        assert b'"children":[{"file"' in begun
        assert process.poll() is None
        line = json.loads(begun + process.stdout.read())
    assert (process.returncode, len(line["children"])) == (0, 122)
