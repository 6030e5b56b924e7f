"""Learns where a heading ends that lost its line break: ``python -m ops.bench.quality.end_fit TABLE DIR...``.

Each folder holds documents with gold outlines (``gold``). A heading that the gold has, with the first words of its text
behind it and nothing between, is an example; so is each of them with the text of another heading, because either half
says the same beside any other. A softmax over the places (``extract.outline.judgement.ends``), fitted by AdaGrad.
Writes the table and prints, for each folder, how many headings end rightly with a table learnt from all others. The
table holds hashes of up to three characters, no text.
"""

import random
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ops.bench.quality.gold import Gold, read_gold
from ops.bench.quality.heading_fit import judged_headings
from ops.bench.quality.stage_run import read_clean
from schemas.cleaned import Normalized
from workers.extract.outline.judgement.ends import SCALE, SLOTS, SURE, likelihoods, places
from workers.extract.outline.line_marks import Mark

ROUNDS, RATE, PENALTY = 3, 0.25, 0.0005
MIXED = 10
_HEAD, _TAIL, _MIN_TAIL = 30, 30, 10
_LIMIT = 127


class Example(NamedTuple):
    """A numbered paragraph without its line break, where its heading ends, and what it weighs."""

    text: str
    end: int
    weight: float = 1.0


def examples(documents: Iterable[tuple[Gold, Normalized]]) -> list[Example]:
    """Return the examples of documents that have a gold outline, one rendering of each."""
    found: list[Example] = []
    seen: set[str] = set()
    for gold, clean in documents:
        if gold.outline and gold.group not in seen and clean.format not in ("scan", "pdf"):
            seen.add(gold.group)
            found += _read(gold, clean)
    return found


def _read(gold: Gold, clean: Normalized) -> Iterator[Example]:
    for marks, right in judged_headings(gold, clean):
        for index, mark in enumerate(marks):
            if mark.label is not None and mark.heading is not None and index in right:
                tail = _tail(marks, index)
                if len(tail) >= _MIN_TAIL and len(mark.heading.text) <= _HEAD:
                    yield Example(mark.heading.text + tail, len(mark.heading.text))


def _tail(marks: Sequence[Mark], index: int) -> str:
    own = marks[index].text
    if own is not None:
        return own.text[:_TAIL]
    below = marks[index + 1] if index + 1 < len(marks) else None
    return "" if below is None or below.section or below.line.table else below.line.text[:_TAIL]


def mix(found: Sequence[Example], seed: int = 1) -> list[Example]:
    """Return the examples and each heading with the texts of some others."""
    chance = random.Random(seed)
    mixed = [
        Example(one.text[: one.end] + other.text[other.end :], one.end, 1 / MIXED)
        for one in found
        for other in chance.sample(found, min(MIXED, len(found)))
    ]
    return [*found, *mixed]


def learn(found: Sequence[Example]) -> list[float]:
    """Return the weight of each slot."""
    table, squares = [0.0] * SLOTS, [1e-6] * SLOTS
    order = mix(found)
    chance = random.Random(2)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            _step(table, squares, example)
    return table


def _step(table: list[float], squares: list[float], example: Example) -> None:
    shares = likelihoods(example.text, table)
    if example.end not in shares:
        return
    for place, slots in places(example.text):
        slope = ((place == example.end) - shares[place]) * example.weight
        if abs(slope) > 1e-4:
            for slot in slots:
                squares[slot] += slope * slope
                table[slot] += RATE * (slope - PENALTY * table[slot]) / squares[slot] ** 0.5


def end_rightly(found: Sequence[Example], table: Sequence[float]) -> tuple[int, int]:
    """Return how many headings have a confident end, and how many of these ends are right."""
    sure = right = 0
    for example in found:
        shares = likelihoods(example.text, table)
        best = max(shares, key=lambda place: shares[place], default=0)
        if best and shares[best] >= SURE:
            sure += 1
            right += best == example.end
    return sure, right


def pack(table: Sequence[float]) -> bytes:
    """Return the table as the program stores it: a signed byte per slot."""
    return array("b", (max(-_LIMIT, min(_LIMIT, round(value * SCALE))) for value in table)).tobytes()


def report(sources: dict[str, list[Example]]) -> str:
    """Return a line for each source: how its headings end with a table learnt from all others."""
    lines = []
    for name, own in sources.items():
        others = learn([example for other, found in sources.items() if other != name for example in found])
        sure, right = end_rightly(own, others)
        lines.append(f"# {name}: of {len(own)} headings {sure} are sure to end somewhere, {right} of these rightly")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    read = {name: examples(read_clean(read_gold(Path(name)))) for name in sys.argv[2:]}
    sys.stdout.write(report(read))
    Path(sys.argv[1]).write_bytes(pack(learn([example for found in read.values() for example in found])))
