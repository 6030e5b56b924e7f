"""Retries are a table: what is tried again, how often, and after how long."""

import errno
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import DependencyError, DocumentError, KilledError, ObjectChangedError
from schemas.outcomes import Category
from workers.pipeline.retry_policy import (
    ATTEMPTS,
    KILLED_ATTEMPTS,
    MAX_PAUSE_SECONDS,
    Action,
    call_with_retries,
    decide,
    is_set_aside,
    pause,
)
from workers.sandbox.fork_server_client import SandboxError

ATTEMPT, CHANCE = st.integers(1, 10_000), st.floats(0, 1, exclude_max=True)
PASSING = [
    ConnectionResetError("peer"),
    BrokenPipeError(),
    TimeoutError(),
    MemoryError(),
    OSError(errno.EMFILE, "too many"),
]
WAITING = [DependencyError("index", "down"), SandboxError("no fork"), OSError(errno.ENOSPC, "full")]


@pytest.mark.parametrize("category", list(Category))
@given(attempt=ATTEMPT, chance=CHANCE)
def test_a_documents_own_fault_is_never_tried_again(category: Category, attempt: int, chance: float) -> None:
    assert decide(DocumentError(category, "x"), attempt=attempt, chance=chance).action is Action.RECORD


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), RecursionError(), OSError(errno.ENOENT, "x")], ids=repr
)
@given(attempt=ATTEMPT, chance=CHANCE)
def test_a_defect_of_ours_is_recorded_at_once(error: Exception, attempt: int, chance: float) -> None:
    assert decide(error, attempt=attempt, chance=chance).action is Action.RECORD


@pytest.mark.parametrize("error", WAITING, ids=repr)
@given(attempt=ATTEMPT, chance=CHANCE)
def test_a_server_that_is_down_never_uses_up_an_attempt(error: Exception, attempt: int, chance: float) -> None:
    decision = decide(error, attempt=attempt, chance=chance)
    assert decision.action is Action.WAIT
    assert 0 <= decision.seconds <= MAX_PAUSE_SECONDS


@pytest.mark.parametrize("error", PASSING, ids=repr)
@given(attempt=ATTEMPT, chance=CHANCE)
def test_what_passes_is_tried_a_few_times_and_then_recorded(error: Exception, attempt: int, chance: float) -> None:
    expected = Action.AGAIN if attempt < ATTEMPTS else Action.RECORD
    assert decide(error, attempt=attempt, chance=chance).action is expected


@given(attempt=ATTEMPT, chance=CHANCE)
def test_a_reader_that_was_killed_is_tried_three_times(attempt: int, chance: float) -> None:
    expected = Action.AGAIN if attempt < KILLED_ATTEMPTS else Action.RECORD
    assert decide(KilledError(Category.CRASH, "x"), attempt=attempt, chance=chance).action is expected


def test_an_object_that_changed_is_started_over() -> None:
    assert decide(ObjectChangedError("x"), attempt=9, chance=0.5).action is Action.START_OVER


@given(attempt=ATTEMPT, chance=CHANCE)
def test_pauses_grow_up_to_a_limit_and_spread_over_all_of_it(attempt: int, chance: float) -> None:
    assert 0 <= pause(attempt, chance) <= pause(attempt + 1, chance) <= MAX_PAUSE_SECONDS
    assert pause(attempt, 0.0) == 0.0


def test_two_deaths_alone_or_four_in_company_set_a_document_aside() -> None:
    assert [is_set_aside(deaths) for deaths in (0, 2, 3, 4, 5)] == [False, False, False, True, True]


class Attempts:
    """Raises one error after the other, then returns how many there were."""

    def __init__(self, *errors: Exception) -> None:
        self.left = list(errors)
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        if self.left:
            raise self.left.pop(0)
        return self.made


def test_work_goes_on_after_faults_that_passed() -> None:
    attempts = Attempts(ConnectionResetError(), MemoryError())
    assert call_with_retries(attempts, threading.Event(), chance=lambda: 0.0) == 3


def test_a_fault_that_does_not_pass_is_raised_in_the_end() -> None:
    attempts = Attempts(*(MemoryError() for _ in range(99)))
    with pytest.raises(MemoryError):
        call_with_retries(attempts, threading.Event(), chance=lambda: 0.0)
    assert attempts.made == ATTEMPTS


def test_a_full_disk_is_waited_for_like_a_server() -> None:
    with pytest.raises(DependencyError, match=r"this machine.*make room"):
        call_with_retries(
            Attempts(OSError(errno.ENOSPC, "No space left on device")), threading.Event(), chance=lambda: 0.0
        )


def test_a_process_that_is_to_stop_does_not_wait() -> None:
    stopping = threading.Event()
    stopping.set()
    with pytest.raises(MemoryError):
        call_with_retries(Attempts(MemoryError()), stopping, chance=lambda: 1.0)
