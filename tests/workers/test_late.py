"""Patterns that wait for their first use are patterns all the same."""

import pkgutil
import re
from importlib import import_module

import pytest

import workers.extract
from workers.late import late


def test_pattern_answers_as_a_compiled_one_does() -> None:
    found = late("第([0-9]+)条").search("见第12条")
    assert found is not None
    assert found[1] == "12"
    assert late("ABC", re.IGNORECASE).match("abc")


def test_pattern_that_cannot_be_compiled_says_so_at_its_first_use() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_every_pattern_of_the_stage_can_be_compiled() -> None:
    kind = type(late(""))
    modules = [
        import_module(f"workers.extract.{found.name}") for found in pkgutil.iter_modules(workers.extract.__path__)
    ]
    waiting = [value for module in modules for value in vars(module).values() if isinstance(value, kind)]
    assert len(waiting) > 50
    for pattern in waiting:
        assert re.compile(pattern.pattern, pattern.flags).pattern == pattern.pattern
