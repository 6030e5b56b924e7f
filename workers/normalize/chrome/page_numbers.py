"""Page numbers that a flattened print left behind: as lines of their own, and in the middle of sentences.

A bare number is a page number only as one of a rising row through the document, so amounts, years and spaced-out
digits stay. What the converter already knew to be a footer is gone before.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_DASH = "[-－‐‑–—―─一·•~～]"
_DRESSED = lazy_compile(rf"{_DASH}{{1,3}} ?\d{{1,4}} ?{_DASH}{{1,3}}")
_NAMED = lazy_compile(
    r"第 ?\d{1,4} ?页(?:[ ,，/／、]{0,3}共 ?\d{1,4} ?页)?|共 ?\d{1,4} ?页[ ,，/／、]{0,3}第 ?\d{1,4} ?页"
    r"|[Pp]age ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|\d{1,4} ?[/／] ?\d{1,4}",
)
_FIRST = frozenset("-－‐‑–—―─一·•~～第共Pp")  # first characters of _DRESSED and _NAMED, except digits
_BARE = lazy_compile(r"\d{1,4}")
_INSIDE = lazy_compile(
    r"(?:(?<=[\u4e00-\u9fff]) |(?<=[、，,”’》）)]) ?)(?:[-－–—―─]{1,2} ?)?(\d{1,3})(?: ?[-－–—―─]{1,2})? "
    r"(?=[\u4e00-\u9fff“‘《（(])"
)
_NUMBER_AND_SPACE = lazy_compile(r"\d ?[-－–—―─]{0,2} ")  # within every match of _INSIDE
_MEASURE = lazy_compile(
    r" ?(?:[年月日号时分秒个名人户家条件项次起宗份篇部批类种套处所座台辆间栋亩吨米元万亿倍成分"
    r"%％℃度届期章节款千百余多至到或]|公里|平方)"
)
_MIN_COUNT = 3
_WIDEST_STEP = 3
_SHARE = 0.6  # share of the candidates that must be in the row
_PAGE = 200  # characters between two page numbers at least; numbers of a list stand closer


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number, the line it stands in, its place there and in the whole text."""

    value: int
    line: int
    cut: Cut
    at: int


def remove_page_number_lines(draft: Draft) -> Draft:
    """Take out lines that hold a page number and nothing else: 「— 2 —」, 「- 3 -」, 「第 3 页 共 9 页」.

    These go wherever they stand. 「3/9」 and a bare 「7」 go only as part of a row that rises through the text, since a
    flattened table has lines of numbers too.
    """
    rules = {index: "page_number" for index, line in enumerate(draft.lines) if is_page_number(line)}
    bare = [
        _Candidate(int(number[0]), index, Cut(0, 0), start)
        for index, (line, start) in enumerate(_place(draft))
        if line.kind == "paragraph" and not line.number and (number := _bare(line.text))
    ]
    return draft.drop(rules | {candidate.line: "page_number" for candidate in _row(bare)})


def remove_page_numbers_inside(draft: Draft) -> Draft:
    """Take a row of page numbers out of sentences: 「示范、引 2 领作用」, 「是一项政治性、政 11 策性…的工作」.

    From a plan of Ningxia's government whose pages were run together. A number before a measure word is none, unless
    it is just the one that is missing at its place in the row: 「定 4 期公开」 between 3 and 5.
    """
    found = [
        _Candidate(int(match[1]), index, Cut(*match.span(), "page_number"), start + match.start())
        for index, (line, start) in enumerate(_place(draft))
        if line.kind == "paragraph" and " " in line.text and _NUMBER_AND_SPACE.search(line.text)
        for match in _INSIDE.finditer(line.text)
    ]
    sure = [each for each in found if not _MEASURE.match(draft.lines[each.line].text, each.cut.end)]
    cuts: dict[int, list[Cut]] = {}
    for candidate in _fill(_row(sure), found):
        cuts.setdefault(candidate.line, []).append(candidate.cut)
    index = count()
    return draft.edit(lambda _: cuts.get(next(index), [])) if cuts else draft


def _place(draft: Draft) -> Iterator[tuple[DraftLine, int]]:
    start = 0
    for line in draft.lines:
        yield line, start
        start += len(line.text)


def is_page_number(line: DraftLine) -> bool:
    """Return whether a line is a page number by its form alone: 「— 2 —」, 「第 3 页 共 9 页」."""
    if not 2 <= len(line.text) <= 20 or line.text[0] not in _FIRST or line.kind == "table":
        return False
    named = _NAMED.fullmatch(line.text)
    return bool(_DRESSED.fullmatch(line.text) or (named and not named[0][0].isdigit()))


def _bare(text: str) -> re.Match[str] | None:
    """Return the number at the start of a line that holds nothing but 「7」 or 「3/9」."""
    if not 1 <= len(text) <= 9 or not (_BARE.fullmatch(text) or (text[0].isdigit() and _NAMED.fullmatch(text))):
        return None
    return _BARE.match(text)


def _row(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates that rise as page numbers do: from a small one, in small steps, a page of text apart.

    A page whose number fell between two paragraphs leaves a gap, so steps up to three are allowed.
    """
    row = [candidates[at] for at in _longest_rising([candidate.value for candidate in candidates])]
    if len(row) < _MIN_COUNT or len(row) < _SHARE * len(candidates) or row[0].value > 2 * _WIDEST_STEP:
        return []
    pages = row[-1].value - row[0].value
    if pages > _WIDEST_STEP * (len(row) - 1) or row[-1].at - row[0].at < _PAGE * pages:
        return []
    return row


def _fill(row: Sequence[_Candidate], found: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the row with the candidates that fill its gaps, each the only one of its value where it is missing."""
    filled = list(row)
    gaps = [(before, after) for before, after in pairwise(row) if after.value > before.value + 1]
    places = [candidate.at for candidate in found] if gaps else []
    for before, after in gaps:
        between = found[bisect_right(places, before.at) : bisect_left(places, after.at)]
        times = Counter(candidate.value for candidate in between)
        filled += [each for each in between if before.value < each.value < after.value and times[each.value] == 1]
    return sorted(filled, key=lambda candidate: candidate.at)


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Return the places of a longest strictly rising subsequence, by patience sorting."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1], places[at : at + 1] = [value], [place]
        before.append(places[at - 1] if at else -1)
    row: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]
