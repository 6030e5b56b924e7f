"""Queues that are paused stand still, whoever is started or sends, until they are resumed; on the real servers."""

import time

import pytest

from ops.cli.pause import drain, pause, resume
from schemas.outcomes import State
from tests.support import story
from tests.support.app_processes import Services

pytestmark = [pytest.mark.redis, pytest.mark.s3, pytest.mark.elasticsearch]


@pytest.fixture
def here(services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    for name, value in services.variables.items():
        monkeypatch.setenv(name, value)
    return services


def write(services: Services, key: str) -> None:
    services.system.context.inbox.write(key, f"{story.FIRST}{key}\n".encode())
    services.system.dispatch.send([key])


def test_a_paused_queue_stands_still_also_for_workers_started_later(here: Services) -> None:
    system = here.system
    assert pause(["index"]) == 0
    with here.worker():
        write(here, "甲.txt")
        story.until(lambda: system.queues.lengths()["index"] == 1, "the document to wait for the index stage")
        time.sleep(2)
        assert story.recorded(system, "甲.txt") is None
        assert resume(["index"]) == 0
        story.until(story.in_state(system, "甲.txt", State.INDEXED), "the document to be indexed")
        assert pause(["index"]) == 0
        time.sleep(3)
        write(here, "乙.txt")
        story.until(lambda: system.queues.lengths()["index"] == 1, "the next to wait for the index stage")
        assert resume([]) == 0
        story.until(story.in_state(system, "乙.txt", State.INDEXED), "the next to be indexed")


def test_drained_means_that_nothing_is_worked_on_and_new_work_waits(here: Services) -> None:
    system = here.system
    with here.worker():
        for n in range(20):
            write(here, f"{n}.txt")
        assert drain(patience=60) == 0
        counts = system.context.inflight.counts()
        assert (counts.running, counts.waiting - counts.unadmitted) == (0, 0)
        write(here, "后.txt")
        assert system.context.inflight.counts().unadmitted >= 1
        assert resume(["intake"]) == 0
        story.until(lambda: system.context.index.counts() == {State.INDEXED: 21}, "all to be indexed")


def test_wrong_names_of_queues_are_wrong_use(here: Services) -> None:
    assert pause(["indexes"]) == 2
