"""What happens after an error: one table by error class; a pure decision, without clock, broker or chance.

A document's own faults are never retried. Transient faults (a broken connection, a moment's shortage of memory, a
killed reader) are retried a few times, with growing random pauses so that many workers do not come back at once. A
server or disk that is down is waited for and costs no attempt. A document that took its worker down twice is set aside.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from schemas.errors import DependencyError, DocumentError, KilledError, ObjectChangedError
from workers.sandbox.fork_server_client import SandboxError

T = TypeVar("T")

FIRST_PAUSE_SECONDS = 0.5
MAX_PAUSE_SECONDS = 10.0
ATTEMPTS = 5
# Fewer than ATTEMPTS: each retry of a killed reader could exhaust memory again.
KILLED_ATTEMPTS = 3
# Crash score at which a document is set aside: 2 per crash of its child alone, 1 per death of the whole worker (kernel,
# operator, machine), which kills mostly innocent documents. See ``workers.leases.protocol.LeaseStart``.
MAX_CRASH_SCORE = 4

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
PASSING = frozenset(
    {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EIO, errno.EINTR, errno.ETIMEDOUT, errno.ESTALE}
)


class Action(StrEnum):
    """What is done about an error."""

    RECORD = "record"
    AGAIN = "again"
    WAIT = "wait"
    START_OVER = "start over"


@dataclass(frozen=True, slots=True)
class Decision:
    """The action, and the seconds to wait before a retry."""

    action: Action
    seconds: float = 0.0


ACTIONS: dict[type[BaseException], Action] = {
    DocumentError: Action.RECORD,
    KilledError: Action.AGAIN,
    ObjectChangedError: Action.START_OVER,
    DependencyError: Action.WAIT,
    SandboxError: Action.WAIT,
    ConnectionError: Action.AGAIN,
    TimeoutError: Action.AGAIN,
    MemoryError: Action.AGAIN,
}


def decide(error: BaseException, *, attempt: int, chance: float) -> Decision:
    """Return what is done about an error.

    Args:
        error: What was raised.
        attempt: Number of this attempt, from 1.
        chance: Uniform in 0 to 1; the fraction of the longest pause to wait (full jitter).
    """
    action = action_of(error)
    if action is Action.AGAIN and attempt >= (KILLED_ATTEMPTS if isinstance(error, KilledError) else ATTEMPTS):
        return Decision(Action.RECORD)
    return Decision(action, pause(attempt, chance) if action in {Action.AGAIN, Action.WAIT} else 0.0)


def action_of(error: BaseException) -> Action:
    """Return the table's action for an error; an unlisted error is recorded."""
    if isinstance(error, OSError) and error.errno in FULL:
        return Action.WAIT
    if isinstance(error, OSError) and error.errno in PASSING:
        return Action.AGAIN
    return next((ACTIONS[kind] for kind in type(error).__mro__ if kind in ACTIONS), Action.RECORD)


def pause(attempt: int, chance: float) -> float:
    """Return how many seconds to wait after an attempt, counted from 1."""
    return chance * min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(attempt, 30))


def is_set_aside(crash_score: int) -> bool:
    """Return whether a document with this crash score is set aside."""
    return crash_score >= MAX_CRASH_SCORE


class _Stop(Protocol):
    def wait(self, timeout: float | None = None) -> bool: ...


def call_with_retries(action: Callable[[], T], stopping: _Stop, *, chance: Callable[[], float]) -> T:
    """Return the result of ``action``, retried as long as the table says so.

    Args:
        action: A stage's work.
        stopping: Ends the waiting.
        chance: As in ``decide``.

    Raises:
        DependencyError: A disk is full.
        Exception: The last error of ``action``, once it is not retried.
    """
    attempt = 1
    while True:
        try:
            return action()
        except (OSError, MemoryError, KilledError) as error:
            decision = decide(error, attempt=attempt, chance=chance())
            if decision.action is Action.WAIT:
                raise DependencyError("this machine", f"{error}; make room and the work goes on") from error
            if decision.action is not Action.AGAIN or stopping.wait(decision.seconds):
                raise
        attempt += 1
