"""Errors a parser raises: its own verdict passes, everything unexpected is a ``crash`` with the place."""

from schemas.outcomes import Category
from tests.support.sandbox_faults import Faults


def test_the_parsers_own_verdict_passes_through(faults: Faults) -> None:
    error = faults.error("refuses")
    assert (error.category, str(error), error.page) == (Category.ENCRYPTED, "needs a password", 3)


def test_an_unexpected_exception_names_the_place(faults: Faults) -> None:
    error = faults.error("raises")
    assert error.category == Category.CRASH
    assert str(error).startswith("KeyError in tests.support.readers.faulty_reader:")


def test_a_message_that_is_no_text_is_made_one(faults: Faults) -> None:
    assert str(faults.error("raises_with_half_a_character")).endswith("half of it: ?")


def test_endless_recursion_is_a_crash(faults: Faults) -> None:
    error = faults.error("recurses")
    assert error.category == Category.CRASH
    assert str(error).startswith("RecursionError in tests.support.readers.faulty_reader:")


def test_an_exit_is_a_crash(faults: Faults) -> None:
    assert str(faults.error("exits")).startswith("SystemExit in tests.support.readers.faulty_reader:")
    error = faults.error("vanishes")
    assert error.category == Category.CRASH
    assert str(error) == "the reader ended with status 7: last words"
