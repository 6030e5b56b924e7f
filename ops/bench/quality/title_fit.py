"""Learns the weight of each piece of evidence for a title: ``python -m ops.bench.quality.title_fit DIR...``.

Each folder holds documents with gold (``gold``). Of all readings of a document's title those its gold takes are right;
the weights are those under which the right ones together have the highest probability (a softmax over the readings,
fitted by gradient descent, all documents weighing the same however many files render them). What documents say nothing
about stays what a reader would say before having seen any (``EXPECTED``): the penalty is on the distance from that.
Prints ``workers/extract/record/title/weights.py`` and, for each folder, how many titles come first with weights learnt
from all other folders.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ops.bench.quality.gold import Gold, read_gold
from ops.bench.quality.sameness import same
from ops.bench.quality.stage_run import read_clean
from ops.bench.quality.weights import judge_by_others, weights_module
from schemas.cleaned import Normalized
from workers.extract.articles.boundaries import split_articles
from workers.extract.grammar.lines import read_lines
from workers.extract.record.head import cut_notes
from workers.extract.record.stated_title import stated_titles
from workers.extract.record.title.ranking import readings

ROUNDS, RATE, PENALTY = 300, 0.5, 0.05
EXPECTED = {
    "size_above_text": 2.0,
    "size_largest": 1.5,
    "centred": 1.0,
    "bold": 0.5,
    "heading_style": 1.0,
    "first": 0.8,
    "second": 0.3,
    "later": -2.0,
    "far_down": -2.0,
    "kind": 1.5,
    "about": 0.5,
    "year": 0.3,
    "organ_first": 0.3,
    "stated_html_meta": 2.5,
    "begins_html_meta": 2.0,
    "site_html_meta": -2.0,
    "stated_meta_table": 2.5,
    "stated_publish_line": 2.5,
    "stated_embedded": 1.0,
    "holds_html_meta": 0.5,
    "part_of_html_meta": 0.3,
    "part_of_embedded": 0.2,
    "holds_embedded": 0.3,
    "only_html_meta": 1.0,
    "only_meta_table": 2.0,
    "only_publish_line": 3.0,
    "only_subject_line": 5.0,
    "only_kind": 1.5,
    "said_again": 0.5,
    "table_below": 0.3,
    "record_below": 0.3,
    "section_below": 0.3,
    "addressee_below": 0.5,
    "below_letterhead": 0.8,
    "below_annex": 0.8,
    "in_table": 0.0,
    "sheet_name": -3.0,
    "right_aligned": -1.5,
    "size_below_text": -1.5,
    "sizes_differ": -1.0,
    "weights_differ": -0.7,
    "alignments_differ": -1.5,
    "organ_alone": -2.5,
    "short": -1.5,
    "long": -1.5,
    "few_han": -2.0,
    "colon_inside": -1.0,
    "unfinished": -2.5,
    "begins_unlike": -2.5,
    "bracketed": -1.5,
    "several_words": -1.0,
    "page_later": -1.0,
    "cuts_above": -2.0,
    "cuts_below": -2.0,
    "kind_inside": -2.0,
    "organ_inside": -2.0,
    "line_two": -0.2,
    "line_more": -0.8,
    "organ_below": -0.3,
    "text_below": 0.2,
    "begins_dated": -1.5,
    "ends_dated": -1.5,
    "bracketed_line": -0.7,
    "fuller_above": -2.0,
    "below_number": 0.8,
    "short_last": -2.0,
    "bare_below_organ": -2.0,
    "goes_on_below": -3.0,
    "leaves_bare": -2.5,
    "masthead": -2.5,
    "fuller_below": -2.5,
}


class Example(NamedTuple):
    """One document: the evidence of each reading, which are right, and what the document weighs."""

    evidence: list[dict[str, float]]
    right: list[bool]
    weight: float


def examples(documents: Iterable[tuple[Gold, Normalized]]) -> list[Example]:
    """Return the examples in documents: those with a right and a wrong reading."""
    documents = list(documents)
    renderings = Counter(gold.group for gold, _ in documents)
    found = []
    for gold, clean in documents:
        part = split_articles(read_lines(clean))[0]
        lines = cut_notes(part.lines)
        read = readings(lines, stated_titles(lines, clean.clues))
        right = [any(same(title, reading.text) for title in gold.accept.get("title", ())) for reading, _ in read]
        if any(right) and not all(right):
            found.append(Example([evidence for _, evidence in read], right, 1 / renderings[gold.group]))
    return found


def learn(learnt_from: Sequence[Example]) -> dict[str, float]:
    """Return the weights under which the right readings are the most likely."""
    weights: dict[str, float] = defaultdict(float, EXPECTED)
    whole = sum(example.weight for example in learnt_from) or 1.0
    for _ in range(ROUNDS):
        slope: dict[str, float] = defaultdict(float)
        for example in learnt_from:
            _add_slope(slope, example, weights)
        for name in set(slope) | set(weights):
            weights[name] += RATE * (slope[name] / whole - PENALTY * (weights[name] - EXPECTED.get(name, 0.0)))
    return dict(weights)


def _add_slope(slope: dict[str, float], example: Example, weights: dict[str, float]) -> None:
    shares = [math.exp(score(evidence, weights)) for evidence in example.evidence]
    whole = sum(shares)
    right = sum(share for share, good in zip(shares, example.right, strict=True) if good)
    for share, good, evidence in zip(shares, example.right, example.evidence, strict=True):
        pull = (share / right if good else 0.0) - share / whole
        for name, value in evidence.items():
            slope[name] += example.weight * pull * value


def score(evidence: dict[str, float], weights: dict[str, float]) -> float:
    """Return the sum of the evidence, clipped to the range of an exponential."""
    return max(-30.0, min(30.0, sum(weights.get(name, 0.0) * value for name, value in evidence.items())))


def first_right(judged: Sequence[Example], weights: dict[str, float]) -> tuple[float, float]:
    """Return the weight of the examples whose most likely reading is right, and that of all."""
    right = 0.0
    for example in judged:
        scores = [score(evidence, weights) for evidence in example.evidence]
        right += example.weight * example.right[scores.index(max(scores))]
    return right, sum(example.weight for example in judged)


def report(sources: dict[str, list[Example]]) -> str:
    """Return the module of weights learnt from all sources, under each source's figure with those of the others."""
    lines, weights = judge_by_others(sources, learn, _say)
    return "\n".join([*lines, weights_module("a title", "title_fit", weights)])


def _say(own: Sequence[Example], others: dict[str, float]) -> str:
    right, whole = first_right(own, others)
    return f"{right:.1f} of {whole:.1f} first with weights learnt from the others"


if __name__ == "__main__":
    sys.stdout.write(report({name: examples(read_clean(read_gold(Path(name)))) for name in sys.argv[1:]}))
