"""Overrides weights for one measurement, and cross-validates the best ones on the other half of the questions."""

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from statistics import fmean
from typing import TYPE_CHECKING, Any

from search.query import boosts

if TYPE_CHECKING:
    from ops.bench.search.judgements import Answer


def ablations(tried_values: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return every combination of the values given as ``NAME=1,2`` or ``NAME.key=1,2``, each with its label.

    Raises:
        ValueError: There is no such weight, or a value is no number.
    """
    choices = []
    for given in tried_values:
        name, _, values = given.partition("=")
        if not hasattr(boosts, name.partition(".")[0]):
            raise ValueError(f"search/query/boosts.py has no {name}")
        choices.append([(name, float(value)) for value in values.split(",")])
    combined = itertools.product(*choices) if choices else ()
    return [(" ".join(f"{name}={value:g}" for name, value in each), _setting(each)) for each in combined]


@contextmanager
def override_weights(setting: Mapping[str, Any]) -> Iterator[None]:
    """Override the weights that search modules imported by name with ``setting`` until the block ends."""
    modules = [module for name, module in sys.modules.items() if name.startswith("search.")]
    before = [(module, name, getattr(module, name)) for module in modules for name in setting if hasattr(module, name)]
    try:
        for module, name, _ in before:
            setattr(module, name, setting[name])
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def halves(trials: Mapping[str, Mapping[str, "Answer"]]) -> dict[str, Any]:
    """Return the best trial on each half of the questions, and its score on the other half."""
    made: dict[str, Any] = {}
    for chosen_on in (0, 1):
        best = max(trials, key=lambda label: _mean(trials[label], chosen_on))
        half, other = ("odd", "even") if chosen_on == 0 else ("even", "odd")
        made[f"chosen on {half}"] = best
        made[f"ndcg@10 on {other}"] = round(_mean(trials[best], 1 - chosen_on), 4)
    return made


def _mean(answers: Mapping[str, "Answer"], half: int) -> float:
    return fmean(each.ndcg for each in list(answers.values())[half::2])


def _setting(values: Iterable[tuple[str, float]]) -> dict[str, Any]:
    setting: dict[str, Any] = {}
    for name, value in values:
        outer, dot, key = name.partition(".")
        setting[outer] = {**setting.get(outer, getattr(boosts, outer)), key: value} if dot else value
    return setting
