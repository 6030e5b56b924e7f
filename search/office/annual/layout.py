"""Whether the tables are those of the form of the report's year: all rows, columns and cells, each a number.

Sources: the form of 国办公开办函〔2021〕30号 (its tables have 25 × 7 and 15 cells), for 2019 and 2020 that of
国办公开办函〔2019〕60号.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.office.annual_report import AnnualReport, Cell, issued_place
from schemas.office.findings import Finding, Quote, Rule
from schemas.office.report_form import (
    APPLICANTS,
    DISPUTE_GROUPS,
    ISSUED_BLOCKS,
    OUTCOMES,
    ROW_LABELS,
    ROWS_OF_FORM,
    Form,
)
from search.office.annual.rules import CELL, FORM, LAYOUT, UNREADABLE
from search.office.annual.sums import quote

_NAMES = {
    2: "表二（主动公开政府信息情况）",
    3: "表三（收到和处理政府信息公开申请情况）",
    4: "表四（行政复议、行政诉讼情况）",
}
_BLANK = {"": "空白"}


def check_layout(report: AnnualReport) -> Iterator[Finding]:
    """Yield what is missing, too much, out of order, no number, or of another form."""
    yield from _tables(report)
    yield from _request_rows(report)
    yield from _dispute_cells(report)
    if report.form is Form.OF_2021:
        yield from _issued_rows(report)
    yield from _cells(report)
    yield from _form(report)


def _at(report: AnnualReport, rule: Rule, message: str, *, place: str, text: str = "") -> Finding:
    return Finding(rule, message, (Quote(report.document, place, text, report.document_id),))


def _tables(report: AnnualReport) -> Iterator[Finding]:
    for number, name in _NAMES.items():
        if number not in report.tables:
            yield _at(report, LAYOUT, f"没有找到{name}；请按格式补上", place=name)


def _request_rows(report: AnnualReport) -> Iterator[Finding]:
    if 3 not in report.tables:
        return
    wanted = [row.code for row in ROWS_OF_FORM[report.form or Form.OF_2021]]
    counts = Counter(row.code for row in report.requests)
    for code in wanted:
        if not counts[code]:
            yield _at(
                report, LAYOUT, f"表三缺「{ROW_LABELS[code]}」一行；请按格式补上", place=f"表三「{ROW_LABELS[code]}」"
            )
    for row in report.requests:
        place, short = f"表三「{ROW_LABELS[row.code]}」", len(row.cells) - len(APPLICANTS)
        if row.cells and short:
            message = f"{place}有{len(row.cells)}格，格式为 7 格；请核对本行"
            yield _at(report, LAYOUT, message, place=place, text=row.evidence)
        elif row.readings > 1:
            message = f"{place}的数字连写，有{row.readings}种断法，未核查；请对照原表"
            yield _at(report, UNREADABLE, message, place=place, text=row.evidence)
    yield from _order(report, wanted, counts)


def _order(report: AnnualReport, wanted: Sequence[str], counts: Counter[str]) -> Iterator[Finding]:
    for code in (code for code in counts if counts[code] > 1 or code not in wanted):
        place = f"表三「{ROW_LABELS[code]}」"
        what = f"出现{counts[code]}次" if counts[code] > 1 else "不是这一格式的行"
        yield _at(report, LAYOUT, f"{place}{what}；请核对表三", place=place)
    places = [wanted.index(row.code) for row in report.requests if row.code in wanted and counts[row.code] == 1]
    late = next((after for before, after in pairwise(places) if after < before), None)
    if late is not None:
        place = f"表三「{ROW_LABELS[wanted[late]]}」"
        yield _at(report, LAYOUT, f"{place}不在格式所定的位置；请核对各行次序", place=place)


def _dispute_cells(report: AnnualReport) -> Iterator[Finding]:
    whole = len(OUTCOMES) * len(DISPUTE_GROUPS)
    if report.disputes and len(report.disputes) != whole:
        text = " ".join(cell.text for cell in report.disputes)
        message = f"表四有{len(report.disputes)}格，格式为 15 格；请核对表四"
        yield _at(report, LAYOUT, message, place="表四", text=text)


def _issued_rows(report: AnnualReport) -> Iterator[Finding]:
    if 2 not in report.tables:
        return
    there = {row.subject: row for row in report.issued}
    for block in ISSUED_BLOCKS:
        for subject in block.rows:
            row = there.get(subject)
            place = f"表二「{subject}」"
            if row is None:
                yield _at(report, LAYOUT, f"表二缺「{subject}」一行；请按格式补上", place=place)
            elif not row.cells:
                yield _at(report, UNREADABLE, f"{place}的数字连写，未核查；请对照原表", place=place)
            for column in block.columns if row else ():
                if row and column not in row.columns:
                    yield _at(
                        report, LAYOUT, f"{place}缺「{column}」一栏；请按格式补上", place=issued_place(subject, column)
                    )


def _cells(report: AnnualReport) -> Iterator[Finding]:
    lines: list[tuple[str, Sequence[Cell]]] = [
        (f"表三「{ROW_LABELS[row.code]}」", row.cells) for row in report.requests if len(row.cells) == len(APPLICANTS)
    ]
    lines.append(("表四", report.disputes))
    if report.form is Form.OF_2021:
        lines += [(f"表二「{row.subject}」", row.cells) for row in report.issued]
    for name, cells in lines:
        wrong = [cell for cell in cells if not _is_count(cell, decimal=name.endswith("收费」"))]
        if wrong:
            yield _wrong_cells(report, name, wrong, whole=len(wrong) == len(cells))


def _is_count(cell: Cell, *, decimal: bool) -> bool:
    return isinstance(cell.value, int) or (decimal and cell.value is not None)


def _wrong_cells(report: AnnualReport, name: str, wrong: Sequence[Cell], *, whole: bool) -> Finding:
    said = "、".join(f"{cell.place.removeprefix(name)}为{_shown(cell.text)}" for cell in wrong)
    what = f"{name}各格均为{_shown(wrong[0].text)}" if whole and len({c.text for c in wrong}) == 1 else f"{name}{said}"
    return Finding(CELL, f"{what}，不是数字；没有的填 0", tuple(quote(report, cell) for cell in wrong))


def _shown(text: str) -> str:
    return _BLANK.get(text.strip(), f"「{text.strip()}」")


def _form(report: AnnualReport) -> Iterator[Finding]:
    if report.year is None or report.form is None:
        return
    wanted = Form.OF_2021 if report.year >= Form.OF_2021 else Form.OF_2019
    if report.form is not wanted:
        names = {Form.OF_2021: "国办公开办函〔2021〕30号", Form.OF_2019: "国办公开办函〔2019〕60号"}
        message = (
            f"{report.year}年的报告应使用{names[wanted]}的格式，所用为{names[report.form]}的格式；请换用格式重新填写"
        )
        text = "、".join(report.foreign) or "（六）其他处理只有一行"
        yield _at(report, FORM, message, place="表二、表三", text=text if report.form is Form.OF_2019 else "")
