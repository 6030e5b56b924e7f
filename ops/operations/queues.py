"""Queues over HTTP: their state, the running jobs, and pausing, resuming and draining."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from ops.maintenance import queues
from ops.maintenance.queues import NAMES, Flow
from ops.operations.answers import OUT_OF_REACH, Paged, Prefix, RunningPage, refusals
from ops.operations.cursor import read_cursor, write_cursor
from ops.system import System
from search.http.errors import responses


class QueuesRequest(BaseModel):
    """Which queues; an empty list means all that can be paused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queues: list[str] = Field([], max_length=len(NAMES), description=f"of {', '.join(NAMES)}", examples=[["index"]])


class RunningParameters(Paged):
    """Which running jobs to list."""

    prefix: Prefix = Field("", description="start of the key")


def queues_router(system: System) -> APIRouter:
    """Return these routes for a system; all are idempotent."""
    router = APIRouter(responses={**responses(), **OUT_OF_REACH})

    @router.get("/queues", summary="Where work stands")
    def flow() -> Flow:
        """Return every queue, and how many documents wait and run."""
        with refusals():
            return queues.flow(system)

    @router.get("/running", summary="What is being worked on")
    def running(asked: Annotated[RunningParameters, Query()]) -> RunningPage:
        """Return the running jobs with stage, worker and attempt; `gongkai status --running`."""
        listing = ("running", asked.prefix)
        after = read_cursor(listing, asked.cursor)
        with refusals():
            found = sorted(queues.list_running(system, asked.prefix), key=lambda one: (one.since, one.key))
        left = [one for one in found if after is None or [one.since, one.key] > after]
        page = left[: asked.size]
        more = write_cursor(listing, [page[-1].since, page[-1].key]) if len(left) > asked.size else None
        return RunningPage(tuple(page), more)

    def change(do: Callable[[System, Sequence[str]], Flow], asked: QueuesRequest | None) -> Flow:
        with refusals():
            return do(system, asked.queues if asked else ())

    @router.post("/pause", summary="Pause queues", responses=responses(413))
    def pause(asked: QueuesRequest | None = None) -> Flow:
        """Stop workers taking messages from queues; running jobs finish. `gongkai pause`."""
        return change(queues.pause, asked)

    @router.post("/resume", summary="Resume queues", responses=responses(413))
    def resume(asked: QueuesRequest | None = None) -> Flow:
        """Have workers take messages from queues again. `gongkai resume`."""
        return change(queues.resume, asked)

    @router.post("/drain", summary="Let the queues run empty")
    def drain() -> Flow:
        """Pause the intake; the queues are empty once `left` of `GET queues` is 0. `gongkai drain` waits for that."""
        with refusals():
            return queues.drain(system)

    return router
