"""The way of a document as its record tells it: attempts, scans that waited, and notes that were left over."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from schemas.codec import decode, encode
from schemas.jobs import Job
from schemas.journeys import Journey, Step
from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from search.api.routes.uploads import _trace
from workers.leases.memory_store import MemoryLeaseStore
from workers.leases.protocol import LeaseStart
from workers.pipeline import containers
from workers.pipeline import step as pipeline_step
from workers.pipeline.runner import run_stage
from workers.pipeline.step import WorkItem
from workers.settings import load
from workers.tasks.admission import Admission
from workers.tasks.publisher import Publisher


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as found:
        bootstrap(found)
        yield found


class Queue:
    """A Celery application that keeps what is sent."""

    def __init__(self) -> None:
        self.jobs: list[dict[str, Any]] = []

    def send_task(self, name: str, *, args: list[Any], **_: Any) -> None:
        self.jobs.append(args[0])


def sent(inflight: MemoryLeaseStore) -> dict[str, Any]:
    queue = Queue()
    Admission(Publisher(cast(Any, queue), inflight), inflight, find_recorded=lambda identifiers: set()).admit()
    (job,) = queue.jobs
    return job


def test_a_record_of_before_there_were_journeys_is_read() -> None:
    old = encode(DocumentRecord(document_id("a"), "a", "e", State.INDEXED)).replace(b',"journey":null', b"")
    assert b"journey" not in old
    assert decode(DocumentRecord, old).journey is None


def test_a_try_after_a_passing_error_counts_as_an_attempt(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    system.context.inbox.write("甲.txt", "通知\n\n一、开始\n".encode())
    monkeypatch.setattr(containers, "fetch", _failing_once())
    item = WorkItem(Job("甲.txt", "t" * 16, time.time(), new=True), lease=LeaseStart(attempt=2))
    step = run_stage(pipeline_step.Step(item, "convert"), system.context)
    (done,) = step.item.job.steps
    assert (done.stage, done.attempt) == ("convert", 3)


def _failing_once() -> Any:
    real, errors = containers.fetch, [ConnectionResetError("broke")]

    def fetch(*arguments: Any, **options: Any) -> Any:
        if errors:
            raise errors.pop()
        return real(*arguments, **options)

    return fetch


def test_what_is_noted_goes_with_the_message() -> None:
    inflight = MemoryLeaseStore()
    noted = Journey("ab" * 8, time.time(), (Step("upload", time.time(), 0.1, 1, "a:1"),))
    inflight.keep_journey(["甲"], noted)
    inflight.line_up(["甲"])
    job = sent(inflight)
    assert (job["trace"], job["steps"][0]["stage"]) == (noted.trace, "upload")


def test_a_note_left_over_from_an_upload_of_long_ago_is_not_that_of_a_new_event() -> None:
    inflight = MemoryLeaseStore()
    inflight.keep_journey(["甲"], Journey("ab" * 8, 1.0, (Step("upload", 1.0, 0.1, 1, "a:1"),)))
    inflight.line_up(["甲"])
    job = sent(inflight)
    assert job["trace"] != "ab" * 8
    assert job["steps"] == []


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (f"00-{'4bf92f3577b34da6' * 2}-00f067aa0ba902b7-01", True),
        (f"cc-{'4bf92f3577b34da6' * 2}-00f067aa0ba902b7-01-what-is-new", True),
        (f"ff-{'4bf92f3577b34da6' * 2}-00f067aa0ba902b7-01", False),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", False),
        (f"00-{'4BF92F3577B34DA6' * 2}-00f067aa0ba902b7-01", False),
        ("", False),
        ("00-\u00e9", False),
    ],
)
def test_a_trace_is_taken_from_a_well_formed_header_only(header: str, taken: bool) -> None:
    found = _trace(header)
    assert (found == "4bf92f3577b34da6" * 2) is taken
    assert len(found) == 32
    assert int(found, 16)
