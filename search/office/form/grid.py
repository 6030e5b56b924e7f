"""The three tables of the form as grids of merged cells: one description for html and docx.

Rows, columns and merges are those of the form of 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from schemas.office.applications import FilledForm, Number
from schemas.office.report_form import (
    APPLICANTS,
    DISPUTE_GROUPS,
    ISSUED_BLOCKS,
    OUTCOMES,
    REQUEST_ROWS,
    RequestRow,
)

_BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_RESULTS = "三、本年度办理结果"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and how many columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1


Grid = tuple[tuple[GridCell, ...], ...]
"""Rows of cells; what a merged cell covers is left out, as in html."""


def issued_grid(form: FilledForm) -> Grid:
    """Return table two: 4 columns."""
    rows: list[tuple[GridCell, ...]] = []
    for block in ISSUED_BLOCKS:
        span = 3 // len(block.columns)
        rows.append((GridCell(block.paragraph, columns=4),))
        rows.append((GridCell("信息内容"), *(GridCell(name, columns=span) for name in block.columns)))
        for subject in block.rows:
            numbers = [form.issued.get(subject, {}).get(column, 0) for column in block.columns]
            rows.append((GridCell(subject), *(GridCell(_plain(number), columns=span) for number in numbers)))
    return tuple(rows)


def requests_grid(form: FilledForm) -> Grid:
    """Return table three: 3 columns of labels and 7 of numbers."""
    companies = APPLICANTS[1:6]
    heads = (
        (GridCell(_BALANCE, columns=3, rows=3), GridCell("申请人情况", columns=7)),
        (
            GridCell(APPLICANTS[0], rows=2),
            GridCell("法人或其他组织", columns=len(companies)),
            GridCell(APPLICANTS[6], rows=2),
        ),
        tuple(GridCell(name) for name in companies),
    )
    return (*heads, *(row for row in _request_rows(form)))


def _request_rows(form: FilledForm) -> Iterator[tuple[GridCell, ...]]:
    results = [row for row in REQUEST_ROWS if row.code.startswith("3.")]
    for group, members in groupby(REQUEST_ROWS, key=lambda row: row.group or row.code):
        of_group = list(members)
        for place, row in enumerate(of_group):
            labels: list[GridCell] = []
            if row is results[0]:
                labels.append(GridCell(_RESULTS, rows=len(results)))
            if row.group and not place:
                labels.append(GridCell(group, rows=len(of_group)))
            labels.append(GridCell(row.label, columns=_label_columns(row)))
            yield (*labels, *(GridCell(_plain(number)) for number in form.requests[row.code]))


def _label_columns(row: RequestRow) -> int:
    if row.group:
        return 1
    return 2 if row.code.startswith("3.") else 3


def disputes_grid(form: FilledForm) -> Grid:
    """Return table four: 15 columns."""
    review, *lawsuits = DISPUTE_GROUPS
    return (
        (GridCell(review, columns=5), GridCell("行政诉讼", columns=10)),
        (*(GridCell(name, rows=2) for name in OUTCOMES), *(GridCell(name, columns=5) for name in lawsuits)),
        tuple(GridCell(name) for name in OUTCOMES * 2),
        tuple(GridCell(_plain(number)) for number in form.disputes),
    )


def grids(form: FilledForm) -> dict[int, Grid]:
    """Return the tables by the chapter they stand in."""
    return {2: issued_grid(form), 3: requests_grid(form), 4: disputes_grid(form)}


def places(grid: Grid) -> Iterator[tuple[int, int, GridCell]]:
    """Yield (row, column, cell) of each cell, merged cells counted."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            yield row, column, cell
            covered |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}


def _plain(number: Number) -> str:
    return str(number)


def width(grid: Sequence[Sequence[GridCell]]) -> int:
    """Return how many columns a grid has."""
    return sum(cell.columns for cell in grid[0])
