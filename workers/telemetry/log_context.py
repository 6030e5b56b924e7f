"""The job this thread works on, so that every log line can name it; and the names of traces and workers."""

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
    """Attribute everything logged in the block to this job."""
    token = WORK.set(Work(trace, document))
    try:
        yield
    finally:
        WORK.reset(token)


def new_trace() -> str:
    """Return a new trace identifier."""
    return uuid.uuid4().hex[:16]


def worker_name() -> str:
    """Return host and process id, as records and the list of running work show them."""
    return f"{socket.gethostname()}:{os.getpid()}"


def step_of(stage: str, *, began: float, seconds: float, attempt: int) -> Step:
    """Return the step of a stage that ran in this process; ``attempt`` counts from 1."""
    return Step(stage, round(began, 3), round(seconds, 3), attempt, worker_name())


def from_upload(trace: str, began: float) -> Journey:
    """Return the journey of objects uploaded by a request that began at this time."""
    step = Step("upload", round(began, 3), round(time.time() - began, 3), 1, worker_name())
    return Journey(trace, step.started_at, (step,))
