"""Reviews the headings that the rules found in numbered paragraphs, each among its siblings.

「（二）珠江嘉苑29套，位于…。」 between two that are plainly sentences is a sentence, too; so is
「2.经办机构将审核。…」, though it could be the heading of what follows. What tells them apart is learnt from documents
whose outline is known (``ops.bench.quality.heading_fit``); a paragraph that has no heading keeps its number and all its
text.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.extract.outline.annual_report import format_heading_end
from workers.extract.outline.judgement.evidence import Evidence, read_evidence, tells_of_acts
from workers.extract.outline.judgement.weights import WEIGHTS
from workers.extract.outline.line_marks import Mark
from workers.runtime.lazy_regex import lazy_compile

REVIEWED = frozenset({"digit", "digit_bracketed", "digit_half_bracketed", "circled", "han_bracketed", "han", "decimal"})
UNLIKELY, UNLIKELY_OF_FEW, _SENTENCES = 0.4, 0.06, 0.42
_FEW = 3
_NOTHING_BELOW = frozenset({"sibling_below", "outer_below"})
_TELLING = frozenset({"adverbial", "charge", "date", "digits", "duty"})
_SIBLINGS_TELLING = frozenset({"siblings_adverbial", "siblings_date", "siblings_digits", "siblings_duty"})
_RUN_IN = frozenset({"siblings_run_in_sentence"})
_FIGURES = frozenset({"form_digit", "form_decimal"})
_MOST = 0.5
_EXPLAINS = lazy_compile("[：:](?:是?指|即)")
_PLAIN = lazy_compile(r"\s?[一-鿿、“”]{2,16}$")


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph with a heading.

    Attributes:
        index: Into the marks.
        evidence: For and against the heading.
        few: Whether it has at most one sibling, which is little evidence.
        counts_on: Whether it is a sentence in a count that goes on over headings, as paragraphs of Hong Kong do.
    """

    index: int
    evidence: Evidence
    few: bool
    counts_on: bool = False


def review_headings(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks without the headings that are unlikely."""
    reviewed = list(marks)
    for item in items(marks, doubtful=True):
        if _is_prescribed(marks[item.index]):
            continue
        likely = likelihood(item.evidence, WEIGHTS) >= _least(item)
        if not likely or item.counts_on or _says_all(item, marks[item.index]):
            reviewed[item.index] = _without_heading(marks[item.index])
    return reviewed


def _is_prescribed(mark: Mark) -> bool:
    """Return whether a heading is one of the six of an annual report, however it sounds: 「其他需要报告的事项」."""
    return mark.heading is not None and format_heading_end(mark.heading.text) == len(mark.heading.text)


def _least(item: Item) -> float:
    """Return how likely a heading must be.

    Little is enough for one of two, unless both are sentences by themselves behind figures: 「1.开展阅读推广活动。」.
    """
    evidence = item.evidence
    if not item.few:
        return UNLIKELY
    stopped = "ends_stop" in evidence and not _FIGURES.isdisjoint(evidence)
    sentences = stopped and min(evidence.get(name, 0.0) for name in ("siblings_stop", "siblings_alone")) >= _MOST
    return _SENTENCES if sentences else UNLIKELY_OF_FEW


def likelihood(evidence: Evidence, weights: dict[str, float]) -> float:
    """Return the probability that a heading is real, 0 to 1."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _says_all(item: Item, mark: Mark) -> bool:
    """Return whether a paragraph is one sentence with nothing below that belongs to it, as its siblings are.

    「三、清明节：4月5日放假。」 names its subject before a colon; 「财政拨款收入：指…。」 explains a word. One of two
    that says nothing of duties or figures (「(一)加强管理。」) may be a topic.
    """
    evidence = item.evidence
    if "ends_stop" not in evidence or ("colon_inside" in evidence and not _EXPLAINS.search(mark.line.text)):
        return False
    if "lone_alone" in evidence:
        return True
    nothing_below = not _NOTHING_BELOW.isdisjoint(evidence)
    if nothing_below and not _TELLING.isdisjoint(evidence):
        return True
    alike = evidence.get("siblings_stop", 0.0) >= _MOST and _RUN_IN.isdisjoint(evidence)
    told = not item.few or not _SIBLINGS_TELLING.isdisjoint(evidence)
    return alike and told and (nothing_below or evidence.get("siblings_alone", 0.0) >= _MOST)


def _without_heading(mark: Mark) -> Mark:
    if mark.label is None:
        return mark
    return mark._replace(heading=None, text=mark.line.part(mark.label.end))


def items(marks: Sequence[Mark], *, doubtful: bool = False) -> Iterator[Item]:
    """Yield each heading under review, with its evidence; with ``doubtful`` not those that are sure to stay."""
    for group in _groups(marks):
        if not _are_names(marks, group) and not (doubtful and _are_plain(marks, group)):
            for index, evidence in read_evidence(marks, group).items():
                yield Item(index, evidence, len(group) < _FEW, counts_on=_counts_on(marks, group, index))


def _counts_on(marks: Sequence[Mark], group: Sequence[int], index: int) -> bool:
    """Return whether a paragraph of one sentence is among those whose figures do not begin with 1 below a heading."""
    first, mark = marks[group[0]].label, marks[index]
    begun = first is None or first.form.name != "digit" or first.value <= 1
    return not begun and mark.text is None and mark.line.text.endswith("。")


def _are_names(marks: Sequence[Mark], group: Sequence[int]) -> bool:
    """Return whether all lines of a group end in the same word (「…收入总表」, 「…支出总表」), or all ask something."""
    if len(group) < _FEW:
        return False
    if any(_is_clause_of_sentence(marks[index].line.text) for index in group):
        return False
    ends = {marks[index].line.text[-2:] for index in group}
    return (len(ends) == 1 and ends.pop().isalpha()) or {end[-1:] for end in ends} <= {"？", "?"}


def _is_clause_of_sentence(text: str) -> bool:
    """Return whether a line has a comma and asks nothing: 「…签订合同的，可由当事人办理登记手续」 is no name."""
    return "，" in text and text[-1] not in "？?"


def _are_plain(marks: Sequence[Mark], group: Sequence[int]) -> bool:
    """Return whether all lines of a group are short names without marks or words of a sentence."""
    return all(map(_is_plain, (marks[index] for index in group)))


def _is_plain(mark: Mark) -> bool:
    text = mark.line.text
    if mark.heading is None or mark.text is not None or mark.label is None:
        return False
    return bool(_PLAIN.match(text, mark.label.end)) and not tells_of_acts(mark.heading.text)


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
