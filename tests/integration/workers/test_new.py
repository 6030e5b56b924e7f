"""Objects nothing is recorded of: they are fetched without being looked at first, and end as any other."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from schemas.jobs import Job
from schemas.outcomes import Category
from schemas.records import document_id
from workers.pipeline.runner import run_stage
from workers.pipeline.step import Step, WorkItem
from workers.settings import load
from workers.tasks.admission import Admission


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    variables = {"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_LIMIT_INPUT_BYTES": "1000"}
    with open_system(load(variables)) as system:
        bootstrap(system)
        yield system


def converted(system: System, key: str) -> Step:
    return run_stage(Step(WorkItem(Job(key=key, trace="t", sent_at=0.0, new=True)), "convert"), system.context)


def test_it_is_fetched_without_a_look_and_the_job_knows_its_version(system: System) -> None:
    system.context.inbox.write("甲.txt", "通知\n\n一、开始\n".encode())
    info = system.context.inbox.stat("甲.txt")
    with patch.object(system.context.inbox, "stat", side_effect=AssertionError("looked at")):
        step = converted(system, "甲.txt")
    assert info is not None
    assert (step.follows, step.item.seen.etag, step.item.seen.size) == ("normalize", info.etag, info.size)
    assert step.item.seen.looked_at > 0


def test_one_that_is_not_there_any_more_has_nothing_to_be_recorded(system: System) -> None:
    assert converted(system, "甲.txt").follows is None


@pytest.mark.parametrize("new", [True, False])
def test_rows_of_one_that_went_before_its_record_was_written_are_removed(system: System, new: bool) -> None:
    """Rows are written before the record: a server killed between leaves them, and the object may go meanwhile."""
    context, key = system.context, "甲.txt"
    context.inbox.write(key, "通知\n\n一、开始\n".encode())
    step = converted(system, key)
    while step.follows:
        step = run_stage(step, context)
    rows = context.index.sections(document_id(key))
    assert rows
    context.inbox.remove(key)
    with patch.object(type(context.index), "record", return_value=None):
        step = run_stage(Step(WorkItem(Job(key=key, trace="t", sent_at=0.0, new=new)), "convert"), context)
        assert (step.follows, step.item.seen.gone) == ("index", True)
        run_stage(step, context)
    assert context.index.sections(document_id(key)) == []


@pytest.mark.parametrize(
    ("content", "category"), [(b"%PDF-1.7 broken", Category.CORRUPT), (b"x" * 1001, Category.TOO_LARGE)]
)
def test_one_that_cannot_be_read_fails_under_the_version_that_was_read(
    system: System, content: bytes, category: Category
) -> None:
    system.context.inbox.write("甲.pdf", content)
    info = system.context.inbox.stat("甲.pdf")
    step = converted(system, "甲.pdf")
    assert info is not None
    assert step.item.progress.failure is not None
    assert (step.follows, step.item.seen.etag, step.item.progress.failure.category) == ("index", info.etag, category)


def test_a_defect_of_ours_is_recorded_under_the_version_looked_at(system: System) -> None:
    system.context.inbox.write("甲.txt", b"text")
    info = system.context.inbox.stat("甲.txt")
    with patch("workers.pipeline.convert_stage.digest", side_effect=ZeroDivisionError("defect")):
        step = converted(system, "甲.txt")
    assert info is not None
    assert step.item.progress.failure is not None
    assert (step.follows, step.item.seen.etag, step.item.progress.failure.category) == (
        "index",
        info.etag,
        Category.CRASH,
    )


def test_only_objects_without_a_record_are_sent_as_new(system: System) -> None:
    sent: list[Job] = []
    admission = Admission(system.dispatch, system.context.inflight, find_recorded=system.context.index.find_recorded)
    system.dispatch.send(["甲.txt", "容器.zip!/乙.txt"])
    keep = lambda _, batch: sent.extend(job for job, _ in batch)  # noqa: E731
    with patch.object(system.dispatch, "publish_batch", side_effect=keep):
        assert admission.admit() == 2
    assert {job["key"]: job["new"] for job in sent} == {"甲.txt": True, "容器.zip!/乙.txt": False}  # type: ignore[index]
