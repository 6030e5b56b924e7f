"""A task that gives up on a server leaves its key free for the retry."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from schemas.errors import DependencyError
from schemas.jobs import Job
from schemas.outcomes import Category, State
from schemas.records import document_id
from workers.leases.memory_store import MemoryLeaseStore
from workers.pipeline.context import Context
from workers.pipeline.stage_names import ORDER, QUEUES, SCAN
from workers.pipeline.stages import STAGES
from workers.pipeline.step import Step, WorkItem
from workers.settings import load
from workers.tasks.perform import perform, perform_next
from workers.tasks.publisher import Publisher


class Down:
    """An object store that does not answer."""

    def stat(self, key: str) -> Any:
        raise DependencyError("object store", "does not answer")


def test_the_lease_is_given_back_when_a_server_outlasts_all_patience() -> None:
    stopping, inflight = threading.Event(), MemoryLeaseStore()
    stopping.set()
    context = cast(Context, SimpleNamespace(inbox=Down(), inflight=inflight, stopping=stopping))
    dispatch = cast(Publisher, SimpleNamespace(send=lambda _: 0))
    with pytest.raises(DependencyError, match="does not answer"):
        perform(Step(WorkItem(Job("a.txt", "t", 0.0)), "convert"), context, dispatch)
    assert inflight.start("a.txt")


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        yield system


def worked(system: System, key: str) -> None:
    perform(Step(WorkItem(Job(key, "t", 0.0)), "convert"), system.context, system.dispatch, served=ORDER)


SURPRISES = {
    "the look": "workers.pipeline.containers.stat",
    "the fetch": "workers.pipeline.containers.fetch",
    "storing what was made": "workers.pipeline.artefacts.Artefacts.put",
    "the index stage": "workers.pipeline.index_stage.section_rows",
}


@pytest.mark.parametrize("place", SURPRISES.values(), ids=SURPRISES)
def test_a_surprise_in_any_step_is_an_outcome_and_gives_the_lease_back(system: System, place: str) -> None:
    system.context.inbox.write("甲.txt", "通知\n\n一、开始\n".encode())
    with patch(place, side_effect=ValueError("not thought of")):
        worked(system, "甲.txt")
    record = system.context.index.record(document_id("甲.txt"))
    assert record is not None
    assert (record.state, record.category) == (State.FAILED, Category.CRASH)
    assert "ValueError: not thought of" in record.problems[0].message
    assert not system.context.inflight.list_running()
    assert not system.context.inflight.find_busy(["甲.txt"])


def test_where_not_even_an_outcome_can_be_recorded_the_lease_is_given_back(system: System) -> None:
    system.context.inbox.write("甲.txt", "通知\n".encode())
    with (
        patch.object(system.context.index, "replace", side_effect=ValueError("not thought of")),
        pytest.raises(ValueError, match="not thought of"),
    ):
        worked(system, "甲.txt")
    assert not system.context.inflight.list_running()


def test_a_scan_gives_its_lease_back_after_a_surprise(system: System) -> None:
    inflight = system.context.inflight
    system.context.inbox.write("甲.pdf", b"%PDF")
    inflight.put_aside("甲.pdf", 0.0)
    with (
        patch("workers.tasks.perform._work", side_effect=ValueError("not thought of")),
        pytest.raises(ValueError, match="not thought of"),
    ):
        perform_next(SCAN, system.context, system.dispatch, served=ORDER)
    assert not inflight.list_running()
    assert not inflight.find_busy(["甲.pdf"])


def test_the_stages_stand_in_their_order() -> None:
    assert tuple(STAGES) == QUEUES
