"""All that is checked of one annual report."""

from collections.abc import Iterator

from schemas.office.annual_report import AnnualReport
from schemas.office.findings import Finding
from search.office.annual.chapters import check_chapters
from search.office.annual.layout import check_layout
from search.office.annual.prose import check_prose
from search.office.annual.sums import check_sums
from search.office.annual.years import check_years

FIRST_YEAR = 2019
"""Reports of earlier years had no form; nothing is checked of them."""


def check_report(report: AnnualReport) -> Iterator[Finding]:
    """Yield what is wrong within one report."""
    if report.year is not None and report.year < FIRST_YEAR:
        return
    for check in (check_layout, check_sums, check_chapters, check_years, check_prose):
        yield from check(report)
