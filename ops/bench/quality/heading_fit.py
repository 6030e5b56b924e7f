"""Learns what shows that a numbered paragraph has a heading: ``python -m ops.bench.quality.heading_fit DIR...``.

Each folder holds documents with gold outlines (``gold``). Of all headings that the rules take, those the gold has are
right and all others wrong. A logistic regression over ``extract.outline.judgement.evidence``, fitted by
gradient descent with a penalty on the squares; a document of many headings weighs less for each. Prints
``weights.py`` and, for each folder, how many are judged rightly with weights learnt from all others. The
founding documents weigh four times as much: their outlines are binding. Scans are left out: their characters are wrong.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ops.bench.quality.gold import Gold, read_gold
from ops.bench.quality.sameness import plain, plain_number
from ops.bench.quality.stage_run import read_clean
from ops.bench.quality.weights import judge_by_others, weights_module
from schemas.cleaned import Normalized
from workers.extract.articles.boundaries import split_articles
from workers.extract.grammar.lines import read_lines
from workers.extract.outline.broken_headings import join_broken_headings
from workers.extract.outline.candidates import judge_by_rules
from workers.extract.outline.embedded_headings import cut_inline
from workers.extract.outline.judgement.review import items, likelihood
from workers.extract.outline.line_marks import Mark
from workers.extract.record.head import split_head

ROUNDS, RATE, PENALTY, MIN_WEIGHT = 250, 1.0, 0.007, 0.08
BINDING = 4.0
_MIN_COUNT = 3


class Example(NamedTuple):
    """One heading of the rules: its evidence, whether the gold has it, and what it weighs."""

    evidence: dict[str, float]
    right: bool
    weight: float


def examples(documents: Iterable[tuple[Gold, Normalized]]) -> list[Example]:
    """Return the headings of documents that have a gold outline, each document of the same weight in all."""
    found: list[Example] = []
    documents = [(gold, clean) for gold, clean in documents if gold.outline is not None and clean.format != "scan"]
    renderings = Counter(gold.group for gold, _ in documents)
    for gold, clean in documents:
        own = list(_judge(gold, clean))
        weight = (BINDING if gold.kind == "founding" else 1.0) / renderings[gold.group] / max(1.0, len(own) ** 0.5)
        found += [Example(evidence, right, weight) for evidence, right in own]
    return found


def _judge(gold: Gold, clean: Normalized) -> Iterable[tuple[dict[str, float], bool]]:
    optional = {plain(words) for words in gold.optional}
    for marks, right in judged_headings(gold, clean):
        for item in items(marks):
            if item.index < _until(marks, gold.until) and plain(marks[item.index].line.text) not in optional:
                yield item.evidence, item.index in right


def judged_headings(gold: Gold, clean: Normalized) -> Iterator[tuple[list[Mark], set[int]]]:
    """Yield the lines of each article as the rules judge them, and the indices of the headings that the gold has."""
    right = {key for heading in gold.outline or () for key in _keys(heading.number, heading.words)}
    for part in split_articles(read_lines(clean)):
        marks = judge_by_rules(cut_inline(join_broken_headings(split_head(part.lines, clean.clues).body)))
        yield marks, {index for index, mark in enumerate(marks) if right.intersection(_keys_of(mark))}


def _keys_of(mark: Mark) -> tuple[tuple[str, str], ...]:
    return _keys(mark.label.text if mark.label else "", mark.heading.text) if mark.heading else ()


def _keys(number: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((plain_number(number), plain(words)), ("", plain(number + words)))


def _until(marks: Sequence[Mark], until: str | None) -> int:
    wanted = plain(until)
    places = (index for index, mark in enumerate(marks) if mark.section and plain(mark.line.text).startswith(wanted))
    return next(places, len(marks)) if wanted else len(marks)


def learn(learnt_from: Sequence[Example]) -> dict[str, float]:
    """Return the weights; evidence seen in fewer than three headings gets none."""
    seen = Counter(name for example in learnt_from for name in example.evidence)
    known = {name for name, count in seen.items() if count >= _MIN_COUNT}
    weights: dict[str, float] = defaultdict(float)
    whole = sum(example.weight for example in learnt_from) or 1.0
    for _ in range(ROUNDS):
        slope: dict[str, float] = defaultdict(float)
        for example in learnt_from:
            miss = (example.right - likelihood(example.evidence, weights)) * example.weight
            for name, value in example.evidence.items():
                if name in known:
                    slope[name] += miss * value
        for name in known:
            weights[name] += RATE * (slope[name] / whole * 4 - PENALTY * weights[name])
    return {name: value for name, value in weights.items() if abs(value) >= MIN_WEIGHT}


def judged_rightly(examples_: Sequence[Example], weights: dict[str, float]) -> tuple[float, float]:
    """Return the share of the headings judged rightly, and that without a review, by weight."""
    whole = sum(example.weight for example in examples_) or 1.0
    good = sum(one.weight for one in examples_ if (likelihood(one.evidence, weights) >= 0.5) == one.right)
    return good / whole, sum(one.weight for one in examples_ if one.right) / whole


def report(sources: dict[str, list[Example]]) -> str:
    """Return the module of weights learnt from all sources, under each source's figure with those of the others."""
    lines, weights = judge_by_others(sources, learn, _say)
    return "\n".join([*lines, weights_module("a heading", "heading_fit", weights)])


def _say(own: Sequence[Example], others: dict[str, float]) -> str:
    good, before = judged_rightly(own, others)
    return f"{good:.3f} right with weights of the others, {before:.3f} without"


if __name__ == "__main__":
    sys.stdout.write(report({name: examples(read_clean(read_gold(Path(name)))) for name in sys.argv[1:]}))
