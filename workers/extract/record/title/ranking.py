"""Chooses the title: the candidate with the strongest evidence, and its probability.

A title stated outside the text (html title, metadata) is one more candidate; properties embedded in a file, often left
over from another document, only ever confirm a line of the page.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.extract.grammar.lines import Line, squeeze
from workers.extract.record.title.candidates import title_candidates
from workers.extract.record.title.evidence import read_page, title_evidence
from workers.extract.record.title.weights import WEIGHTS
from workers.extract.record.title_shape import ends_like_title, without_site

_TELLING = 4
_MIN_COUNT = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the title.

    Attributes:
        text: The title.
        origin: As in ``Evidence``.
        start: Index of its first line; None if it is stated beside the text only.
        stop: Index after its last line.
        line: Its lines, joined.
    """

    text: str
    origin: str
    start: int | None = None
    stop: int = 0
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """The likeliest reading, with its probability among all readings (0 to 1) and its strongest evidence."""

    reading: Reading
    confidence: float
    reasons: tuple[str, ...]


def find_title(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> Title | None:
    """Return the title, or None if there is no candidate; ``stated`` holds (title, origin)."""
    found = readings(lines, stated)
    if not found:
        return None
    shares = [math.exp(_weigh(evidence)) for _, evidence in found]
    best = shares.index(max(shares))
    reading, evidence = found[best]
    return Title(reading, round(shares[best] / sum(shares), 3), _reasons(evidence))


def readings(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> list[tuple[Reading, dict[str, float]]]:
    """Return every reading of the title with its evidence, those of the text first."""
    runs = list(title_candidates(lines))
    page = read_page(lines, stated, top=max((run.stop for run in runs), default=0))
    found = [(Reading(run.line.text, "body", run.start, run.stop, run.line), title_evidence(run, page)) for run in runs]
    seen = {squeeze(run.line.text) for run in runs}
    return [*found, *(one for one in _beside(stated, seen) if not (found and one[0].origin == "embedded"))]


def _beside(stated: Sequence[tuple[str, str]], seen: set[str]) -> Iterator[tuple[Reading, dict[str, float]]]:
    """Yield the stated titles that no run of lines spells, the first of each origin, with their evidence."""
    origins: set[str] = set()
    for title, origin in stated:
        text = without_site(title) if origin == "html_meta" else title
        if origin in origins or squeeze(text) in seen or squeeze(title) in seen:
            continue
        origins.add(origin)
        evidence = {f"only_{origin}": 1.0} | ({"only_kind": 1.0} if ends_like_title(text) else {})
        yield Reading(text, origin), evidence


def _weigh(evidence: dict[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in evidence.items())


def _reasons(evidence: dict[str, float]) -> tuple[str, ...]:
    """Return the names of a reading's strongest evidence, the strongest first."""
    weights = {name: WEIGHTS.get(name, 0.0) * value for name, value in evidence.items()}
    strong = sorted((name for name, weight in weights.items() if weight > _MIN_COUNT), key=lambda name: -weights[name])
    return tuple(strong[:_TELLING])
