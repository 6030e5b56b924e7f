"""Finds tables that a text file holds as one cell a line (序号 / 项目 / 1 / …) or one row a line: no headings there."""

from collections.abc import Sequence

from workers.extract.grammar.lines import Line
from workers.runtime.lazy_regex import lazy_compile

_OPENER = lazy_compile(r"(?:序号|编号)(?:\s|$)")
_ROW_NUMBER = lazy_compile(r"[0-9]{1,3}(?:\s|$)")
_REACH = 14
_LAST_ROW = 8
_BARE = 3


def cell_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines that are cells: from 序号 on, as far as bare row numbers keep coming."""
    cells: set[int] = set()
    index = 0
    while index < len(lines):
        if lines[index].text[1:2] == "号" and not lines[index].table and _OPENER.match(lines[index].text):
            last = _last_row_number(lines, index)
            if last > index:
                end = min(len(lines), last + (_LAST_ROW if len(lines[last].text) <= _BARE else 1))
                cells.update(range(index, end))
                index = last
        index += 1
    return frozenset(cells)


def _last_row_number(lines: Sequence[Line], start: int) -> int:
    last = index = start
    while index < min(len(lines), last + _REACH):
        text = lines[index].text
        if _ROW_NUMBER.match(text):
            last = index
        index += 1
    return last
