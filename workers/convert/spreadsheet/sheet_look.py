"""What only the look of a sheet shows, whatever format it came in: cells nobody sees, raised digits, struck words.

Rows and columns that are hidden or filtered out, letters in the colour of the paper or of no size, and the number
format that shows nothing (``;;;``) keep text off the page and in the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from schemas.blocks import Block
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.spreadsheet.formats.number_format import Show
from workers.convert.spreadsheet.sheet_blocks import Row, cell_text
from workers.convert.text.notation import without_seams
from workers.convert.word.text_style import NOTHING, TextStyle, as_seen

SMALLEST = 1.0
"""Points; no letter of this size or less can be told."""

_SPARSE = 20_000_000  # cells of a sheet's area from which it must be filled to be read

Place = tuple[int, int]


@dataclass(slots=True)
class SheetLook:
    """How the cells of a sheet look, where they look like anything; rows and columns count from 0.

    Attributes:
        hidden_rows: Rows that no page shows.
        hidden_columns: The same of columns.
        cells: Look of a cell; ``hidden`` where its text is not seen.
        texts: What a cell of several looks shows, in place of its bare text.
        formats: What shows the value of a cell as its number format says.
        beside: Text boxes, comments, page headers and footers.
        sparse: Whether its cells span an area that no memory holds; two in opposite corners are enough for 400 GB.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: dict[Place, TextStyle] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, Show] = field(default_factory=dict)
    beside: list[Block] = field(default_factory=list)
    sparse: bool = False

    @property
    def plain(self) -> bool:
        """Whether the cells are all there is to see."""
        return not (self.hidden_rows or self.hidden_columns or self.cells or self.texts)


def is_sparse(rows: int, columns: int, count: int) -> bool:
    """Return whether so many cells span an area that is not worth its memory."""
    area = rows * columns
    return area > _SPARSE and area > 20 * count


def marked_text(runs: Iterable[tuple[str, TextStyle]]) -> str:
    """Return the text of runs in the notation of what they look like."""
    pieces: list[str] = []
    for text, look in runs:
        pieces.append(as_seen(text, look, pieces))
    return without_seams("".join(pieces))


def shown_row(values: Iterable[object], look: SheetLook, place: Place) -> Row:
    """Return the values of a row as their number formats show them; one that shows nothing stays, and counts as hidden.

    Args:
        values: As they are stored.
        look: Of the sheet.
        place: Row and column of the first value.
    """
    row, first = place
    texts: list[str] = []
    for column, value in enumerate(values, first):
        plain = cell_text(value)
        show = look.formats.get((row, column)) if plain else None
        shown = show(value) if show else None
        if shown == "":
            look.cells[row, column] = replace(look.cells.get((row, column), NOTHING), hidden=True)
        texts.append(shown or plain)
    return tuple(texts)


def divide_rows(rows: list[Row], look: SheetLook, start: Place = (0, 0)) -> tuple[list[Row], list[str]]:
    """Return the rows as they are seen, and the texts of cells nobody sees.

    Args:
        rows: The cells as text.
        look: Of the sheet.
        start: Row and column of the first cell.
    """
    if look.plain:
        return rows, []
    unseen: list[str] = []
    seen = [_seen_row(row, start[0] + index, start[1], look, unseen) for index, row in enumerate(rows)]
    return [row for index, row in enumerate(seen) if start[0] + index not in look.hidden_rows], unseen


def unseen_cells(texts: list[str]) -> list[Block]:
    """Return the block for the texts of cells nobody sees, if there are any."""
    return [Block("\n".join(texts), role="hidden")] if texts else []


def report_unseen(count: int) -> list[Problem]:
    """Return the remark on cells that are no part of the text, if there are any."""
    return [Problem.of("convert", Sentence.of("hidden-cells", count=count))] if count else []


def _seen_row(row: Row, number: int, first: int, look: SheetLook, unseen: list[str]) -> Row:
    gone = number in look.hidden_rows
    cells: list[str] = []
    for column, text in enumerate(row, first):
        style = look.cells.get((number, column))
        if text and (gone or column in look.hidden_columns or (style is not None and style.unseen)):
            unseen.append(text)
            text = ""
        elif text:
            text = look.texts.get((number, column), text)
            text = as_seen(text, style) if style is not None else text
        if column not in look.hidden_columns:
            cells.append(text)
    return tuple(cells)
