"""A document at which worker after worker dies is set aside; the rest moves on."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.system import open_system
from schemas.jobs import Job
from schemas.outcomes import Category, State
from tests.support import story
from workers.leases.protocol import LeaseStart
from workers.pipeline.context import Context
from workers.pipeline.stage_names import ORDER
from workers.pipeline.step import Step, WorkItem
from workers.settings import load
from workers.tasks.perform import perform
from workers.tasks.publisher import Publisher

QUIET = cast(Publisher, SimpleNamespace(send=lambda keys: 0))


class Deadly:
    """A ledger that remembers deaths of workers at one key."""

    def __init__(self, inflight: Any, key: str, crash_score: int) -> None:
        self._inflight, self._key, self._crash_score = inflight, key, crash_score

    def start(self, key: str, stage: str = "", *, looks: bool = False) -> LeaseStart | None:
        score = self._crash_score if key == self._key else 0
        return replace(self._inflight.start(key, stage, looks=looks), crash_score=score)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inflight, name)


@pytest.mark.parametrize(("deaths", "state"), [(0, State.INDEXED), (2, State.INDEXED), (4, State.FAILED)])
@pytest.mark.parametrize("stage", ["convert", "normalize"])
def test_a_document_that_took_its_worker_down_twice_is_set_aside(
    tmp_path: Path, deaths: int, state: State, stage: str
) -> None:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        for key in ("毒.txt", "好.txt"):
            system.context.inbox.write(key, f"{story.FIRST}{key}\n".encode())
        inflight = Deadly(system.context.inflight, "毒.txt", deaths)
        context: Context = replace(system.context, inflight=cast(Any, inflight))
        for key in ("毒.txt", "好.txt"):
            step = Step(WorkItem(Job(key, "t", 0.0)), "convert" if deaths < 4 else stage)
            perform(step, context, QUIET, served=ORDER)
            if stage == "normalize" and deaths == 4:
                break
        record = story.recorded(system, "毒.txt")
        assert record is not None
        assert record.state is state
        if state is State.FAILED:
            assert record.category is Category.CRASH
            assert "took its worker down twice" in record.problems[0].message
            assert record.etag
        assert system.context.inflight.counts().running == 0
