"""Tables as blocks, the same for every word processor's format: rows of cells that hold blocks themselves."""

from collections.abc import Iterator, Sequence

from schemas.blocks import Block, Role

Cell = list[Block]

MAX_COLUMNS = 63
"""Columns of the widest table a word processor makes; wider rows stay as they are."""


def blank(count: int) -> Iterator[Cell]:
    """Yield empty cells."""
    for _ in range(count):
        yield []


def table_blocks(rows: Sequence[Sequence[Cell]], role: Role = "body") -> list[Block]:
    """Return a table as one block, followed by what hangs in it and is not of its role (notes, hidden text).

    A table of a single column is a frame around running text: its blocks are returned as they are.

    Args:
        rows: Cells row by row; a merged cell stands where it begins, the rest of it is blank.
        role: Role of the table.
    """
    width = max((len(row) for row in rows), default=0)
    if width == 1:
        return [block for row in rows for cell in row for block in cell]
    padded = min(width, MAX_COLUMNS)
    texts = [tuple(_text(cell, role) for cell in row) + ("",) * (padded - len(row)) for row in rows]
    texts = [row for row in texts if any(row)]
    hanging = [block for row in rows for cell in row for block in cell if block.role != role]
    if not texts:
        return hanging
    flat = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in texts)
    return [Block(flat, kind="table", role=role, rows=tuple(texts)), *hanging]


def _text(cell: Cell, role: Role) -> str:
    """Return the text of a cell, a line for each paragraph and for each row of a nested table."""
    return "\n".join(_lines(block) for block in cell if block.role == role)


def _lines(block: Block) -> str:
    if block.kind == "paragraph":
        return block.text
    return "\n".join(" ".join(" ".join(cell.split()) for cell in row if cell) for row in block.rows)
