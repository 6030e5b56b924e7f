"""Table four of the annual report, 行政复议、行政诉讼情况, if a page has run its cells together.

Fifteen numbers, three groups of five, each group with its total: 「25380363300630003」 is 25 3 8 0 36, 3 3 0 0 6 and
3 0 0 0 3. Read if these three sums leave one reading.
"""

from itertools import product

from workers.extract.statistics.digit_runs import MAX_DIGITS, Cells, cut_with_total
from workers.extract.statistics.requests import StuckRow
from workers.runtime.lazy_regex import lazy_compile

COLUMNS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉")
_HEAD = lazy_compile(
    r"未经复议直接起诉\s*+复议后起诉\s*+(?:结果|维持|纠正|其他|尚未|审结|总计|\s)*+(?P<cells>[0-9][0-9\s]{8,80})(?![0-9.．、])"
)
_WHOLE = len(COLUMNS) * len(GROUPS)


def read_disputes(text: str) -> list[StuckRow]:
    """Return the three groups of table four in ``text``, each with its readings; empty if there is no such table."""
    match = _HEAD.search(text)
    if not match:
        return []
    groups = tuple(match["cells"].split())
    return [
        StuckRow(subject, match.start(), match.start("cells") + len(match["cells"].rstrip()), groups, cells)
        for subject, cells in zip(GROUPS, _readings(groups), strict=True)
    ]


def _readings(groups: tuple[str, ...]) -> list[tuple[Cells, ...]]:
    if len(groups) == _WHOLE:
        numbers = tuple(int(group) for group in groups)
        return [(numbers[start : start + len(COLUMNS)],) for start in range(0, _WHOLE, len(COLUMNS))]
    found = _together("".join(groups)) if len(groups) == 1 else []
    if len(found) != 1:
        return [()] * len(GROUPS)
    return [(cells,) for cells in found[0]]


def _together(digits: str) -> list[tuple[Cells, ...]]:
    """Return every way to cut one run of digits into three groups that each add up."""
    if not _WHOLE <= len(digits) <= MAX_DIGITS:
        return []
    columns = len(COLUMNS)
    ends = range(columns, len(digits) - columns + 1)
    first = {end: cut_with_total([digits[:end]], columns) for end in ends}
    last = {start: cut_with_total([digits[start:]], columns) for start in ends}
    pairs = [(end, start) for end in ends for start in ends if first[end] and last[start] and start - end >= columns]
    return [
        cells
        for end, start in pairs
        for cells in product(first[end], cut_with_total([digits[end:start]], columns), last[start])
    ]
