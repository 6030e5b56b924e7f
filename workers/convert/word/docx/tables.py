"""Tables of WordprocessingML on their grid: a merged cell stands once, where it begins, and is blank elsewhere."""

from collections.abc import Callable, Iterator

from schemas.blocks import Block
from workers.convert.table_blocks import MAX_COLUMNS, Cell, blank
from workers.convert.word.docx.wml import MC, Element, W, choose_alternative, number, value

_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table that tracked changes leave standing."""
    for row in _within(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            yield row


def cells_of(row: Element, read: Callable[[Element], list[Block]]) -> Iterator[Cell]:
    """Yield the cells of a row, one for each column of the grid.

    Args:
        row: A ``w:tr``.
        read: Returns the blocks inside a ``w:tc``; called in reading order, also for cells that are not shown, since
            lists count on in them.
    """
    before = number(row.find(W + "trPr"), W + "gridBefore")
    yield from blank(min(max(before or 0, 0), MAX_COLUMNS))
    for cell in _within(row, W + "tc"):
        blocks = read(cell)
        properties = cell.find(W + "tcPr")
        if properties is None:
            yield blocks
            continue
        if properties.find(W + "cellDel") is not None:
            continue
        yield [] if _continues(properties) else blocks
        yield from blank(min(max(number(properties, W + "gridSpan") or 1, 1), MAX_COLUMNS) - 1)


def _continues(properties: Element) -> bool:
    return any(
        properties.find(W + name) is not None and value(properties, W + name) != "restart"
        for name in ("vMerge", "hMerge")
    )


def _within(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)
        elif child.tag == MC + "AlternateContent":
            branch = choose_alternative(child)
            if branch is not None:
                yield from _within(branch, tag)
