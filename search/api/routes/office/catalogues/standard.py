"""A standard catalogue (基层政务公开标准目录) over HTTP: its items with their documents, missing and late ones."""

import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, UploadFile
from fastapi.responses import StreamingResponse

from schemas.office.catalogues.standard import MatchedItem
from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent, require_reader, written_down
from search.office.deadlines.calendar import load_calendar
from search.office.standard.item_table import standard_table
from search.office.standard.matches import match_items
from search.office.standard.review import review_items
from search.office.standard.table import read_items

router = APIRouter(prefix="/standard")

What = Annotated[Literal["findings", "items"], Query(description="what a file holds: findings, or items and documents")]


def matched_of(services: Services, file: Sent) -> tuple[str, list[MatchedItem]]:
    """Return the name of a file that was sent, and its items with their documents.

    Raises:
        HTTPException: It cannot be read, or has no such table (422); or files are not read here (403).
    """
    read = require_reader(services.office.read_tables)
    with written_down(file) as (path, name):
        items = read_items(read(path, name))
    if not items:
        raise HTTPException(422, f"{name}：没有标准目录的表（应有「公开事项」「公开内容」「公开时限」等栏）")
    return name, match_items(services.index, items)


def standard_findings(services: Services, name: str, matched: list[MatchedItem]) -> list[Finding]:
    """Return which items are unmatched, late or overdue today."""
    calendar = load_calendar(services.office.holidays)
    return list(review_items(name, matched, calendar=calendar, today=datetime.date.today()))


@router.post(
    "",
    summary="Match a standard catalogue with the documents",
    response_model=list[FindingAnswer],
    responses={**responses(413), **OR_A_FILE},
)
def standard(
    request: Request, caller: Writer, file: UploadFile, what: What = "findings", file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Read the table of a standard catalogue (docx, XLSX, html) and name items without a document, late or overdue."""
    services = services_of(request)
    name, matched = matched_of(services, file)
    if what == "items" and file_format is not None:
        return download(standard_table(matched), file_format)
    return answer_findings("标准目录核查", standard_findings(services, name, matched), file_format)
