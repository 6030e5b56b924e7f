"""Everything that is checked of a collection of annual reports, in one list."""

import datetime
from collections.abc import Callable, Sequence

from schemas.office.annual_report import AnnualReport
from schemas.office.findings import Finding
from schemas.office.units import Unit
from search.office.annual.across import check_held, check_missing, check_units, check_years, shelve
from search.office.annual.check import check_report


def review_reports(
    reports: Sequence[AnnualReport],
    *,
    today: datetime.date,
    units: Sequence[Unit] = (),
    held: Callable[[str], int] | None = None,
    missing: bool = True,
) -> list[Finding]:
    """Return what is wrong in each report, between years and units, and which reports are missing.

    Args:
        reports: The reports.
        today: The day the question is asked.
        units: Who has to report, as far as that is listed.
        held: Counts the normative documents held of a unit; None leaves that out.
        missing: Whether to look for reports that are not there, which a few files do not answer.
    """
    shelf = shelve(reports)
    found = [finding for report in reports for finding in check_report(report)]
    found += check_years(shelf)
    found += check_units(shelf, units)
    years = sorted({year for _, year in shelf})
    if missing and years:
        found += check_missing(shelf, units, range(years[0], today.year), today=today)
    if held is not None:
        found += check_held(shelf, held)
    return found
