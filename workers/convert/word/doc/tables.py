"""Tables of a Word document, put together from the marks that end cells and rows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.blocks import Block, Role
from workers.convert.table_blocks import MAX_COLUMNS, Cell, blank, table_blocks
from workers.convert.word.doc.sprms import RowShape

MAX_DEPTH = 16
# Borders of two rows nearer than this (twentieths of a point) are one border drawn by hand.
_SAME_BORDER = 60


@dataclass(slots=True)
class Table:
    """A table being read."""

    rows: list[tuple[list[Cell], RowShape]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    cell: Cell = field(default_factory=list)

    def end_cell(self) -> None:
        """Take what has been read as a cell."""
        self.row.append(self.cell)
        self.cell = []

    def end_row(self, shape: RowShape) -> None:
        """Take the cells that have been read as a row."""
        if self.cell:
            self.end_cell()
        if self.row:
            self.rows.append((self.row, shape))
        self.row = []


@dataclass(slots=True)
class Tables:
    """The tables open at a place of the text, outermost first, over the blocks outside of them."""

    role: Role
    blocks: list[Block] = field(default_factory=list)
    open: list[Table] = field(default_factory=list)

    def enter(self, depth: int) -> list[Block]:
        """Open or close tables until as many are open; return where the blocks of that place go."""
        depth = min(depth, MAX_DEPTH)
        while len(self.open) > depth:
            table = self.open.pop()
            table.end_row(RowShape())
            target = self.open[-1].cell if self.open else self.blocks
            target.extend(table_blocks(_on_grid(table.rows), self.role))
        while len(self.open) < depth:
            self.open.append(Table())
        return self.open[-1].cell if self.open else self.blocks


def _on_grid(rows: Sequence[tuple[list[Cell], RowShape]]) -> list[list[Cell]]:
    """Return rows of equal columns: cells wider than a column are followed by blanks, continued ones are blank."""
    shown = [[[] if continued else cell for cell, continued in _mark_cells(cells, shape)] for cells, shape in rows]
    borders = _borders([shape for _, shape in rows])
    even = len({len(cells) for cells, _ in rows}) == 1
    if even or len(borders) > MAX_COLUMNS + 1 or any(len(s.edges) <= len(c) for c, s in rows):
        return shown
    return [_spread(cells, shape.edges, borders) for cells, (_, shape) in zip(shown, rows, strict=True)]


def _mark_cells(cells: list[Cell], shape: RowShape) -> list[tuple[Cell, bool]]:
    merged = shape.merged + (False,) * len(cells)
    return list(zip(cells, merged, strict=False))


def _borders(shapes: Sequence[RowShape]) -> list[int]:
    borders: list[int] = []
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if not borders or edge - borders[-1] > _SAME_BORDER:
            borders.append(edge)
    return borders


def _spread(cells: list[Cell], edges: tuple[int, ...], borders: list[int]) -> list[Cell]:
    row: list[Cell] = []
    for cell, left, right in zip(cells, edges, edges[1:], strict=False):
        first, last = (bisect_right(borders, edge) - 1 for edge in (left, right))
        row.extend(blank(max(0, first - len(row))))
        row.append(cell)
        row.extend(blank(max(0, last - len(row))))
    return row
