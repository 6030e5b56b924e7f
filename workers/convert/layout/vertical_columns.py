"""Columns of a fixed page set vertically: read from the top down and from right to left, side lines apart.

A column is given back as one segment as if its page had been turned a quarter, so that whatever orders lines and joins
paragraphs of horizontal text does the same for vertical text.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from workers.convert.layout.segment import Segment

_ALIGNED = 0.3  # of the font size
_MAX_STEP_LENGTH = 1.7
_MIN_COLUMN_LENGTH = 4
_MAX_IN_ONE = 2  # characters side by side in a column: 10 of 10月
_MOSTLY = 0.6  # share of a page's characters in columns from which the page is set vertically


def turned_columns(segments: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Return segments and those of vertical columns that stand beside horizontal text.

    On a page set vertically the segments are its columns, turned so that they read from left to right, and whatever
    else stands there is beside them.
    """
    columns = [column for column in _columns(segments) if _is_column(column, segments)]
    if not columns:
        return segments, []
    taken = {id(segment) for column in columns for segment in column}
    rest = [segment for segment in segments if id(segment) not in taken]
    turned = [_turned(column) for column in columns]
    inside, total = (sum(len(segment.text) for segment in group) for group in (turned, [*turned, *rest]))
    if inside > _MOSTLY * total and len(columns) > 1:
        return turned, [replace(segment, angle=90) for segment in rest]
    return rest, [replace(segment, angle=270) for segment in turned]


def _columns(segments: list[Segment]) -> list[list[Segment]]:
    """Return runs of single Han characters one below the other."""
    places: dict[int, list[Segment]] = defaultdict(list)
    singles = [s for s in segments if s.angle == 0 and len(s.text) <= _MAX_IN_ONE and s.text[0] > "\u2e7f"]
    for segment in sorted(singles, key=lambda item: -item.y):
        middle = (segment.x0 + segment.x1) / 2
        slot = round(middle / max(_ALIGNED * segment.size, 1.0))
        near = next((key for key in (slot, slot - 1, slot + 1) if key in places), slot)
        places[near].append(segment)
    found: list[list[Segment]] = []
    for stack in places.values():
        begin = 0
        for index in range(1, len(stack) + 1):
            if index == len(stack) or not _follows(stack[index - 1], stack[index]):
                found.append(stack[begin:index])
                begin = index
    return [column for column in found if len(column) >= _MIN_COLUMN_LENGTH]


def _follows(above: Segment, below: Segment) -> bool:
    return 0.5 * above.size < above.y - below.y < _MAX_STEP_LENGTH * above.size


def _is_column(column: list[Segment], segments: list[Segment]) -> bool:
    """Return whether a run is text from the top down, and not a column of a table beside others."""
    own = set(map(id, column))
    others = [segment for segment in segments if id(segment) not in own and segment.angle == 0]
    lines = [segment.y for segment in others if len(segment.text) > _MAX_IN_ONE]
    shared = sum(any(abs(y - member.y) < 0.25 * member.size for y in lines) for member in column)
    steps = [above.y - below.y for above, below in pairwise(column)]
    even = max(steps) - min(steps) < 0.5 * column[0].size
    return shared <= len(column) // 2 and even


def _turned(column: list[Segment]) -> Segment:
    first, last = column[0], column[-1]
    return replace(
        first,
        text="".join(segment.text for segment in column),
        x0=-(first.y + first.size),
        x1=-last.y,
        y=(first.x0 + first.x1) / 2,
        end_size=last.size,
    )
