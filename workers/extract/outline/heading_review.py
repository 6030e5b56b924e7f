"""Looks again at what the rules took for the headings of numbered paragraphs, each among its siblings.

「（二）珠江嘉苑29套，位于…。」 between two that are plainly sentences is a sentence, too: what a heading is shows in
its words, its length, its end, what stands below, and in what stands beside it. What each tells is learnt
(``ops.bench.quality.heading_fit``); a paragraph that has no heading keeps its number and all its text.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.extract.outline.heading_weights import WEIGHTS
from workers.extract.outline.headings import clean_heading
from workers.extract.outline.line_marks import Mark

REVIEWED = frozenset({"digit", "digit_bracketed", "digit_half_bracketed", "circled", "han_bracketed", "han", "decimal"})
_SENTENCE = ("。", "；", ";", "，", "、", "！")
_LONG, _SHORT = 30, 12
_MANY, _MIN_COUNT = 8, 3
UNLIKELY = 0.3


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph with a heading, as an index into the marks, and what speaks for and against the heading."""

    index: int
    evidence: dict[str, float]


def review_headings(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, those headings taken back that are less likely than not."""
    reviewed = list(marks)
    for item in items(marks):
        if likelihood(item.evidence, WEIGHTS) < UNLIKELY:
            reviewed[item.index] = _without_heading(marks[item.index])
    return reviewed


def likelihood(evidence: dict[str, float], weights: dict[str, float]) -> float:
    """Return how likely a heading is one, 0 to 1."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _without_heading(mark: Mark) -> Mark:
    if mark.label is None:
        return mark
    return mark._replace(heading=None, text=mark.line.part(mark.label.end))


def items(marks: Sequence[Mark]) -> Iterator[Item]:
    """Yield each heading that is looked at again, with its evidence."""
    for group in _groups(marks):
        if len(group) < _MIN_COUNT or _are_names(marks, group):
            continue
        beside = _Beside(marks, group)
        for index in group:
            if marks[index].heading is not None and not _is_run_in(marks[index]):
                yield Item(index, {**_own(marks[index]), **_below(marks, index), **beside.evidence(index)})


def _are_names(marks: Sequence[Mark], group: Sequence[int]) -> bool:
    """Tell whether all lines of a group end in the same word (「…收入总表」, 「…支出总表」), or all ask something."""
    ends = {marks[index].line.text[-2:] for index in group}
    return (len(ends) == 1 and ends.pop().isalpha()) or {end[-1:] for end in ends} <= {"？", "?"}


def _is_run_in(mark: Mark) -> bool:
    """Tell whether a heading is the first sentence of its paragraph (「一、统一思想。根据…」), which says itself so."""
    text = mark.text
    return text is not None and mark.line.text[: len(mark.line.text) - len(text.text)].rstrip().endswith("。")


def _groups(marks: Sequence[Mark]) -> list[list[int]]:
    """Return the numbered paragraphs of one form below one section, each group as indices."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    open_sections: list[int] = []
    for index, mark in enumerate(marks):
        if not mark.section:
            continue
        while open_sections and marks[open_sections[-1]].rank >= mark.rank:
            open_sections.pop()
        if mark.label is not None and mark.label.form.name in REVIEWED:
            groups[(open_sections[-1] if open_sections else -1, mark.label.form.name)].append(index)
        open_sections.append(index)
    return list(groups.values())


def _own(mark: Mark) -> dict[str, float]:
    heading = mark.heading.text if mark.heading else ""
    name = mark.label.form.name if mark.label else ""
    line = mark.line.text
    bare = clean_heading(heading)
    whole = mark.text is None
    style = mark.line.style
    found = {
        "always": 1.0,
        f"form_{name}": 1.0,
        "run_in": float(not whole),
        "long": max(0.0, (len(bare) - _LONG) / _LONG),
        "short": max(0.0, (_SHORT - len(bare)) / _SHORT),
        "length": len(bare) / _LONG,
        "ends_stop": float(whole and line.endswith("。")),
        "ends_list": float(whole and line.endswith(("；", ";", "，", "、"))),
        "ends_colon": float(whole and line.endswith(("：", ":"))),
        "ends_bare": float(whole and not line.endswith((*_SENTENCE, "：", ":"))),
        "colon_inside": float("：" in bare or ":" in bare),
        "commas": min(2.0, bare.count("，") + bare.count(",")),
        "pauses": min(2.0, float(bare.count("、"))),
        "digits": min(4.0, float(sum(character.isdigit() for character in bare))) / 4,
        "question": float(heading.rstrip().endswith(("？", "?"))),
        "quotes_law": float("《" in bare),
        "bold": float(bool(style and style.bold)),
    }
    if len(bare) >= 2:
        found |= {f"^{bare[:2]}": 1.0, f"{bare[-2:]}$": 1.0, f"^{bare[0]}": 1.0, f"{bare[-1]}$": 1.0}
    return {key: value for key, value in found.items() if value}


def _below(marks: Sequence[Mark], index: int) -> dict[str, float]:
    below = marks[index + 1] if index + 1 < len(marks) else None
    if below is None:
        return {"end_below": 1.0}
    if not below.section:
        return {"table_below": 1.0} if below.line.table else {"text_below": 1.0}
    if below.rank > marks[index].rank:
        return {"deeper_below": 1.0}
    return {"sibling_below": 1.0} if below.rank == marks[index].rank else {"outer_below": 1.0}


class _Beside:
    """What the siblings of a numbered paragraph look like."""

    def __init__(self, marks: Sequence[Mark], group: Sequence[int]) -> None:
        self._bare = {index: marks[index].heading is None for index in group}
        self._stops = {
            index: marks[index].text is None and marks[index].line.text.endswith(_SENTENCE) for index in group
        }
        self._alone = {index: _is_alone(marks, index) for index in group}
        self._lengths = {index: min(90, len(marks[index].line.text)) for index in group}

    def evidence(self, index: int) -> dict[str, float]:
        """Return the shares of the siblings that have no heading, end as sentences do, and have nothing below."""
        others = len(self._bare) - 1
        found = {
            "siblings_bare": (sum(self._bare.values()) - self._bare[index]) / others,
            "siblings_stop": (sum(self._stops.values()) - self._stops[index]) / others,
            "siblings_alone": (sum(self._alone.values()) - self._alone[index]) / others,
            "siblings_long": (sum(self._lengths.values()) - self._lengths[index]) / others / 90,
            "siblings_many": min(others, _MANY) / _MANY,
        }
        return {name: value for name, value in found.items() if value}


def _is_alone(marks: Sequence[Mark], index: int) -> bool:
    """Tell whether a numbered paragraph is one line with nothing below it that belongs to it."""
    if marks[index].text is not None and marks[index].heading is not None:
        return False
    below = marks[index + 1] if index + 1 < len(marks) else None
    return below is None or (below.section and below.rank <= marks[index].rank)
