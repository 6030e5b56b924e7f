"""Tables as files: CSV that spreadsheet programs open correctly, XLSX, and JSON lines; all in constant memory.

Texts are untrusted. A spreadsheet program would run a CSV cell that begins like a formula, so such a cell gets an
apostrophe in front (OWASP, "CSV Injection"); in XLSX every text is written as text.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from schemas.codec import as_json

Cell = str | int | float | None

BOM = "\ufeff"
# Characters that begin a formula in spreadsheet programs, including full-width forms.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Limits of the format (ECMA-376).
_SHEET_ROWS = 1_048_576
_CELL_CHARACTERS = 32_767
_CHUNK = 1 << 16


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheet programs recognise UTF-8."""
    yield BOM.encode() + _csv_line(head)
    for row in rows:
        yield _csv_line(row)


def json_lines(values: Iterable[object]) -> Iterator[bytes]:
    """Yield one line of JSON for each value; values are dataclasses of ``schemas``."""
    for value in values:
        yield json.dumps(as_json(value), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def xlsx_chunks(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a workbook, written to disk before the first chunk. Rows beyond a sheet's limit go to the next sheet."""
    with tempfile.TemporaryDirectory(prefix="gongkai-table-") as folder:
        path = Path(folder) / "table.xlsx"
        _write_workbook(path, head, rows)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet program runs as a formula; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = cell.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text


def _csv_line(row: Sequence[Cell]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([harmless(cell) for cell in row])
    return line.getvalue().encode("utf-8")


def _write_workbook(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    settings = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
    with Workbook(str(path), settings) as book:
        bold = book.add_format({"bold": True})
        sheet, line = None, _SHEET_ROWS
        for row in rows:
            if sheet is None or line == _SHEET_ROWS:
                sheet, line = _new_sheet(book, head, bold), 1
            for column, cell in enumerate(row):
                _write_cell(sheet, line, column, cell)
            line += 1
        if sheet is None:
            _new_sheet(book, head, bold)


def _new_sheet(book: Any, head: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, bold)
    return sheet


def _write_cell(sheet: Any, line: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        text = cell.encode("utf-8", "replace").decode("utf-8")
        cut = text if len(text) <= _CELL_CHARACTERS else text[: _CELL_CHARACTERS - 1] + "…"
        sheet.write_string(line, column, cut)
    elif cell is not None:
        sheet.write_number(line, column, cell)
