"""The page of a document at ``/d/{id}``: cleaned or as it came out of its file; and its address as a QR code."""

import io
from typing import Annotated, Literal

import segno
from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from schemas.access import Scope
from schemas.outcomes import State
from search.api.routes.session import own_path
from search.http.auth import OPERATING, Caller, Reader, services_of, shown_record
from search.http.original_guard import find_own_refusal
from search.http.urls import site_of
from search.pages.document import View, about
from search.pages.document_layout import count_removals, list_damages, read
from search.pages.journey import way_of
from search.pages.original_view import headings_in
from search.pages.original_view import source as source_of
from search.pages.problem_messages import problem_message
from search.pages.render import page

router = APIRouter(default_response_class=HTMLResponse)

OPERATIONS = "/operations"


@router.get("/d/{identifier}")
def document_page(
    request: Request, caller: Reader, identifier: str, at: str = "", part: str = "", view: str = "", asked: str = ""
) -> HTMLResponse:
    """Show a document: its record, outline and text, and what happened to it on the way."""
    services = services_of(request)
    record = shown_record(services, identifier)
    details = services.details(record)
    rows = services.index.sections(identifier)
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 7 else 1
    refusal = find_own_refusal(record, serve_unread=services.access.serve_unread)
    reading = read(record, rows, details=details, at=at, part=number)
    converted = services.artefacts.converted(record) if details and view == "source" else None
    source = source_of(converted, details, at=at, part=number) if converted and details else None
    if source:
        leads = View(identifier, True, source.parts, headings_in(details, rows), source.part_of)
    else:
        leads = View(identifier, parts=reading.parts)
    return page(
        "document.html",
        record=record,
        reading=reading,
        source=source,
        view=leads,
        part=source.part if source else reading.part,
        parts=leads.parts,
        has_source=details is not None and bool(details.paragraphs or details.removals),
        clean_url=leads.clean(),
        source_url=f"/d/{identifier}?view=source",
        address=f"{site_of(request)}/d/{identifier}",
        articles=about(services.index, record, extracted=services.artefacts.extracted(record), details=details),
        problems=[problem_message(problem) for problem in record.problems],
        removed=count_removals(details),
        damaged=list_damages(details),
        damages=len(details.damages) if details else 0,
        downloadable=record.parent is None and refusal is None,
        withheld=record.state.is_searchable and refusal is not None,
        operator=caller.may(Scope.OPERATE),
        retriable=services.writing.retries is not None and record.state in {State.FAILED, State.PARTIAL},
        way=way_of(record.journey, recorded_at=record.indexed_at),
        asked=asked,
    )


@router.post("/d/{identifier}/retry", response_class=RedirectResponse)
def retry(
    request: Request,
    caller: Annotated[Caller, Depends(OPERATING)],
    identifier: str,
    start: Annotated[Literal["first", "failed"], Form()] = "first",
    back: Annotated[str, Form(max_length=20_000)] = "",
) -> RedirectResponse:
    """Have a document processed again, and lead back to its page or the list it stood in."""
    services = services_of(request)
    shown_record(services, identifier)
    if services.writing.retries is None:
        raise HTTPException(403, "retries are not offered here")
    sent = services.writing.retries.retry(identifier, from_failed_stage=start == "failed", who=caller.name)
    if not sent:
        raise HTTPException(409, "the document is being worked on just now, or waits for it; look again in a moment")
    listed = back == OPERATIONS or back.startswith(f"{OPERATIONS}/failures?")
    return RedirectResponse(own_path(back) if listed else f"/d/{identifier}?asked=1#journey", 303)


@router.get("/d/{identifier}/qr.svg")
def qr_code(request: Request, identifier: str) -> Response:
    """Return the address of the page as a QR code (ISO/IEC 18004)."""
    shown_record(services_of(request), identifier)
    drawn = io.BytesIO()
    segno.make(f"{site_of(request)}/d/{identifier}", error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, scale=4, border=3, light="#fff", dark="#000"
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"})
