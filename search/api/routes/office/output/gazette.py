"""The gazette of a period over HTTP, as html or docx."""

import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from schemas.office.output.gazette import Period
from search.api.originals import disposition
from search.http.auth import services_of
from search.http.ports import Services
from search.office.output.gazette import docx_file, html_page
from search.office.output.gazette.issue import Issue
from search.office.output.gazette.items import TooManyError, find_items
from search.office.output.reprint.docx_file import MEDIA_TYPE as DOCX

router = APIRouter(prefix="/gazette")

From = Annotated[datetime.date, Query(alias="from", description="first day of the period, by 成文日期 or 发布日期")]
Until = Annotated[datetime.date, Query(alias="to", description="last day of the period")]
Issuer = Annotated[str, Query(max_length=200, description="only this 发文机关")]
As = Annotated[Literal["html", "docx"], Query(alias="format", description="what it is written as")]

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def issue_of(services: Services, since: datetime.date, until: datetime.date, issuer: str) -> Issue:
    """Return the gazette of a period.

    Raises:
        HTTPException: The period ends before it begins, or holds too many documents (422).
    """
    if until < since:
        raise HTTPException(422, "起始日期晚于截止日期 (the period ends before it begins)")
    period = Period(since.isoformat(), until.isoformat(), issuer.strip())
    try:
        items = find_items(services.index, period)
    except TooManyError as error:
        raise HTTPException(422, str(error)) from error
    return Issue(period, items, services.index, services.details)


@router.get(
    "",
    summary="The gazette of a period",
    response_class=Response,
    responses={200: {"description": "The gazette.", "content": {"text/html": _FILE, DOCX: _FILE}}},
)
def gazette(request: Request, since: From, until: Until, issuer: Issuer = "", file_format: As = "html") -> Response:
    """Put the documents of a period together, with contents; only what may be shown, masked as the settings say."""
    issue = issue_of(services_of(request), since, until, issuer)
    headers = {
        "Content-Disposition": disposition(f"{issue.title}.{file_format}"),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    if file_format == "docx":
        return Response(docx_file.docx_bytes(issue), media_type=DOCX, headers=headers)
    return StreamingResponse(html_page.html_chunks(issue), media_type=html_page.MEDIA_TYPE, headers=headers)
