"""A report with one fault is named with its rule and place, whatever the fault; one without any is not."""

from pathlib import Path

import pytest

from search.office.annual.check import check_report
from search.office.form.html_page import html_page
from tests.support.annual_faults import Fault, faults
from tests.support.annual_reports import read_file, right_form

FAULTS = faults()


def test_there_are_more_than_sixty_kinds_and_places() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 60


def test_a_report_without_a_fault_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(html_page(right_form()), "utf-8")
    report = read_file(path)
    assert report is not None
    assert list(check_report(report)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_single_fault_is_named_with_its_rule_and_place(fault: Fault, tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(fault.html(), "utf-8")
    report = read_file(path)
    assert report is not None
    found = [finding for finding in check_report(report) if finding.rule.code == fault.rule]
    said = [one.message + "".join(quote.place for quote in one.evidence) for one in found]
    assert any(fault.place in words for words in said), (said, [f.message for f in check_report(report)])
    assert all(finding.rule.bases and finding.evidence for finding in found)
