"""Finds tables that a text file holds as one cell a line (序号 / 项目 / 1 / …), whose cells are no headings."""

from collections.abc import Sequence

from workers.extract.lines import Line

_OPENERS = frozenset({"序号", "编号"})
_REACH = 14
_LAST_ROW = 8


def cell_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines that are cells: from 序号 on, as far as bare row numbers keep coming."""
    cells: set[int] = set()
    index = 0
    while index < len(lines):
        if lines[index].text in _OPENERS and not lines[index].table:
            last = _last_row_number(lines, index)
            if last > index:
                end = min(len(lines), last + _LAST_ROW)
                cells.update(range(index, end))
                index = last
        index += 1
    return frozenset(cells)


def _last_row_number(lines: Sequence[Line], start: int) -> int:
    last = index = start
    while index < min(len(lines), last + _REACH):
        text = lines[index].text
        if len(text) <= 3 and text.isdecimal():
            last = index
        index += 1
    return last
