"""Cuts digits that ran together back into the cells of a row: 15130000154 is 151 3 0 0 0 0 and 154 in total.

A cut counts only if it is the only one that the row's sum, or the number of its digits, allows; otherwise none does.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

Cells = tuple[int, ...]
MAX_DIGITS = 34
_MAX_CUTS = 200


def cut_cells(groups: Sequence[str], columns: int) -> list[Cells]:
    """Return every way to cut ``groups`` of digits into ``columns`` numbers; gaps between groups are cuts already."""
    return _all_cuts(groups, columns, total=False)


def cut_with_total(groups: Sequence[str], columns: int) -> list[Cells]:
    """Return every way to cut ``groups`` into ``columns`` numbers the last of which is the sum of the others."""
    return _all_cuts(groups, columns, total=True)


def _all_cuts(groups: Sequence[str], columns: int, *, total: bool) -> list[Cells]:
    digits = "".join(groups)
    if not columns <= len(digits) <= MAX_DIGITS or len(groups) > columns:
        return []
    ends: list[int] = reduce(lambda found, group: [*found, (found[-1] if found else 0) + len(group)], groups, [])
    found: list[Cells] = []
    cuts = _with_total(digits, columns, frozenset(ends)) if total else _parts(digits, 0, columns, frozenset(ends), None)
    for cells in cuts:
        found.append(cells)
        if len(found) > _MAX_CUTS:
            return []
    return found


def _with_total(digits: str, columns: int, ends: frozenset[int]) -> Iterator[Cells]:
    for start in range(columns - 1, len(digits)):
        if _is_cell(digits, start, len(digits), ends):
            whole = int(digits[start:])
            for cells in _parts(digits[:start], 0, columns - 1, ends, whole):
                yield (*cells, whole)


def _parts(digits: str, start: int, columns: int, ends: frozenset[int], left: int | None) -> Iterator[Cells]:
    """Yield the cuts of ``digits`` from ``start`` on into numbers that add up to ``left``; None for any sum."""
    if columns == 1:
        if start < len(digits) and _is_cell(digits, start, len(digits), ends):
            value = int(digits[start:])
            if left is None or value == left:
                yield (value,)
        return
    for end in range(start + 1, len(digits) - columns + 2):
        if not _is_cell(digits, start, end, ends):
            return
        value = int(digits[start:end])
        if left is not None and value > left:
            return
        for rest in _parts(digits, end, columns - 1, ends, None if left is None else left - value):
            yield (value, *rest)


def _is_cell(digits: str, start: int, end: int, ends: frozenset[int]) -> bool:
    """Return whether a stretch can be one number: no leading zero, no gap inside."""
    return (end - start == 1 or digits[start] != "0") and not any(start < gap < end for gap in ends)
