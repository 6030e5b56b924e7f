"""Which job this thread works on, so that every line it logs can say so without being told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


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
