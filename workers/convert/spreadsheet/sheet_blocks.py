"""Rows of a sheet, whatever format it came in, as blocks: what stands above and below the table apart from it."""

import math
from collections.abc import Iterator
from typing import Literal

from schemas.blocks import Block, Role, Style

MAX_CELLS = 2_000_000
"""Cells of a document that are read; a sheet beyond them is cut and said to be."""

_MAX_CELL_LENGTH = 32_767  # of a spreadsheet's own

Row = tuple[str, ...]


def sheet_blocks(name: str | None, rows: list[Row], *, visible: bool = True) -> Iterator[Block]:
    """Yield the name of a sheet as a heading, the lines above its table, the table, and the lines below.

    Args:
        name: Of the sheet; None if there is only one without a name.
        rows: Its cells as text; a cell that a merged one covers is empty.
        visible: Whether a reader of the file sees the sheet.
    """
    role: Role = "body" if visible else "hidden"
    rows = [row for row in rows if any(row)]
    if name and rows:
        yield Block(name, role=role, style=Style(heading_level=1, name="sheet"))
    above = _lines(rows, 1)
    below = _lines(rows[above:], -1)
    table = rows[above : len(rows) - below]
    yield from (_line(row, role, "center" if index == 0 else None) for index, row in enumerate(rows[:above]))
    if table:
        yield _table(table, role)
    yield from (_line(row, role) for row in rows[len(rows) - below :])


def cell_text(value: object) -> str:
    """Return a value as text: whole numbers without a point, dates in ISO 8601."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value.strip()[:_MAX_CELL_LENGTH]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # A number of 16 digits and more is a card or an account: all of them count.
        return f"{value:.15g}" if abs(value) < 1e15 or not math.isfinite(value) else f"{value:.0f}"
    return str(value)


def _lines(rows: list[Row], step: Literal[1, -1]) -> int:
    """Return how many rows from the start (or end) hold one cell only: titles, units, notes."""
    count = 0
    for row in rows[::step]:
        if sum(1 for cell in row if cell) != 1:
            break
        count += 1
    return count


def _line(row: Row, role: Role, align: Literal["center"] | None = None) -> Block:
    return Block(next(cell for cell in row if cell), role=role, style=Style(align=align) if align else None)


def _table(rows: list[Row], role: Role) -> Block:
    used = [column for column, cells in enumerate(zip(*_even(rows), strict=True)) if any(cells)]
    kept = [tuple(row[column] for column in used) for row in _even(rows)]
    text = "\n".join("\t".join(_flat(cell) for cell in row) for row in kept)
    return Block(text, kind="table", role=role, rows=tuple(kept))


def _even(rows: list[Row]) -> list[Row]:
    width = max(len(row) for row in rows)
    return [row if len(row) == width else row + ("",) * (width - len(row)) for row in rows]


def _flat(cell: str) -> str:
    return " ".join(cell.split()) if "\n" in cell or "\t" in cell else cell
