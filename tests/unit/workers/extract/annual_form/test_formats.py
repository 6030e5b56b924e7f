"""The same report in every form it comes in is read into the same cells: html, docx, pdf, running text, cut tables."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.office.applications import FilledForm
from schemas.office.findings import Severity
from schemas.office.report_form import REQUEST_ROWS, Form
from search.office.annual.check import check_report
from search.office.form.docx_file import docx_bytes
from search.office.form.grid import grids
from search.office.form.html_page import html_page
from search.office.form.text import chapters, preamble, title
from tests.support.annual_faults import faults
from tests.support.annual_reports import numbers, read_file, right_form


def running_text(form: FilledForm, between: str) -> str:
    """Return a report as running text, its cells with ``between`` between them."""
    lines = [title(form), preamble(form)]
    tables = grids(form)
    for ordinal, heading, paragraphs in chapters(form):
        lines += [heading, *paragraphs]
        if ordinal in tables:
            lines += [between.join(cell.text for cell in row) for row in tables[ordinal]]
    return "\n".join(lines)


def cut_in_two(page: str) -> str:
    """Return a page whose table three goes on as a table of its own, as behind the end of a page."""
    return (
        re.sub(r"(?=<tr><td rowspan=\"3\">（四）无法提供)", "</table>\n<table>\n", page)
        .replace('rowspan="22">三、', 'rowspan="10">三、')
        .replace('<tr><td rowspan="3">（四）', '<tr><td rowspan="12"></td><td rowspan="3">（四）')
    )


WRITERS: dict[str, Callable[[FilledForm], bytes]] = {
    "html": lambda form: html_page(form).encode(),
    "docx": docx_bytes,
    "txt": lambda form: running_text(form, " ").encode(),
    "htm": lambda form: cut_in_two(html_page(form)).encode(),
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_form_is_read_into_the_same_cells(suffix: str, tmp_path: Path) -> None:
    form = right_form()
    path = tmp_path / f"年报.{suffix}"
    path.write_bytes(WRITERS[suffix](form))
    assert numbers(path) == (form.requests, form.disputes)
    report = read_file(path)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []
    assert (report.unit, report.year) == ("测试市", 2025)


def test_cells_on_lines_of_their_own_are_read(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_text(running_text(right_form(), "\n"), "utf-8")
    assert numbers(path) == (right_form().requests, right_form().disputes)


def small_form() -> FilledForm:
    """Return a report with the few numbers of a county's bureau, as which digits can be cut again."""
    requests = {row.code: (0,) * 7 for row in REQUEST_ROWS}
    requests |= {"1": (12, 1, 0, 0, 0, 0, 13), "2": (2, 0, 0, 0, 0, 0, 2), "3.1": (8, 1, 0, 0, 0, 0, 9)}
    requests |= {"3.4.1": (3, 0, 0, 0, 0, 0, 3), "3.7": (11, 1, 0, 0, 0, 0, 12), "4": (3, 0, 0, 0, 0, 0, 3)}
    disputes = (1, 0, 1, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    form = right_form()
    overview = "2025年，本机关全面推进政务公开各项工作。"
    return replace(form, requests=requests, disputes=disputes, chapters={**form.chapters, 1: overview})


def test_digits_that_run_together_are_cut_by_their_sums(tmp_path: Path) -> None:
    form = small_form()
    path = tmp_path / "年报.txt"
    path.write_text(running_text(form, ""), "utf-8")
    assert numbers(path) == (form.requests, form.disputes)
    report = read_file(path)
    assert report is not None
    assert [f.message for f in check_report(report) if f.rule.severity is not Severity.NOTICE] == []


def test_digits_that_no_cut_makes_add_up_are_named(tmp_path: Path) -> None:
    form = small_form()
    changed = replace(form, requests={**form.requests, "3.4.1": (3, 0, 0, 0, 0, 0, 7)})
    path = tmp_path / "年报.txt"
    path.write_text(running_text(changed, ""), "utf-8")
    report = read_file(path)
    assert report is not None
    said = [f.message for f in check_report(report) if f.rule.code == "annual.row-total"]
    assert any("本机关不掌握" in message for message in said)


@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_faults_are_named_in_every_form(suffix: str, tmp_path: Path) -> None:
    whole = html_page(right_form())
    chosen = [fault for fault in faults() if fault.page(whole) == whole][::9]
    assert len(chosen) > 8
    for number, fault in enumerate(chosen):
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(WRITERS[suffix](fault.form))
        report = read_file(path)
        assert report is not None
        # Running text shows that a cell is missing in a row, not which.
        wanted = (
            {fault.rule, "annual.layout", "annual.unreadable"}
            if suffix == "txt" and "''" in fault.name
            else {fault.rule}
        )
        assert wanted & {finding.rule.code for finding in check_report(report)}, fault.name


def old_page(year: int) -> str:
    """Return a report of the form of 2019: other columns in table two, one row of 其他处理 in table three."""
    texts = {1: f"{year}年，本机关全面推进政务公开各项工作。", 5: "一是公开还不主动，下一步将改进。"}
    texts[6] = f"{year}年，未收取信息处理费。"
    page = html_page(replace(small_form(), year=year, chapters=texts))
    page = page.replace("本年制发件数", "本年新制作数量").replace("本年废止件数", "本年新公开数量")
    page = page.replace("现行有效件数", "对外公开总数量")
    rows = re.findall(r"<tr>.*?</tr>\n", page)
    other = [row for row in rows if "逾期不补正" in row or "未按收费通知" in row or "<td>3.其他</td>" in row]
    single = '<tr><td colspan="2">（六）其他处理</td>' + "<td>0</td>" * 7 + "</tr>\n"
    return page.replace("".join(other), single).replace('rowspan="22"', 'rowspan="20"')


def test_the_form_of_2019_is_read_and_right_for_its_years(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(old_page(2020), "utf-8")
    report = read_file(path)
    assert report is not None
    assert report.form is Form.OF_2019
    assert len(report.requests) == 23
    assert [finding.message for finding in check_report(report)] == []
    path.write_text(old_page(2022), "utf-8")
    later = read_file(path)
    assert later is not None
    assert {finding.rule.code for finding in check_report(later)} == {"annual.form"}


def test_who_reports_may_stand_on_a_line_before_the_title(tmp_path: Path) -> None:
    page = html_page(right_form()).replace("<h1>测试市2025年", "<p>测试市人民政府</p>\n<h1>2025年")
    path = tmp_path / "年报.html"
    path.write_text(page.replace("<title>测试市2025年政府信息公开工作年度报告</title>", "<title></title>"), "utf-8")
    report = read_file(path)
    assert report is not None
    assert report.unit == "测试市人民政府"
