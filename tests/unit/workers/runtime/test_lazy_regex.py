"""Patterns that wait for their first use are patterns all the same."""

import pkgutil
import re
from importlib import import_module
from types import ModuleType

import pytest

import workers.extract
import workers.normalize
from workers.runtime.lazy_regex import LazyPattern, found_at, lazy_compile


def test_pattern_answers_as_a_compiled_one_does() -> None:
    found = lazy_compile("第([0-9]+)条").search("见第12条")
    assert found is not None
    assert found[1] == "12"
    assert lazy_compile("ABC", re.IGNORECASE).match("abc")


def test_pattern_that_cannot_be_compiled_says_so_at_its_first_use() -> None:
    wrong = lazy_compile("(")
    with pytest.raises(re.error):
        wrong.search("")


@pytest.mark.parametrize("stage", [workers.normalize, workers.extract], ids=lambda stage: stage.__name__)
def test_every_pattern_of_a_stage_can_be_compiled(stage: ModuleType) -> None:
    modules = [import_module(found.name) for found in pkgutil.walk_packages(stage.__path__, f"{stage.__name__}.")]
    patterns = [value for module in modules for value in vars(module).values() if isinstance(value, LazyPattern)]
    assert len(patterns) > 50
    for pattern in patterns:
        assert re.compile(pattern.pattern, pattern.flags).pattern == pattern.pattern


def test_found_at_finds_what_finditer_finds() -> None:
    pattern = lazy_compile("(?<![0-9.])([0-9]{1,3})(?=条|件)")
    text = "公开12条，其中1.5件、3件，1234条；7件"
    found = [match.span() for match in found_at(re.compile("[0-9]+"), pattern, text)]
    assert found == [match.span() for match in re.finditer(pattern.pattern, text)] == [(2, 4), (13, 14), (22, 23)]


def test_found_at_tries_behind_what_its_group_finds() -> None:
    assert [
        match.start() for match in found_at(re.compile("([。])|甲"), lazy_compile("(?<=。)一|甲二"), "。一甲二。二")
    ] == [
        1,
        2,
    ]
