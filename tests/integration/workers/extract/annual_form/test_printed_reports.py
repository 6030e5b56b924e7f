"""Reports that a browser printed are read into the same cells as their pages."""

from pathlib import Path

import pytest

from search.office.annual.check import check_report
from search.office.form.html_page import html_page
from tests.support.annual_faults import faults
from tests.support.annual_reports import numbers, read_file, right_form
from tests.support.site import chromium, print_page


@pytest.mark.skipif(chromium() is None, reason="no Chromium to print with")
def test_a_printed_report_is_read_and_its_fault_named(tmp_path: Path) -> None:
    blank = next(fault for fault in faults() if fault.rule == "annual.cell" and "'/'" in fault.name)
    for name, page in (("right", html_page(right_form())), ("faulty", blank.html())):
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
        print_page(tmp_path / f"{name}.html", tmp_path / f"{name}.pdf")
    assert numbers(tmp_path / "right.pdf") == (right_form().requests, right_form().disputes)
    right, faulty = read_file(tmp_path / "right.pdf"), read_file(tmp_path / "faulty.pdf")
    assert right is not None
    assert faulty is not None
    assert [finding.message for finding in check_report(right)] == []
    assert {finding.rule.code for finding in check_report(faulty)} == {"annual.cell"}
