"""The filled form, printed by a browser, read back."""

from pathlib import Path

import pytest

from search.office.annual.check import check_report
from search.office.form.files import form_bytes
from tests.support.annual_reports import read_file
from tests.support.application_records import filled
from tests.support.site import chromium, print_page


@pytest.mark.skipif(chromium() is None, reason="no Chromium to print with")
def test_printed_as_pdf_it_reads_back_without_a_finding(tmp_path: Path) -> None:
    form = filled()
    (tmp_path / "年报.html").write_bytes(form_bytes(form, "html"))
    pdf = tmp_path / "年报.pdf"
    print_page(tmp_path / "年报.html", pdf)
    report = read_file(pdf)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []
    assert {row.code: tuple(cell.value for cell in row.cells) for row in report.requests} == form.requests
    assert tuple(cell.value for cell in report.disputes) == form.disputes
