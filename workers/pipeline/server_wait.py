"""Waits for a server that is down, with growing pauses, until it is back, a limit passes or the process must stop."""

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
        """Set the event."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set or the time is over; return whether it is set."""
        ...


@contextmanager
def stop_quietly(stopping: Event) -> Iterator[None]:
    """Suppress the ``DependencyError`` of a wait that ended because the process is to stop; raise any other."""
    try:
        yield
    except DependencyError:
        if not stopping.is_set():
            raise


class ServerWait:
    """Calls an action that needs a server; while the server is down, waits with growing pauses and retries.

    A waiting worker takes no further message, so a server that is down pauses the queue and uses up no document's
    attempts.
    """

    def __init__(self, stopping: Event, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Set when to give up: once ``stopping`` is set, or after ``seconds``."""
        self._stopping = stopping
        self._seconds = seconds

    def __call__(self, action: Callable[[], T]) -> T:
        """Return the result of ``action``.

        Raises:
            DependencyError: The server was still down after the longest wait, or the process must stop.
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
