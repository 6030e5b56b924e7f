"""What a message for the index stage takes along."""

import pytest

from schemas.articles import Extracted
from schemas.families import Family
from schemas.jobs import Job, Observation, Progress
from schemas.journeys import Step
from schemas.outcomes import Category, Problem
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.step import WorkItem
from workers.pipeline.versions import EXTRACTED
from workers.tasks.payload import (
    MAX_CHARACTERS,
    MAX_WAITING,
    inline_artefact,
    read_inline_artefact,
    read_message,
    write_message,
)

VERSION = EXTRACTED.version


def made(text: str) -> tuple[StageOutput, ...]:
    return (StageOutput("extract", VERSION, Extracted(format="txt", articles=(), flags=(text,))),)


def test_what_is_carried_is_taken_as_it_was_made() -> None:
    parts = made("正文")
    assert read_inline_artefact(inline_artefact(parts, waiting=0)) == parts[-1].value


def test_a_long_document_is_left_to_the_store() -> None:
    text = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(MAX_CHARACTERS))
    assert inline_artefact(made(text), waiting=0) is None


def test_a_long_queue_carries_nothing() -> None:
    assert inline_artefact(made("正文"), waiting=MAX_WAITING + 1) is None


def test_only_the_last_stage_before_the_index_is_carried() -> None:
    (part,) = made("正文")
    assert inline_artefact((StageOutput("normalize", 1, part.value),), waiting=0) is None
    assert inline_artefact((), waiting=0) is None


@pytest.mark.parametrize("text", [None, "", f"{VERSION + 1}:eJw=", f"{VERSION}:", f"{VERSION}:eJw=", f"{VERSION}:甲"])
def test_what_cannot_be_used_is_loaded_from_the_store_instead(text: str | None) -> None:
    assert read_inline_artefact(text) is None


# As the release before wrote it, when a job was one flat object of twenty fields.
OLD = {
    "key": "卷.zip", "trace": "t" * 16, "sent_at": 5.0, "new": False, "etag": "e1", "size": 12, "modified_at": 1.5,
    "looked_at": 6.5, "content": "ab.zip", "gone": False, "parent": None, "had_children": True, "first_at": 2.5,
    "family": {"expected": 3, "emitted": 2, "mark": "m"}, "again": True, "scan": True, "deaths": 0, "seconds": 0.25,
    "failure": {"stage": "extract", "message": "坏", "category": "corrupt"}, "cpu": {"convert": 0.125}, "attempt": 2,
    "steps": [{"stage": "convert", "started_at": 5.5, "seconds": 0.5, "attempt": 2, "worker": "a:1"}],
}  # fmt: skip
ITEM = WorkItem(
    Job("卷.zip", "t" * 16, 5.0, steps=(Step("convert", 5.5, 0.5, 2, "a:1"),)),
    Observation("e1", 12, 1.5, 6.5, "ab.zip", had_children=True, first_at=2.5, again=True),
    Progress(Problem("extract", "坏", Category.CORRUPT), Family(3, 2, "m"), 0.25, {"convert": 0.125}),
)


def test_a_message_of_the_release_before_is_read() -> None:
    assert read_message(OLD) == ITEM


def test_a_message_has_the_names_that_the_release_before_reads() -> None:
    assert set(write_message(ITEM)) == set(OLD) - {"scan", "deaths", "attempt"}
    assert read_message(write_message(ITEM)) == ITEM
