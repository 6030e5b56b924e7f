"""Waiting for a server that is down, with growing pauses, until it is back, patience ends or the process is to stop."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from schemas.errors import DependencyError
from workers.pipeline import retry_policy
from workers.settings import PATIENCE_SECONDS
from workers.telemetry import instrument as metrics

log = logging.getLogger(__name__)

T = TypeVar("T")


class Event(Protocol):
    """An event of threads or of processes."""

    def is_set(self) -> bool:
        """Return whether it has happened."""
        ...

    def set(self) -> None:
        """Let it happen."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it happens; return whether it has."""
        ...


@contextmanager
def stop_quietly(stopping: Event) -> Iterator[None]:
    """Let a loop end quietly whose patience ended because it is to stop; any other end is raised."""
    try:
        yield
    except DependencyError:
        if not stopping.is_set():
            raise


class ServerWait:
    """Does what needs a server; while the server is down, waits with growing pauses and tries again.

    A worker that waits takes no further message, so that a server that is down pauses the queue instead of using up
    the attempts of the documents in it.
    """

    def __init__(self, stopping: Event, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Set when to give up: once ``stopping`` is set, or after ``seconds``."""
        self._stopping = stopping
        self._seconds = seconds

    def __call__(self, action: Callable[[], T]) -> T:
        """Return what ``action`` returns.

        Raises:
            DependencyError: The server was still down when patience ended, or the process is to stop.
        """
        started, attempt = time.monotonic(), 1
        while True:
            try:
                return action()
            except DependencyError as error:
                pause = retry_policy.decide(error, attempt=attempt, chance=random.random()).seconds
                if time.monotonic() - started > self._seconds or self._stopping.wait(pause):
                    raise
                log.warning("waiting for %s", error)
                metrics.count_wait(error.server)
            attempt += 1
