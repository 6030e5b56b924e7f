"""What each end of a child means for its document."""

import signal

import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from workers.sandbox.outcome import explain
from workers.sandbox.protocol import ChildEnd, Failure, Stop

LIMITS = Limits(memory_bytes=1_000)
FAULT = (
    'Fatal Python error: Segmentation fault\n\nCurrent thread (most recent first):\n  File "/a/b/pdf.py", line 7 in x'
)


def ended(code: int = 0, *, stop: Stop | None = None, peak: int = 10) -> ChildEnd:
    return ChildEnd(code=code, stop=stop, cpu_seconds=0.0, peak_bytes=peak)


def verdict(end: ChildEnd, failure: Failure | None = None, printed: str = "") -> DocumentError:
    error = explain(end, failure, printed, LIMITS)
    assert error is not None
    return error


def test_a_good_end_needs_no_explanation() -> None:
    assert explain(ended(), None, "warnings galore", LIMITS) is None


@pytest.mark.parametrize(
    ("end", "printed", "category", "words"),
    [
        (ended(-9, stop=Stop.WALL), "", Category.TIMEOUT, "wall_seconds of 120 ("),
        (ended(-9, stop=Stop.WRITTEN), "", Category.BOMB, "written_bytes of 500,000,000 "),
        (ended(0, stop=Stop.WALL), "", Category.TIMEOUT, "wall_seconds"),
        (ended(-signal.SIGXCPU), "", Category.TIMEOUT, "cpu_seconds of 60 (CPU time)"),
        (ended(-signal.SIGXFSZ), "", Category.BOMB, "written_bytes"),
        (ended(-signal.SIGABRT, peak=900), "", Category.BOMB, "memory_bytes of 1,000 "),
        (ended(-signal.SIGABRT, peak=550), "", Category.BOMB, "memory_bytes"),
        (ended(-signal.SIGSEGV, peak=550), "", Category.CRASH, "killed by SIGSEGV"),
        (ended(-signal.SIGABRT), "terminate called after throwing 'std::bad_alloc'", Category.BOMB, "memory_bytes"),
        (ended(-signal.SIGABRT), "", Category.CRASH, "killed by SIGABRT"),
        (ended(-signal.SIGSEGV), FAULT, Category.CRASH, "killed by SIGSEGV in pdf.py:7"),
        (ended(-signal.SIGRTMIN), "", Category.CRASH, "killed by SIGRTMIN"),
        (ended(-(signal.SIGRTMIN + 3)), "", Category.CRASH, "killed by signal 37"),
        (ended(1), "", Category.CRASH, "status 1"),
        (ended(1), "one\ntwo\n", Category.CRASH, "status 1: two"),
    ],
)
def test_each_end_has_a_category_and_words(end: ChildEnd, printed: str, category: Category, words: str) -> None:
    error = verdict(end, printed=printed)
    assert error.category == category
    assert words in str(error)


def test_what_the_child_says_passes_through() -> None:
    error = verdict(ended(), Failure("encrypted", "needs a password", 4))
    assert (error.category, str(error), error.page) == (Category.ENCRYPTED, "needs a password", 4)
    assert "memory_bytes" in str(verdict(ended(), Failure("bomb", "")))
    assert str(verdict(ended(), Failure("bomb", "expands 900 times"))) == "expands 900 times"


def test_the_signal_counts_for_more_than_what_was_said_before_it() -> None:
    assert verdict(ended(-signal.SIGSEGV), Failure("corrupt", "damaged")).category == Category.CRASH
