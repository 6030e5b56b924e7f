"""Tables without rules: rows of a page whose texts begin at the same places, three of them or more, row after row.

A cell of several lines is read as a whole instead of line by line across the columns. Cells are taken to begin at the
top of their row: within one row, what is filled grows less downwards, and a place that is filled anew begins the next.
Columns set to the right or the middle have no such places and stay lines.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workers.convert.layout.reading_order import join_segments, rows_of
from workers.convert.layout.segment import Segment

_APART_EMS = 0.6  # a wider gap parts cells
_ALIGNED_EMS = 0.6
_FULL_EMS = 2.5  # a line that ends this close to the next column may go on below
_MIN_COLUMNS = 3
_MIN_LINES = 6
_MIN_WHOLE = 2  # rows with text in so many columns
_GAP = 1.8  # times the usual distance of two lines

Row = list[Segment]
Cells = dict[int, tuple[float, str]]  # by column: right edge and text of one line


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found on a page.

    Attributes:
        first: Index of its first row on the page.
        end: Index after its last.
        xs: Where its columns begin, and where the last one ends, in points.
        top: Its first baseline.
        rows: Its cells.
    """

    first: int
    end: int
    top: float
    xs: tuple[float, ...]
    rows: list[list[str]]


def parts_of(segments: list[Segment]) -> Iterator[list[Segment] | Aligned]:
    """Yield the segments of a page from top to bottom, parted at its tables without rules, and these tables."""
    rows = rows_of([segment for segment in segments if segment.angle == 0])
    done = 0
    for table in _tables(rows):
        if table.first > done:
            yield [segment for row in rows[done : table.first] for segment in row]
        yield table
        done = table.end
    if not done:
        yield segments
        return
    rest = [segment for row in rows[done:] for segment in row] + [s for s in segments if s.angle != 0]
    if rest:
        yield rest


def _tables(rows: list[Row]) -> Iterator[Aligned]:
    parted = [list(_split_segment(row)) for row in rows]
    index = 0
    while index < len(rows):
        if len(parted[index]) < _MIN_COLUMNS:
            index += 1
            continue
        table = _table(rows, parted, index)
        if table:
            yield table
        index = max(index + 1, table.end if table else 0)


def _split_segment(row: Row) -> Iterator[Row]:
    """Yield the segments of a row, those of one cell together."""
    begin, right = 0, row[0].x1
    for index in range(1, len(row)):
        if row[index].x0 - right > _APART_EMS * row[index].size:
            yield row[begin:index]
            begin = index
        right = max(right, row[index].x1)
    yield row[begin:]


def _table(rows: list[Row], parted: list[list[Row]], seed: int) -> Aligned | None:
    starts = [cell[0].x0 for cell in parted[seed]]
    lines: list[Cells] = []
    end = seed
    while end < len(rows) and (cells := _cells(parted[end], starts)):
        lines.append(cells)
        end += 1
    first = seed
    # Above it only the rest of a row from the page before: what begins at the left edge is a caption or a text.
    while first and (cells := _cells(parted[first - 1], starts)) and 0 not in cells:
        lines.insert(0, cells)
        first -= 1
    heights = [row[0].y for row in rows[first:end]]
    right = max(cells[max(cells)][0] for cells in lines)
    limits = [edge - _FULL_EMS * rows[seed][0].size for edge in (*starts[1:], right)]
    grouped = _group(lines, heights, limits)
    while grouped and set(grouped[-1][-1]) == set(grouped[-1][0]) == {0}:
        end -= len(grouped.pop())
    whole = sum(len(line) >= _MIN_COLUMNS for group in grouped for line in group)
    if end - first < _MIN_LINES or whole < _MIN_WHOLE or len(grouped) == end - first:
        return None
    return Aligned(first, end, heights[0], (*starts, right), [_row(group, len(starts)) for group in grouped])


def _cells(parts: list[Row], starts: list[float]) -> Cells | None:
    """Return the texts of one line by column; None if one begins elsewhere or runs into the next column."""
    cells: Cells = {}
    for part in parts:
        tolerance = _ALIGNED_EMS * part[0].size
        column = bisect_right(starts, part[0].x0 + tolerance) - 1
        right = max(segment.x1 for segment in part)
        follows = starts[column + 1] if column + 1 < len(starts) else float("inf")
        if column < 0 or column in cells or part[0].x0 - starts[column] > tolerance or right > follows + tolerance:
            return None
        cells[column] = (right, join_segments(part))
    return cells


def _group(lines: list[Cells], heights: list[float], limits: list[float]) -> list[list[Cells]]:
    """Group the lines to rows of the table.

    Args:
        lines: From top to bottom.
        heights: Their baselines.
        limits: For each column, how far a line reaches that may go on in the next.
    """
    steps = sorted(above - below for above, below in pairwise(heights))
    usual = steps[len(steps) // 2] if steps else 0.0
    grouped = [[lines[0]]]
    for index in range(1, len(lines)):
        before, line = grouped[-1][-1], lines[index]
        shared = before.keys() & line.keys()
        ended = 0 in shared and any(before[column][0] < limits[column] for column in shared)
        anew = not line.keys() <= before.keys()
        if ended or anew or heights[index - 1] - heights[index] > _GAP * usual:
            grouped.append([line])
        else:
            grouped[-1].append(line)
    return grouped


def _row(group: list[Cells], columns: int) -> list[str]:
    return ["".join(line[column][1] for line in group if column in line) for column in range(columns)]
