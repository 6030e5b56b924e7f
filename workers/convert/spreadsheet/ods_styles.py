"""What the styles of an ods change of what is read: columns that are hidden, looks of cells and of words in them.

ODF 1.3 part 3, 16.2 (styles of cells, columns and text), 19.749 ``table:visibility``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workers.convert.package.zip_parts import Element
from workers.convert.spreadsheet.sheet_look import marked_text
from workers.convert.word.odt.odf import DRAW, FO, OFFICE, STYLE, TABLE, TEXT, count
from workers.convert.word.odt.styles import run_look
from workers.convert.word.text_style import NOTHING, TextStyle, is_pale, overlay

_SILENT = frozenset({OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "ruby-text"})  # comments and readings
_STYLED = TEXT + "span"
_MOST_COLUMNS = 16_384
_MOST_SPACES = 100
_FAMILIES = frozenset({"table-cell", "text"})


@dataclass(slots=True)
class CellLooks:
    """The looks of cells and of words by the names of their styles, those only that change what is read."""

    cells: dict[str, TextStyle] = field(default_factory=dict)
    words: dict[str, TextStyle] = field(default_factory=dict)

    def of(self, cell: Element) -> TextStyle | None:
        """Return the look of a cell, None if it looks like nothing."""
        return self.cells.get(cell.get(TABLE + "style-name", "")) if self.cells else None

    def text(self, cell: Element) -> str:
        """Return the text of a cell, its paragraphs line by line."""
        lines = cell.iterfind(TEXT + "p")
        return "\n".join(marked_text(self._runs(line, NOTHING)) if len(line) else (line.text or "") for line in lines)

    def _runs(self, element: Element, look: TextStyle) -> Iterator[tuple[str, TextStyle]]:
        yield element.text or "", look
        for child in element:
            if child.tag == TEXT + "s":
                yield " " * count(child.get(TEXT + "c"), 1, most=_MOST_SPACES), look
            elif child.tag not in _SILENT and not str(child.tag).startswith(DRAW):
                own = self.words.get(child.get(TEXT + "style-name", ""), NOTHING) if child.tag == _STYLED else NOTHING
                yield from self._runs(child, overlay(look, own))
            yield child.tail or "", look


def cell_looks(root: Element) -> CellLooks:
    """Return the looks that the styles of a document give."""
    found = CellLooks()
    for style in root.iter(STYLE + "style"):
        properties = style.find(STYLE + "text-properties")
        family, name = style.get(STYLE + "family"), style.get(STYLE + "name", "")
        if properties is None or family not in _FAMILIES:
            continue
        look = run_look(properties)
        unseen = look.unseen or (look.white and family == "table-cell" and not _is_filled(style))
        look = replace(look, hidden=True if unseen else None, bold=None, size=None, white=None)
        if look != NOTHING:
            (found.cells if family == "table-cell" else found.words)[name] = look
    return found


def hidden_columns(table: Element) -> set[int]:
    """Return the columns of a sheet that no page shows."""
    found: set[int] = set()
    column = 0
    for element in table.iter(TABLE + "table-column"):
        times = count(element.get(TABLE + "number-columns-repeated"), 1, most=_MOST_COLUMNS)
        if element.get(TABLE + "visibility", "visible") != "visible" and column < _MOST_COLUMNS:
            found.update(range(column, min(column + times, _MOST_COLUMNS)))
        column += times
    return found


def _is_filled(style: Element) -> bool:
    properties = style.find(STYLE + "table-cell-properties")
    ground = properties.get(FO + "background-color", "transparent") if properties is not None else "transparent"
    return ground != "transparent" and not is_pale(ground)
