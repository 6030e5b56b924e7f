"""Spreadsheets (xlsx, xlsb, xls, and et of WPS in either container) to a heading and a table for every sheet.

Values as they were last calculated, which python-calamine reads, in their number formats, which it does not.
"""

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from schemas.blocks import Block, Clue, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.package.ole_chains import check_chains
from workers.convert.package.ole_clues import ole_clues
from workers.convert.package.ooxml_clues import ooxml_clues
from workers.convert.package.rights_management import refuse_rights_managed
from workers.convert.source import Source
from workers.convert.spreadsheet.binary.xls_looks import binary_looks
from workers.convert.spreadsheet.binary.xlsb_looks import xlsb_looks
from workers.convert.spreadsheet.panics import NoPanic
from workers.convert.spreadsheet.sheet_blocks import MAX_CELLS, Row, cell_text, sheet_blocks
from workers.convert.spreadsheet.sheet_look import SheetLook, divide_rows, report_unseen, shown_row, unseen_cells
from workers.convert.spreadsheet.sheet_parts import sheet_looks
from workers.convert.word.docx.package import open_package


def read(source: Source) -> Converted:
    """Read a workbook.

    Raises:
        DocumentError: It is encrypted, damaged or a bomb.
    """
    try:
        if source.format == "xls":
            refuse_rights_managed(source.path)
            check_chains(source.path)
            return _workbook(source, ole_clues(source.path), binary_looks(source.path))
        package = open_package(source, format_=source.format)
        with package.archive:
            looks = xlsb_looks(package) if source.format == "xlsb" else sheet_looks(package)
            return _workbook(source, ooxml_clues(package), looks)
    except PasswordError as error:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("workbook-password")) from error
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("workbook-damaged", error=str(error))) from error


def _workbook(source: Source, clues: tuple[Clue, ...], looks: dict[str, SheetLook]) -> Converted:
    problems: list[Problem] = []
    blocks: list[Block] = []
    left, unseen = MAX_CELLS, 0
    with NoPanic(), CalamineWorkbook.from_path(str(source.path)) as workbook:
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        for metadata in sheets:
            look = looks.get(metadata.name, SheetLook())
            if look.sparse:
                problems.append(_refusal(metadata.name))
                continue
            try:
                with NoPanic(metadata.name):
                    sheet = workbook.get_sheet_by_name(metadata.name)
                    rows, whole = _rows(sheet, left, look)
            except DocumentError as error:
                problems.append(Problem.of("convert", error.said, error.category, place=metadata.name, lossy=True))
                continue
            left -= sum(len(row) for row in rows)
            if not whole:
                problems.append(_cut_problem(metadata.name, len(rows)))
            visible = metadata.visible is SheetVisibleEnum.Visible
            seen, gone = divide_rows(rows, look, sheet.start or (0, 0)) if visible else (rows, [])
            blocks.extend((*sheet_blocks(metadata.name, seen, visible=visible), *unseen_cells(gone), *look.beside))
            unseen += len(gone) if visible else sum(bool(cell) for row in rows for cell in row)
    if not blocks and problems and all(problem.category is Category.CORRUPT for problem in problems):
        raise DocumentError(Category.CORRUPT, problems[0].said)
    if not blocks and not problems:
        raise DocumentError(Category.EMPTY, Sentence.of("workbook-empty"))
    return Converted(
        format=source.format, blocks=tuple(blocks), clues=clues, problems=(*problems, *report_unseen(unseen))
    )


def _rows(sheet: CalamineSheet, most: int, look: SheetLook) -> tuple[list[Row], bool]:
    """Return the rows as they are shown, up to a number of cells, and whether these are all."""
    count = min(sheet.height, most // max(sheet.width, 1))
    values = sheet.to_python(skip_empty_area=True, nrows=count) if count else []
    if not look.formats:
        return [tuple(map(cell_text, row)) for row in values], count == sheet.height
    top, left = sheet.start or (0, 0)
    return [shown_row(row, look, (top + index, left)) for index, row in enumerate(values)], count == sheet.height


def _refusal(name: str) -> Problem:
    return Problem.of("convert", Sentence.of("sheet-sparse", sheet=name), Category.BOMB, place=name, lossy=True)


def _cut_problem(name: str, rows: int) -> Problem:
    said = Sentence.of("sheet-cut", sheet=name, row=rows)
    return Problem.of("convert", said, Category.TOO_LARGE, place=name, lossy=True)
