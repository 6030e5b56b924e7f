"""The form filled from records: its numbers, its merged cells, and what is written read back without a finding."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from schemas.office.report_form import APPLICANTS, NEW, NEXT, REQUEST_ROWS, RESULTS_TOTAL
from search.office.annual.check import check_report
from search.office.form.files import form_bytes
from search.office.form.grid import disputes_grid, grids, issued_grid, places, requests_grid, width
from search.office.records.tables import read_records, say_errors
from tests.support.annual_reports import read_file, right_form
from tests.support.application_records import filled, register


def test_the_grids_are_those_of_the_form_cell_for_cell() -> None:
    form = right_form()
    cells = {(row, column): cell for row, column, cell in places(requests_grid(form))}
    assert width(requests_grid(form)) == 10
    assert len(requests_grid(form)) == 28
    assert sum(cell.columns * cell.rows for cell in cells.values()) == 280
    for line, row in enumerate(REQUEST_ROWS, 3):
        assert [cells[line, column].text for column in range(3, 10)] == [str(each) for each in form.requests[row.code]]
    merged = {cell.text: (cell.columns, cell.rows) for cell in cells.values() if cell.columns * cell.rows > 1}
    assert merged["三、本年度办理结果"] == (1, 22)
    assert [merged[name] for name in ("（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")] == [
        (1, 8), (1, 3), (1, 5), (1, 3),
    ]  # fmt: skip
    assert merged["四、结转下年度继续办理"] == (3, 1)
    assert sum(cell.columns * cell.rows for _, _, cell in places(disputes_grid(form))) == 60
    assert sum(cell.columns * cell.rows for _, _, cell in places(issued_grid(form))) == 56


def test_applications_count_where_the_year_has_them() -> None:
    form = filled()
    total = {code: row[-1] for code, row in form.requests.items()}
    assert total[NEW] + total["2"] == total[RESULTS_TOTAL] + total[NEXT]
    assert (total["2"], total[NEXT]) == (9, 2)
    assert all(total[row.code] == 3 for row in REQUEST_ROWS if row.code.startswith("3.") and row.code != RESULTS_TOTAL)
    assert form.requests[NEXT] == (1, 1, 0, 0, 0, 0, 2)
    assert form.disputes == (1, 1, 0, 1, 3, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1)
    assert form.issued["行政事业性收费"] == {"本年收费金额（单位：万元）": 35.6}
    assert form.issued["规章"]["现行有效件数"] == 0


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_what_is_written_reads_back_without_a_finding(suffix: str, tmp_path: Path) -> None:
    form = filled()
    path = tmp_path / f"年报.{suffix}"
    path.write_bytes(form_bytes(form, suffix))
    report = read_file(path)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []
    assert {row.code: tuple(cell.value for cell in row.cells) for row in report.requests} == form.requests
    assert tuple(cell.value for cell in report.disputes) == form.disputes
    assert {
        r.subject: dict(zip(r.columns, (c.value for c in r.cells), strict=True)) for r in report.issued
    } == form.issued
    assert (report.unit, report.year) == ("某县人民政府", 2025)


def test_json_holds_the_same_numbers() -> None:
    form = filled()
    told = json.loads(form_bytes(form, "json"))
    assert {code: tuple(row) for code, row in told["requests"].items()} == form.requests
    assert tuple(told["disputes"]) == form.disputes


def test_word_sees_the_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    path.write_bytes(form_bytes(filled(), "docx"))
    tables = Document(str(path)).tables
    for table, grid in zip(tables, grids(filled()).values(), strict=True):
        for row, column, cell in places(grid):
            last = table.cell(row + cell.rows - 1, column + cell.columns - 1)
            assert last.text == cell.text
            assert table.cell(row, column)._tc is last._tc


def test_a_chapter_nobody_has_written_is_named_when_it_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    form = filled()
    chapters = {ordinal: text for ordinal, text in form.chapters.items() if ordinal != 5}
    path.write_bytes(form_bytes(replace(form, chapters=chapters), "html"))
    report = read_file(path)
    assert report is not None
    assert [finding.rule.code for finding in check_report(report)] == ["annual.problems"]


WRONG = (
    (1, "公司", "「公司」不在"),
    (2, "", "没有填写日期"),
    (2, "2025-02-30", "不是日历上的日期"),
    (2, "去年", "不是日期"),
    (3, "2023-01-01", "早于收到日期"),
    (3, "", "没有答复日期"),
    (4, "其他", "不是表三中的一项"),
    (4, "", "不是表三中的一项"),
    (9, "也许", "既不是"),
    (10, "三百", "不是金额"),
)


@pytest.mark.parametrize(("column", "text", "said"), WRONG)
def test_a_wrong_cell_is_said_with_its_row_and_costs_no_other(column: int, text: str, said: str) -> None:
    rows = register()
    rows[3][column] = text
    records = read_records([rows])
    (error,) = say_errors(records.errors)
    assert error.startswith("第4行")
    assert said in error
    assert len(records.applications) == len(rows) - 2


def test_every_applicant_is_counted_in_the_row_total() -> None:
    form = filled()
    assert all(sum(row[:-1]) == row[-1] for row in form.requests.values())
    assert len(APPLICANTS) == len(form.requests[NEW])
