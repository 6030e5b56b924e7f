"""Numbers of ordered lists as Markdown shows them: counted on from the first (CommonMark 0.31, 5.3)."""

import re
from typing import NamedTuple

from workers.convert.text.md_code import fence_after

_ITEM = re.compile(r"([ \t]*)(\d{1,9})([.)])([ \t]+)")
_CODE_INDENT = 4


class _List(NamedTuple):
    """A list that may go on: the column its items' text begins in, the mark behind its numbers, the last number."""

    column: int
    mark: str
    number: int


def count_lists(text: str) -> str:
    """Return a text with every item of an ordered list bearing the number that is shown.

    A line that is not indented ends a list, since Chinese authors end paragraphs with one line end.
    """
    lines = text.split("\n")
    lists: list[_List] = []
    fence = ""
    for place, line in enumerate(lines):
        before, fence = fence, fence_after(line, fence)
        if before or fence:
            lists = lists if line.startswith(("  ", "\t")) or before else []
        elif (item := _ITEM.match(line)) and _is_item(item, lists):
            lists = _count_item(item, lists)
            lines[place] = f"{item[1]}{lists[-1].number}{line[item.end(2) :]}"
        elif line.strip() and not line.startswith(("  ", "\t")):
            lists = []
    return "\n".join(lines)


def _is_item(item: re.Match[str], lists: list[_List]) -> bool:
    """Return whether a line is an item: not so far indented that it is code."""
    return _width(item[1]) < (lists[-1].column if lists else 0) + _CODE_INDENT


def _count_item(item: re.Match[str], lists: list[_List]) -> list[_List]:
    """Return the lists that may go on after an item, its own last."""
    indent = _width(item[1])
    outer = [outer for outer in lists if outer.column <= indent]
    same = lists[len(outer)] if len(outer) < len(lists) else None
    number = same.number + 1 if same and same.mark == item[3] else int(item[2])
    padding = _width(item[4])
    column = indent + len(item[2]) + 1 + (padding if padding <= _CODE_INDENT else 1)
    return [*outer, _List(column, item[3], number)]


def _width(blank: str) -> int:
    return len(blank.expandtabs(_CODE_INDENT))
