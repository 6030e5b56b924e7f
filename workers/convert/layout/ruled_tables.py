"""Segments inside a ruled grid to a table of cells, and tables that a page break cut put together again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from workers.convert.layout.aligned_tables import Aligned, parts_of
from workers.convert.layout.raised_digits import settle_raised
from workers.convert.layout.reading_order import TextLine, lines_of
from workers.convert.layout.ruled_grids import Grid, Rule
from workers.convert.layout.segment import Segment
from workers.convert.layout.text_frames import without_frames
from workers.convert.layout.vertical_columns import turned_columns

_NEAR = 3  # points; rules no farther from an edge of a cell rule it


@dataclass(slots=True)
class Table:
    """A table, ruled or aligned.

    Attributes:
        rows: Cells row by row; a merged cell's text stands in its first field, the others it covers are empty.
        xs: Edges of its columns in points.
        top: Its upper edge.
        page: 1-based page it starts on.
        last_page: Page it ends on.
    """

    rows: list[list[str]]
    xs: tuple[float, ...]
    top: float
    page: int
    last_page: int


class Cutter(Protocol):
    """Where the characters of a page stand."""

    def cut(self, segment: Segment, places: list[float]) -> list[Segment]:
        """Return the parts of a segment between the given places, in points from the left."""


def items_of(segments: list[Segment], grids: list[Grid], text: Cutter, *, page: int) -> list[TextLine | Table]:
    """Return the lines and tables of a page in reading order; each table parts what is above it from what is below."""
    items: list[TextLine | Table] = []
    segments = settle_raised(segments)
    for grid in without_frames(grids, segments):
        inside = [segment for segment in segments if segment.angle == 0 and _inside(grid, segment)]
        if not inside:
            continue
        taken = {id(segment) for segment in inside}
        rest = [segment for segment in segments if id(segment) not in taken]
        above = [segment for segment in rest if segment.y > grid.ys[0]]
        items.extend(_without_rules(above, page))
        items.append(table_of(grid, cut_at_rules(grid, inside, text), page=page))
        segments = [segment for segment in rest if segment.y <= grid.ys[0]]
    items.extend(_without_rules(segments, page))
    return items


def _without_rules(segments: list[Segment], page: int) -> Iterator[TextLine | Table]:
    segments, beside = turned_columns(segments)
    for part in parts_of(segments):
        if isinstance(part, Aligned):
            yield Table(part.rows, part.xs, part.top, page, page)
        else:
            yield from lines_of(part, page=page)
    yield from lines_of(beside, page=page)


def _inside(grid: Grid, segment: Segment) -> bool:
    return grid.holds((segment.x0 + segment.x1) / 2, segment.y + 0.3 * segment.size)


def table_of(grid: Grid, segments: list[Segment], *, page: int) -> Table:
    """Return the table ``grid`` draws around ``segments``."""
    roots = _merged_cells(grid)
    inside: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        row = _between([-y for y in grid.ys], -(segment.y + 0.3 * segment.size))
        column = _between(list(grid.xs), (segment.x0 + segment.x1) / 2)
        inside[roots[row, column]].append(segment)
    rows = [
        [_text(inside[row, column]) if (row, column) in inside else "" for column in range(len(grid.xs) - 1)]
        for row in range(len(grid.ys) - 1)
    ]
    return Table([row for row in rows if any(row)], grid.xs, grid.ys[0], page, page)


def cut_at_rules(grid: Grid, segments: list[Segment], text: Cutter) -> list[Segment]:
    """Return the segments with those that run across a vertical rule cut there."""
    cut: list[Segment] = []
    for segment in segments:
        crossed = [
            rule.at
            for rule in grid.down
            if segment.x0 + 2 < rule.at < segment.x1 - 2 and rule.start < segment.y + 0.3 * segment.size < rule.end
        ]
        cut.extend(text.cut(segment, sorted(crossed)) if crossed else [segment])
    return cut


def continue_table(before: Table, table: Table) -> bool:
    """Return whether ``table`` is the rest of ``before``, and if so add its rows to it.

    A header row repeated on the new page is dropped; a row without its first cell is the rest of the row before.
    """
    same = len(before.xs) == len(table.xs) and all(abs(a - b) < 3 for a, b in zip(before.xs, table.xs, strict=True))
    if not same or table.page != before.last_page + 1:
        return False
    rows = table.rows[1:] if table.rows and table.rows[0] == before.rows[0] else table.rows
    if rows and before.rows and not rows[0][0] and before.rows[-1][0]:
        before.rows[-1] = [a + b for a, b in zip(before.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    before.rows.extend(rows)
    before.last_page = table.last_page
    return True


def _merged_cells(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each field of the grid the first field of the cell it belongs to."""
    roots: dict[tuple[int, int], tuple[int, int]] = {}
    near_columns = [[rule for rule in grid.down if abs(rule.at - x) < _NEAR] for x in grid.xs]
    for row in range(len(grid.ys) - 1):
        middle = (grid.ys[row] + grid.ys[row + 1]) / 2
        near_row = [rule for rule in grid.across if abs(rule.at - grid.ys[row]) < _NEAR]
        for column in range(len(grid.xs) - 1):
            center = (grid.xs[column] + grid.xs[column + 1]) / 2
            root = (row, column)
            if column and not _is_ruled(near_columns[column], middle):
                root = roots[row, column - 1]
            elif row and not _is_ruled(near_row, center):
                root = roots[row - 1, column]
            roots[row, column] = root
    return roots


def _is_ruled(rules: list[Rule], along: float) -> bool:
    return any(rule.start - 1 <= along <= rule.end + 1 for rule in rules)


def _between(edges: list[float], value: float) -> int:
    """Return the index of the interval of ascending ``edges`` that holds ``value``, the nearest where none does."""
    for index in range(1, len(edges) - 1):
        if value < edges[index]:
            return index - 1
    return len(edges) - 2


def _text(segments: list[Segment]) -> str:
    text = ""
    for line in lines_of(segments, page=0, columns=False):
        ascii_meet = text[-1:].isascii() and text[-1:].isalnum() and line.text[0].isascii() and line.text[0].isalnum()
        text += (" " if text and ascii_meet else "") + line.text
    return text
