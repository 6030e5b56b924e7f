"""The three tables of the annual report from real tables: rows of cells, merged cells as blanks after the first.

A table that a page break has cut in two is read as one: rows are known by their labels, not by their place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.office.annual_report import (
    Cell,
    IssuedRow,
    RequestCells,
    dispute_place,
    issued_place,
    request_place,
)
from schemas.office.report_form import APPLICANTS, DISPUTE_GROUPS, OUTCOMES
from workers.extract.annual_form.labels import code_of
from workers.runtime.lazy_regex import lazy_compile

Row = Sequence[str]
Rows = Sequence[Row]

_COLUMNS_OF_ISSUED = lazy_compile(
    "^(?:本年制发件数|本年废止件数|现行有效件数|(?:本年)?处理决定数量|本年收费金额.*|本年新?制作数量|本年新?公开数量"
    "|对外公开总数量|上一年项目数量|本年增/?减|采购项目数量|采购总金额.*)$"
)
_SUBJECT = lazy_compile(
    "^(?:规章|(?:行政)?规范性文件|行政许可|其他对外管理服务事项|行政处罚|行政强制|行政事业性收费|政府集中采购.*)$"
)
_STANDARD = {"规范性文件": "行政规范性文件", "处理决定数量": "本年处理决定数量"}
_DIRECT = "未经复议直接起诉"
_WHOLE = len(DISPUTE_GROUPS) * len(OUTCOMES)


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables; ``found`` names those present, ``foreign`` the cells of the 2019 form in table two."""

    issued: tuple[IssuedRow, ...]
    requests: tuple[RequestCells, ...]
    disputes: tuple[Cell, ...]
    found: tuple[int, ...]
    foreign: tuple[str, ...]


def read_tables(tables: Sequence[Rows]) -> Tables:
    """Return the form's cells found in a report's tables."""
    squeezed = [[[_squeeze(cell) for cell in row] for row in rows] for rows in tables]
    issued = tuple(row for rows in squeezed for row in _issued(rows))
    requests = tuple(row for rows in squeezed for row in _requests(rows))
    disputes, has_disputes = _disputes(squeezed)
    found = [number for number, there in ((2, issued), (3, requests), (4, has_disputes)) if there]
    foreign = dict.fromkeys(cell for rows in squeezed for row in rows for cell in row if _is_foreign(cell))
    return Tables(issued, requests, disputes, tuple(found), tuple(foreign))


def _squeeze(cell: str) -> str:
    return "".join(cell.split())


def _is_foreign(cell: str) -> bool:
    """Return whether a cell belongs to table two of the form of 2019 only."""
    return cell.startswith(
        ("本年新制作", "本年新公开", "对外公开总数", "上一年项目数", "本年增", "政府集中采购", "采购项目")
    )


def _issued(rows: Rows) -> Iterator[IssuedRow]:
    heads: list[tuple[int, str]] = []
    for row in rows:
        named = [(place, cell) for place, cell in enumerate(row) if _COLUMNS_OF_ISSUED.match(cell)]
        if named:
            heads = named
        elif heads and row and _SUBJECT.match(row[0]):
            yield _issued_row(row, heads)


def _issued_row(row: Row, heads: Sequence[tuple[int, str]]) -> IssuedRow:
    subject = _STANDARD.get(row[0], row[0])
    ends = [place for place, _ in heads[1:]] + [len(row)]
    columns = tuple(_column(name) for _, name in heads)
    texts = ["".join(row[start:end]) for (start, _), end in zip(heads, ends, strict=True)]
    cells = tuple(Cell(text, issued_place(subject, column)) for text, column in zip(texts, columns, strict=True))
    return IssuedRow(subject, columns, cells)


def _column(name: str) -> str:
    return "本年收费金额（单位：万元）" if name.startswith("本年收费金额") else _STANDARD.get(name, name)


def _requests(rows: Rows) -> Iterator[RequestCells]:
    first = _first_value(rows)
    labelled = [(row, code) for row in rows if first and (code := _code(row[:first]))]
    if not labelled:
        return
    width = min(max(len(row) - first for row, _ in labelled), len(APPLICANTS))
    for row, code in labelled:
        texts = list(row[first : first + width]) + [cell for cell in row[first + width :] if cell]
        names = [*APPLICANTS, *("多出的一格" for _ in texts)]
        cells = tuple(Cell(text, request_place(code, name)) for text, name in zip(texts, names, strict=False))
        yield RequestCells(code, cells, " ".join(cell for cell in row if cell))


def _first_value(rows: Rows) -> int:
    """Return the first value column: that of 自然人, or by width in the second part of a table cut by a page break.

    0 if the rows belong to no such table.
    """
    named = [row.index(APPLICANTS[0]) for row in rows if APPLICANTS[0] in row]
    if named:
        return named[0]
    width = max(map(len, rows), default=0)
    known = [row for row in rows if len(row) == width and _code(row[: width - len(APPLICANTS)])]
    return width - len(APPLICANTS) if len(known) > 1 else 0


def _code(labels: Row) -> str | None:
    """Return the code of the row named by its last label."""
    return next((code for cell in reversed(labels) if cell and (code := code_of(cell))), None)


def _disputes(tables: Sequence[Rows]) -> tuple[tuple[Cell, ...], bool]:
    for rows in tables:
        if any(_DIRECT in cell for row in rows for cell in row):
            return _dispute_cells(rows), True
    return (), False


def _dispute_cells(rows: Rows) -> tuple[Cell, ...]:
    heads = {*OUTCOMES, *DISPUTE_GROUPS, "行政诉讼", ""}
    head = max(place for place, row in enumerate(rows) if any(cell in OUTCOMES for cell in row) or _DIRECT in row)
    values = [row for row in rows[head + 1 :] if not all(cell in heads for cell in row)]
    blank = [row for row in rows[head + 1 :] if not any(row)]
    row = values[0] if values else blank[0] if blank else [""] * _WHOLE
    return tuple(Cell(text, dispute_place(number)) for number, text in enumerate(row))
