"""OpenDocument spreadsheets: a heading and a table for every sheet, with the values as their writer showed them."""

from collections.abc import Iterator

from schemas.blocks import Block, Converted, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.package.zip_parts import Element, open_parts
from workers.convert.source import Source
from workers.convert.spreadsheet.ods_styles import CellLooks, cell_looks, hidden_columns
from workers.convert.spreadsheet.sheet_blocks import MAX_CELLS, Row, sheet_blocks
from workers.convert.spreadsheet.sheet_look import SheetLook, divide_rows, report_unseen, unseen_cells
from workers.convert.word.odt.odf import DRAW, MANIFEST, OFFICE, STYLE, TABLE, TEXT, count
from workers.convert.word.odt.properties import odf_clues

_GROUPS = {TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group")}
_CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
_SHAPES = tuple(DRAW + name for name in ("frame", "custom-shape", "rect", "ellipse", "g", "caption"))
_MAX_ALIKE = 1000  # rows or columns with the same content; more are a claim
_MAX_COLUMNS = 16_384


def read(source: Source) -> Converted:
    """Read an ods or ots file.

    Raises:
        DocumentError: It is encrypted, damaged or a bomb.
    """
    parts = open_parts(source, format_="ods")
    with parts.archive:
        manifest = parts.spare("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("workbook-password"))
        root = parts.xml("content.xml")
        body = root.find(f"{OFFICE}body/{OFFICE}spreadsheet") if root is not None else None
        if root is None or body is None:
            raise DocumentError(Category.CORRUPT, Sentence.of("part-without-sheets", part="content.xml"))
        hidden = set(_hidden_styles(root))
        styles = cell_looks(root)
        blocks: list[Block] = []
        left, unseen = MAX_CELLS, 0
        for table in body.iterfind(TABLE + "table"):
            look = SheetLook(hidden_columns=hidden_columns(table))
            rows = list(_rows(table, left, styles, look))
            left -= sum(len(row) for row in rows)
            name = table.get(TABLE + "name", "")
            visible = table.get(TABLE + "style-name") not in hidden
            seen, gone = divide_rows(rows, look) if visible else (rows, [])
            unseen += len(gone) if visible else sum(bool(cell) for row in rows for cell in row)
            blocks.extend((*sheet_blocks(name, seen, visible=visible), *unseen_cells(gone)))
            blocks.extend(_beside_cells(table, visible=visible))
        clues = tuple(odf_clues(parts))
    if not blocks:
        raise DocumentError(Category.EMPTY, Sentence.of("workbook-empty"))
    said = Sentence.of("workbook-cut", limit=MAX_CELLS)
    cut = (Problem.of("convert", said, Category.TOO_LARGE, lossy=True),)
    problems = (*parts.problems, *(cut if left <= 0 else ()), *report_unseen(unseen))
    return Converted(format="ods", blocks=tuple(blocks), clues=clues, problems=problems)


def _hidden_styles(root: Element) -> Iterator[str]:
    """Yield the table styles that hide their sheet."""
    for style in root.iter(STYLE + "style"):
        properties = style.find(STYLE + "table-properties")
        if properties is not None and properties.get(TABLE + "display") == "false":
            yield style.get(STYLE + "name", "")


def _rows(table: Element, most: int, styles: CellLooks, look: SheetLook) -> Iterator[Row]:
    """Yield the rows of a table and add to its look what their cells look like."""
    pending = list(reversed(table))
    number = 0
    while pending and most > 0:
        element = pending.pop()
        if element.tag in _GROUPS:
            pending.extend(reversed(element))
        elif element.tag == TABLE + "table-row" and any(row := tuple(_cells(element, number, styles, look))):
            times = min(count(element.get(TABLE + "number-rows-repeated"), 1, most=_MAX_ALIKE), most // len(row) + 1)
            if element.get(TABLE + "visibility", "visible") != "visible":
                look.hidden_rows.update(range(number, number + times))
            for _ in range(times):
                yield row
            number += times
            most -= times * len(row)


def _beside_cells(table: Element, *, visible: bool) -> Iterator[Block]:
    """Yield the text boxes and comments of a sheet (ODF 1.3 part 3, 10.3 shapes, 14.1 annotations)."""
    for holder in table.iter(OFFICE + "annotation", *_SHAPES):
        role: Role = "footnote" if holder.tag == OFFICE + "annotation" else "textbox"
        if role == "textbox" and next(holder.iterancestors(*_SHAPES, OFFICE + "annotation"), None) is not None:
            continue
        lines = ("".join(map(str, line.itertext())).strip() for line in holder.iter(TEXT + "p"))
        yield from (Block(line, role=role if visible else "hidden") for line in lines if line)


def _cells(row: Element, number: int, styles: CellLooks, look: SheetLook) -> Iterator[str]:
    """Yield the cells of a row; empty ones only where another follows."""
    blanks = column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text = styles.text(cell) if cell.tag == TABLE + "table-cell" else ""
        times = count(cell.get(TABLE + "number-columns-repeated"), 1, most=_MAX_ALIKE if text else _MAX_COLUMNS)
        if not text:
            blanks = min(blanks + times, _MAX_COLUMNS)
            continue
        column += blanks
        if style := styles.of(cell):
            look.cells.update(((number, column + index), style) for index in range(times))
        column += times
        yield from [""] * blanks
        yield from [text] * times
        blanks = 0
