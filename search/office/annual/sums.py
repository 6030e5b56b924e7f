"""The sums of one report: rows, results and balance of table three, the three groups of table four.

Rows and balance are printed in the form itself; a sum with a cell that is no number is left to ``layout``.
"""

from collections.abc import Iterator, Sequence

from schemas.office.annual_report import AnnualReport, Cell
from schemas.office.findings import Finding, Quote, Rule
from schemas.office.report_form import (
    APPLICANTS,
    CARRIED,
    DISPUTE_GROUPS,
    NEW,
    NEXT,
    OUTCOMES,
    RESULTS_TOTAL,
    ROW_LABELS,
    ROWS_OF_FORM,
    Form,
)
from search.office.annual.rules import BALANCE, DISPUTES, RESULTS, ROW_TOTAL

Number = int | float


def check_sums(report: AnnualReport) -> Iterator[Finding]:
    """Yield each sum that is not what its parts add up to."""
    yield from _rows(report)
    yield from _unreadable_rows(report)
    yield from _results(report)
    yield from _balance(report)
    yield from _disputes(report)


def quote(report: AnnualReport, cell: Cell) -> Quote:
    """Return a cell as evidence."""
    return Quote(report.document, cell.place, cell.text, report.document_id)


def _values(cells: Sequence[Cell]) -> list[Number] | None:
    values = [cell.value for cell in cells]
    return [value for value in values if value is not None] if None not in values else None


def _finding(report: AnnualReport, rule: Rule, message: str, cells: Sequence[Cell]) -> Finding:
    return Finding(rule, message, tuple(quote(report, cell) for cell in cells))


def _rows(report: AnnualReport) -> Iterator[Finding]:
    for row in report.requests:
        cells = report.row(row.code)
        values = _values(cells) if cells else None
        if values and sum(values[:-1]) != values[-1]:
            message = f"{cells[-1].place}为{values[-1]}，前六栏之和为{sum(values[:-1])}；请核对本行"
            yield _finding(report, ROW_TOTAL, message, (cells[-1], *cells[:-1]))


def _unreadable_rows(report: AnnualReport) -> Iterator[Finding]:
    """Yield rows whose digits run together and cannot be cut so that they add up."""
    for row in report.requests:
        if not row.cells and not row.readings:
            label = f"表三「{ROW_LABELS[row.code]}」"
            message = f"{label}的数字连写，怎样断开都不等于其总计；请核对本行"
            yield Finding(ROW_TOTAL, message, (Quote(report.document, label, row.evidence, report.document_id),))


def _results(report: AnnualReport) -> Iterator[Finding]:
    total = report.row(RESULTS_TOTAL)
    codes = [row.code for row in ROWS_OF_FORM[report.form or Form.OF_2021] if row.code.startswith("3.")]
    rows = [report.row(code) for code in codes if code != RESULTS_TOTAL]
    if not total or not all(rows):
        return
    for place, name in enumerate(APPLICANTS):
        values = _values([row[place] for row in rows])
        stated = total[place].value
        if values is not None and stated is not None and sum(values) != stated:
            message = f"{total[place].place}为{stated}，（一）至（六）各项{name}之和为{sum(values)}；请核对本列"
            parts = [row[place] for row in rows if row[place].value]
            yield _finding(report, RESULTS, message, (total[place], *parts))


def _balance(report: AnnualReport) -> Iterator[Finding]:
    rows = [report.row(code) for code in (NEW, CARRIED, RESULTS_TOTAL, NEXT)]
    if not all(rows):
        return
    for place, name in enumerate(APPLICANTS):
        cells = [row[place] for row in rows]
        values = _values(cells)
        if values and values[0] + values[1] != values[2] + values[3]:
            message = (
                f"{name}：一 {values[0]} + 二 {values[1]} = {values[0] + values[1]}，"
                f"三（七）{values[2]} + 四 {values[3]} = {values[2] + values[3]}；请核对这四格"
            )
            yield _finding(report, BALANCE, message, (cells[3], *cells[:3]))


def _disputes(report: AnnualReport) -> Iterator[Finding]:
    if len(report.disputes) != len(OUTCOMES) * len(DISPUTE_GROUPS):
        return
    for number, name in enumerate(DISPUTE_GROUPS):
        cells = report.disputes[number * len(OUTCOMES) : (number + 1) * len(OUTCOMES)]
        values = _values(cells)
        if values and sum(values[:-1]) != values[-1]:
            message = f"表四「{name}」总计为{values[-1]}，四种结果之和为{sum(values[:-1])}；请核对本组"
            yield _finding(report, DISPUTES, message, (cells[-1], *cells[:-1]))
