"""Tables as blocks, the same for every word processor's format: rows of cells that hold blocks themselves."""

from collections.abc import Iterator, Sequence

from schemas.blocks import Block, Role

Cell = list[Block]


def blank(count: int) -> Iterator[Cell]:
    """Yield empty cells."""
    for _ in range(count):
        yield []


def table_blocks(rows: Sequence[Sequence[Cell]], role: Role = "body") -> list[Block]:
    """Return a table as one block; its blocks as they are where it has a single column, which is a frame around text.

    Args:
        rows: Cells row by row; a merged cell stands where it begins, the rest of it is blank.
        role: Role of the table.
    """
    width = max((len(row) for row in rows), default=0)
    if width == 1:
        return [block for row in rows for cell in row for block in cell]
    texts = [tuple(_text(cell) for cell in row) + ("",) * (width - len(row)) for row in rows]
    texts = [row for row in texts if any(row)]
    if not texts:
        return []
    flat = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in texts)
    return [Block(flat, kind="table", role=role, rows=tuple(texts))]


def _text(cell: Cell) -> str:
    """Return the text of a cell, a line for each paragraph and for each row of a nested table."""
    return "\n".join(_lines(block) for block in cell)


def _lines(block: Block) -> str:
    if block.kind == "paragraph":
        return block.text
    return "\n".join(" ".join(" ".join(cell.split()) for cell in row if cell) for row in block.rows)
