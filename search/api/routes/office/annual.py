"""Annual reports over HTTP: those in the index, their findings, and the check of a file before publication."""

import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.annual_report import AnnualReport
from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.table_download import OR_A_FILE, FileFormat
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent, require_reader, written_down
from search.office.annual.check import check_report
from search.office.annual.review import review_reports
from search.office.annual.shelf import counter_of, find_reports

router = APIRouter(prefix="/annual")

Unit = Annotated[str, Query(max_length=200, description="only of this unit; empty: of all")]
Year = Annotated[int | None, Query(ge=1900, le=9999, description="only of this year")]


class ReportAnswer(BaseModel):
    """One annual report that the index holds."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    unit: str
    year: int | None
    published_on: str | None
    form: int | None
    tables: tuple[int, ...]


def report_answer(report: AnnualReport) -> ReportAnswer:
    """Return the JSON response for a report."""
    return ReportAnswer(
        document=report.document,
        document_id=report.document_id,
        unit=report.unit,
        year=report.year,
        published_on=report.published_on,
        form=report.form,
        tables=report.tables,
    )


def review(services: Services, unit: str, year: int | None) -> tuple[list[AnnualReport], list[Finding]]:
    """Return the reports in the index and their findings, of one unit and year if given."""
    reports = list(find_reports(services.index, services.office.report))
    found = review_reports(
        reports, today=datetime.date.today(), units=services.office.units(), held=counter_of(services.index)
    )
    if unit:
        found = [one for one in found if unit in one.message or unit in _units_of(reports, one)]
        reports = [one for one in reports if one.unit == unit]
    if year is not None:
        names = {one.document for one in reports if one.year == year}
        found = [one for one in found if f"{year}年" in one.message or one.evidence[0].document in names]
        reports = [one for one in reports if one.year == year]
    return reports, found


def _units_of(reports: list[AnnualReport], finding: Finding) -> set[str]:
    names = {quote.document for quote in finding.evidence}
    return {report.unit for report in reports if report.document in names}


@router.get("/reports", summary="The annual reports there are")
def reports(request: Request, unit: Unit = "", year: Year = None) -> list[ReportAnswer]:
    """Return the annual reports that the index holds."""
    services = services_of(request)
    found = find_reports(services.index, services.office.report)
    return [report_answer(one) for one in found if (not unit or one.unit == unit) and year in (None, one.year)]


@router.get("/findings", summary="What is wrong with them", response_model=list[FindingAnswer], responses=OR_A_FILE)
def findings(
    request: Request, unit: Unit = "", year: Year = None, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Check every report, year against year, units against their government, and name those that are missing."""
    _, found = review(services_of(request), unit, year)
    return answer_findings("年度报告核查", found, file_format)


@router.post(
    "/check",
    summary="Check a report before it is published",
    response_model=list[FindingAnswer],
    responses={**responses(413), **OR_A_FILE},
)
def check(
    request: Request, caller: Writer, file: UploadFile, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Return the findings of one report; the file is not stored."""
    found = check_file(services_of(request), file)
    return answer_findings("年度报告核查", found, file_format)


def check_file(services: Services, file: Sent) -> list[Finding]:
    """Return the findings of a sent report.

    Raises:
        HTTPException: The file cannot be read, or is no annual report (422), or files are not accepted here (403).
    """
    read = require_reader(services.office.read_report)
    with written_down(file) as (path, name):
        report = read(path, name)
    if report is None:
        raise HTTPException(422, f"{name}: no annual report: neither its chapters nor its tables were found")
    return list(check_report(report))
