"""Failures by cause, trying them again, and forgetting what is gone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.failures import (
    NothingToForgetError,
    Start,
    cause_of,
    causes,
    forget,
    list_failed,
    retry,
    select,
    stages_again,
)
from ops.processes.embedded import run_embedded
from ops.system import open_system
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from tests.support import story
from tests.support.command_line import gongkai
from workers.pipeline.context import Context
from workers.pipeline.stages import STAGES
from workers.pipeline.step import Step
from workers.pipeline.versions import VERSIONS
from workers.sandbox.client import Sandbox
from workers.settings import load


def record(key: str, message: str, category: Category = Category.CORRUPT) -> DocumentRecord:
    problems = (Problem("convert", message, category),)
    return DocumentRecord(document_id(key), key, "e", State.FAILED, category=category, problems=problems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the stream 'Word 1' ends at byte 4,711", "the stream 'Data' ends at byte 12"),
        ("a/甲.docx is cut off", "a/乙.docx is cut off"),
        ("甲.docx is cut off", "乙.docx is cut off"),
        ("object 00112233445566778899aabbccddeeff is lost", "object ffeeddccbbaa99887766554433221100 is lost"),
    ],
)
def test_messages_that_differ_only_in_names_and_numbers_are_one_cause(one: str, other: str) -> None:
    assert cause_of(record("a/甲.docx", one)) == cause_of(record("a/乙.docx", other))


def test_a_cause_is_said_in_either_language_and_groups_records_of_before_there_were_codes() -> None:
    coded = Problem.of("convert", Sentence.of("part-damaged", part="a.xml", error="byte 7"), Category.CORRUPT)
    new = replace(record("b.docx", ""), problems=(coded,))
    old = record("a.docx", "a.xml is damaged (byte 12); ask for a fresh copy")
    (found,) = causes([old, new, new], "zh")
    assert (found.count, found.code) == (3, "part-damaged")
    assert found.message == "a.xml is damaged (byte …); ask for a fresh copy"
    assert found.said == "文件内的 a.xml 已损坏（byte …）。请重新索取文件。"
    (said,) = causes([old, new], "en")
    assert said.said == said.message
    assert list(select([old, new], text="已损坏（byte …）")) == [new]
    assert list(select([old, new], text="is damaged")) == [old, new]


def test_the_command_line_speaks_the_language_that_is_set(tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "空.txt").write_bytes(b" \n")
    said = {
        "en": "the text file holds nothing but white space; upload it again",
        "zh": "文本文件中只有空白。请重新上传。",
    }
    for language, words in said.items():
        for command in (("run", "--once"), ("status",), ("failures",)):
            done = gongkai(*command, folder=tmp_path, GONGKAI_LANGUAGE=language)
            assert done.returncode == 1
            assert words in done.stdout
            assert said["zh" if language == "en" else "en"] not in done.stdout


def test_a_digit_in_a_word_is_part_of_the_word() -> None:
    assert cause_of(record("a.7z", "the 7z archive has 12 parts"))[2] == "the 7z archive has … parts"


def test_causes_are_counted_with_examples_the_most_frequent_first() -> None:
    found = causes([*(record(f"{n}.docx", f"page {n} is cut off") for n in range(9)), record("x.pdf", "no password")])
    assert [(cause.count, cause.message, cause.examples) for cause in found] == [
        (9, "page … is cut off", ("0.docx", "1.docx", "2.docx")),
        (1, "no password", ("x.pdf",)),
    ]


def test_causes_are_chosen_by_category_and_text() -> None:
    records = [record("a", "cut off"), record("b", "no password", Category.ENCRYPTED)]
    assert [one.key for one in select(records, category=Category.ENCRYPTED)] == ["b"]
    assert [one.key for one in select(records, text="cut")] == ["a"]


def test_hostile_messages_are_grouped_in_linear_time() -> None:
    assert cause_of(record("a", "'" * 200_000 + "9" * 200_000))[0] is Category.CORRUPT


def test_a_failed_document_is_tried_again_and_the_sweep_finds_it_where_the_message_was_lost(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        system.context.inbox.write("坏.docx", story.read_sample("传输中断的报告.docx"))
        system.context.inbox.write("好.txt", story.FIRST.encode())
        story.until(story.in_state(system, "坏.docx", State.FAILED), "the broken file to be recorded")
        story.until(story.in_state(system, "好.txt", State.INDEXED), "the other")
        story.until(system.idle, "nothing to be in flight")
        before = story.recorded(system, "坏.docx")
        assert retry(system, list_failed(system)) == 1
        story.until(lambda: (story.recorded(system, "坏.docx") or before) != before, "it to be tried again")
        story.until(system.idle, "nothing to be in flight")
        assert system.sweep().differences == {}
    with open_system(settings) as system:
        bootstrap(system)
        fine = story.recorded(system, "好.txt")
        assert fine is not None
        assert retry(system, [fine]) == 1
        assert len(system.context.index.sections(fine.id)) == fine.sections
        assert system.sweep().differences == {"outdated": 1}
    with run_embedded(settings) as system:
        story.until(lambda: (story.recorded(system, "好.txt") or fine).stages == VERSIONS, "it to be up to date")


@pytest.mark.parametrize(
    ("stage", "start", "again"),
    [
        ("convert", Start.FAILED, ("convert", "normalize", "extract", "index")),
        ("normalize", Start.FAILED, ("normalize", "extract", "index")),
        ("extract", Start.FAILED, ("extract", "index")),
        ("index", Start.FAILED, ("index",)),
        ("extract", Start.FIRST, ("convert", "normalize", "extract", "index")),
        ("extract", Start.INDEX, ()),
    ],
)
def test_a_retry_makes_again_what_follows_its_start(stage: str, start: Start, again: tuple[str, ...]) -> None:
    failure = replace(record("a", "cut off"), problems=(Problem(stage, "cut off", Category.CRASH),))
    assert stages_again(failure, start) == again


def fail(step: Step, context: Context) -> Step:
    raise ZeroDivisionError


@pytest.mark.parametrize(("start", "conversions"), [(Start.FAILED, 1), (Start.FIRST, 2)])
def test_a_retry_from_the_failed_stage_converts_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Start, conversions: int
) -> None:
    asked: list[Path] = []
    convert = Sandbox.convert

    def counted(self: Sandbox, path: Path, **options: Any) -> Any:
        asked.append(path)
        return convert(self, path, **options)

    monkeypatch.setattr(Sandbox, "convert", counted)
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        with monkeypatch.context() as broken:
            extract = replace(STAGES["extract"], run=fail)
            broken.setitem(STAGES, "extract", extract)
            system.context.inbox.write("甲.txt", story.FIRST.encode())
            story.until(story.in_state(system, "甲.txt", State.FAILED), "the defect to be recorded")
            story.until(system.idle, "nothing to be in flight")
        assert next(list_failed(system)).problems[0].stage == "extract"
        assert retry(system, list_failed(system), start=start) == 1
        story.until(story.in_state(system, "甲.txt", State.INDEXED), "the document to be indexed")
    assert len(asked) == conversions


def test_only_what_is_removed_can_be_forgotten(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        system.context.inbox.write("甲.txt", story.FIRST.encode())
        story.until(story.in_state(system, "甲.txt", State.INDEXED), "the document")
        with pytest.raises(NothingToForgetError, match="it is indexed"):
            forget(system, ["甲.txt"])
        with pytest.raises(NothingToForgetError, match="no record"):
            forget(system, ["乙.txt"])
        system.context.inbox.remove("甲.txt")
        story.until(story.in_state(system, "甲.txt", State.REMOVED), "the removal")
        assert forget(system, ["甲.txt"]) == 1
        assert system.context.index.counts() == {}


def test_the_commands_say_what_failed_and_try_it_again(tmp_path: Path) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    for name in ("坏1.docx", "坏2.docx"):
        (tmp_path / "data" / "inbox" / name).write_bytes(story.read_sample("传输中断的报告.docx"))
    assert gongkai("run", "--once", folder=tmp_path).returncode == 1
    said = gongkai("failures", folder=tmp_path)
    assert said.returncode == 1
    assert "2  failed (corrupt) at convert" in said.stdout
    assert gongkai("retry", folder=tmp_path).returncode == 2
    assert "1 documents are tried again" in gongkai("retry", "坏1.docx", folder=tmp_path).stderr
    assert "2 documents" in gongkai("retry", "--category", "corrupt", folder=tmp_path).stderr
    audit = gongkai("audit", "--list", "stale", folder=tmp_path)
    assert audit.returncode == 0
    assert "failed (outdated): 坏1.docx" in audit.stdout
    assert gongkai("run", "--once", folder=tmp_path).returncode == 1
    (tmp_path / "data" / "inbox" / "坏1.docx").unlink()
    assert gongkai("audit", folder=tmp_path).returncode == 1
    gongkai("run", "--once", folder=tmp_path)
    assert gongkai("forget", "--prefix", "", folder=tmp_path).stderr == "1 forgotten\n"
    assert gongkai("pause", folder=tmp_path).returncode == 2
