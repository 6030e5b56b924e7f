"""What a message for the index stage takes along."""

import pytest

from schemas.articles import Extracted
from schemas.jobs import Job
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.runner import STAGES
from workers.tasks.payload import MAX_CHARACTERS, MAX_WAITING, inline_artefact, read_inline_artefact

JOB = Job(key="通知.txt", trace="t", sent_at=0.0)
VERSION = STAGES["extract"].version


def made(text: str) -> tuple[StageOutput, ...]:
    return (StageOutput("extract", VERSION, Extracted(format="txt", articles=(), flags=(text,))),)


def test_what_is_carried_is_taken_as_it_was_made() -> None:
    parts = made("正文")
    step = read_inline_artefact(JOB, inline_artefact(parts, waiting=0))
    assert step is not None
    assert step.artefact == parts[-1].value
    assert (step.job, step.follows) == (JOB, "index")


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
    assert read_inline_artefact(JOB, text) is None
