"""A message that holds several objects: what goes wrong with one of them costs no other its outcome."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pytest
from celery import Celery

from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from schemas.errors import DependencyError
from schemas.jobs import Job
from schemas.outcomes import State
from schemas.records import document_id
from workers.leases.fair_queue import BATCH
from workers.leases.memory_store import MemoryLeaseStore
from workers.pipeline.stage_names import ORDER
from workers.pipeline.step import Step, WorkItem
from workers.settings import load
from workers.tasks import batch
from workers.tasks.admission import divide_by_upload
from workers.tasks.batch import Outbox, perform_in_turn, perform_side_by_side
from workers.tasks.payload import read_batch, write_batch, write_message
from workers.tasks.stage_tasks import register

DOCUMENT = "关于公开事项的通知\n\n一、总体要求\n依法公开。\n"
KEYS = ["a/甲.txt", "a/乙.pdf", "a/丙.txt"]


class Broker:
    """Keeps what is sent to it, unless it is down."""

    def __init__(self) -> None:
        self.sent: list[list[Any]] = []
        self.down = False

    def send_task(self, name: str, *, args: list[Any], **_: Any) -> None:
        if self.down:
            raise DependencyError("broker", "down")
        self.sent.append(args)

    def list_keys(self) -> list[list[str]]:
        return [[one["key"] for one, _ in read_batch(args[0], None)] for args in self.sent]


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
def outbox(broker: Broker) -> Outbox:
    return Outbox(cast(Celery, broker), MemoryLeaseStore())


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        yield system


def steps_of(keys: list[str], stage: str = ORDER[0]) -> list[Step]:
    return [Step(WorkItem(Job(key, "t", 0.0)), stage) for key in keys]


def states(system: System) -> dict[str, State]:
    found = system.context.index.records_of([document_id(key) for key in KEYS])
    return {record.key: record.state for record in found.values()}


def test_a_message_of_a_release_without_batches_is_one_object_and_a_new_one_reads_as_written() -> None:
    jobs = [write_message(WorkItem(Job(key, "t", 0.0))) for key in KEYS]
    assert read_batch(jobs[0], "1:x") == [(jobs[0], "1:x")]
    assert write_batch([(jobs[0], None)]) == [jobs[0]]
    sent = [(jobs[0], None), (jobs[1], "1:x"), (jobs[2], None)]
    assert read_batch(write_batch(sent)[0], None) == sent


@pytest.mark.parametrize("work", [perform_in_turn, perform_side_by_side])
def test_an_unreadable_object_costs_no_other_of_its_batch_its_outcome(system: System, work: Callable[..., Any]) -> None:
    for key in KEYS:
        system.context.inbox.write(key, b"%PDF-1.7 broken" if key.endswith("pdf") else DOCUMENT.encode())
    left = work(steps_of(KEYS), system.context, Outbox(system.app, system.context.inflight), served=ORDER)
    assert list(left) == []
    assert states(system) == {KEYS[0]: State.INDEXED, KEYS[1]: State.FAILED, KEYS[2]: State.INDEXED}
    assert not system.context.inflight.list_running()


@pytest.mark.parametrize("work", [perform_in_turn, perform_side_by_side])
def test_objects_a_server_kept_from_their_outcome_are_left_and_no_others(
    system: System, work: Callable[..., Any]
) -> None:
    for key in KEYS:
        system.context.inbox.write(key, DOCUMENT.encode())
    system.context.stopping.set()  # nobody waits for a server
    fetch = system.context.inbox.fetch

    def fetch_some(key: str, *arguments: Any, **more: Any) -> Any:
        if key == KEYS[2]:
            raise DependencyError("object store", "does not answer")
        return fetch(key, *arguments, **more)

    with patch.object(system.context.inbox, "fetch", fetch_some):
        left = work(steps_of(KEYS), system.context, Outbox(system.app, system.context.inflight), served=ORDER)
    assert [step.item.key for step in left] == [KEYS[2]]
    assert set(states(system)) == set(KEYS[:2])
    assert not system.context.inflight.list_running()


def test_a_batch_that_came_back_is_sent_again_object_by_object(system: System, broker: Broker) -> None:
    app = Celery("test", set_as_current=False)
    register(app, lambda: system.context, served=ORDER)
    task = app.tasks["gongkai.convert"]
    sent = [(write_message(WorkItem(Job(key, "t", 0.0))), None) for key in KEYS]
    task.push_request(delivery_info={"redelivered": True})
    with patch.object(app, "send_task", broker.send_task):
        task.run(*write_batch(sent))
    assert broker.list_keys() == [[key] for key in KEYS]
    assert states(system) == {}


def test_what_a_slow_batch_did_not_begin_goes_back_to_the_queue(system: System, broker: Broker) -> None:
    system.context.inbox.write(KEYS[0], DOCUMENT.encode())
    outbox = Outbox(cast(Celery, broker), system.context.inflight)
    with patch.object(batch, "LONGEST_SECONDS", -1):
        perform_in_turn(steps_of(KEYS), system.context, outbox, served=ORDER)
    assert states(system) == {KEYS[0]: State.INDEXED}
    assert broker.list_keys() == [[KEYS[1]], [KEYS[2]]]


def test_messages_of_a_stage_leave_together_when_they_are_many_or_the_batch_ends(
    outbox: Outbox, broker: Broker
) -> None:
    jobs = [write_message(WorkItem(Job(f"{n}.txt", "t", 0.0))) for n in range(BATCH + 2)]
    for job in jobs:
        outbox.publish("index", job, carried="1:x")
    assert broker.list_keys()[0] == [job["key"] for job in jobs[:BATCH]]
    outbox.flush()
    assert [key for keys in broker.list_keys() for key in keys] == [job["key"] for job in jobs]


def test_messages_are_kept_while_the_broker_is_down(outbox: Outbox, broker: Broker) -> None:
    broker.down = True
    outbox.publish("index", write_message(WorkItem(Job("a.txt", "t", 0.0))))
    with pytest.raises(DependencyError):
        outbox.flush()
    broker.down = False
    outbox.flush()
    assert broker.list_keys() == [["a.txt"]]


def test_batches_keep_uploads_together_and_serve_each_before_more_of_any() -> None:
    jobs = [Job(f"a/{n}", "one", 0.0) for n in range(5)] + [Job("b/1", "two", 0.0), Job("a/9", "three", 0.0)]
    batches = [[job.key for job in each] for each in divide_by_upload(jobs, size=2)]
    assert batches == [["a/0", "a/1"], ["b/1", "a/9"], ["a/2", "a/3"], ["a/4"]]
