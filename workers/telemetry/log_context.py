"""Which job this thread works on, so that every line it logs can say so; and the names of traces and workers."""

import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from schemas.journeys import Journey, Step


@dataclass(frozen=True, slots=True)
class Work:
    """The job in hand: its trace, and the identifier of its document."""

    trace: str
    document: str


WORK: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def working_on(trace: str, document: str) -> Iterator[None]:
    """Mark what happens in the block as work on this job."""
    token = WORK.set(Work(trace, document))
    try:
        yield
    finally:
        WORK.reset(token)


def new_trace() -> str:
    """Return an identifier for work that nobody gave one."""
    return uuid.uuid4().hex[:16]


def worker_name() -> str:
    """Return host and process, as the records and the list of running work name them."""
    return f"{socket.gethostname()}:{os.getpid()}"


def step_of(stage: str, *, began: float, seconds: float, attempt: int) -> Step:
    """Return the step of a stage that was done in this process; ``attempt`` led to it, from 1."""
    return Step(stage, round(began, 3), round(seconds, 3), attempt, worker_name())


def from_upload(trace: str, began: float) -> Journey:
    """Return the journey of what a request that began then has brought by now."""
    step = Step("upload", round(began, 3), round(time.time() - began, 3), 1, worker_name())
    return Journey(trace, step.started_at, (step,))
