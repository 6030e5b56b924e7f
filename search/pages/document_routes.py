"""The page of a document at ``/d/{id}``, with its cleaned or original text, and its URL as a QR code."""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

import segno
from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from schemas.access import Scope
from schemas.cleaned import Normalized
from schemas.outcomes import State
from schemas.records import DocumentRecord, SectionRow
from search.api.routes.session import own_path
from search.http.auth import OPERATING, Caller, Reader, services_of, shown_record
from search.http.original_guard import find_own_refusal
from search.http.ports import Services
from search.http.urls import site_of
from search.pages.desk.container_files import list_contained
from search.pages.document import View, about
from search.pages.document_layout import count_removals, list_damages, read
from search.pages.journey import way_of
from search.pages.original.drawn_page import may_be_drawn
from search.pages.original.original_view import headings_in
from search.pages.original.original_view import source as source_of
from search.pages.original.same_place import find_block, find_section
from search.pages.problem_messages import problem_message
from search.pages.render import page
from search.query.parser import parse

router = APIRouter(default_response_class=HTMLResponse)

# Pages with buttons to try documents again, to which the answer leads back.
LISTS = ("/operations", "/upload?")
ANCHOR = re.compile(r"[sb]\d{1,6}(?:-\d{1,6})?(?:p\d{1,6})?")


@router.get("/d/{identifier}")
def document_page(
    request: Request,
    caller: Reader,
    identifier: str,
    at: str = "",
    part: str = "",
    view: str = "",
    asked: str = "",
    q: Annotated[str, Query(max_length=1000)] = "",
) -> Response:
    """Show a document: its record, outline, text and problems."""
    services = services_of(request)
    record = shown_record(services, identifier)
    details = services.details(record)
    rows = services.index.sections(identifier)
    if at and details and (other := _same_place(identifier, at, rows, details, in_source=view == "source")):
        return RedirectResponse(other, 302)
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 7 else 1
    refusal = find_own_refusal(record, serve_unread=services.access.serve_unread)
    reading = read(record, rows, details=details, at=at, part=number)
    converted = services.artefacts.converted(record) if details and view == "source" else None
    source = source_of(converted, details, at=at, part=number) if converted and details else None
    if source:
        leads = View(identifier, True, source.parts, source.part, headings_in(details, rows), source.part_of, q)
    else:
        leads = View(identifier, parts=reading.parts, part=reading.part, q=q)
    return page(
        "document.html",
        record=record,
        reading=reading,
        source=source,
        view=leads,
        words=parse(q) if q and not source else None,
        part=source.part if source else reading.part,
        parts=leads.parts,
        has_source=details is not None and bool(details.paragraphs or details.removals),
        **_addresses(request, leads, at=at if source and at in source.part_of else reading.at),
        articles=about(services.index, record, extracted=services.artefacts.extracted(record), details=details),
        problems=[problem_message(problem) for problem in record.problems],
        drawn=may_be_drawn(record) and details is not None,
        **_repairs(details),
        downloadable=record.parent is None and refusal is None,
        withheld=record.state.is_searchable and refusal is not None,
        **_processing(services, caller, record),
        asked=asked,
        contained=list_contained(services.index, record, request.query_params.get("inside", "")),
    )


def _addresses(request: Request, view: View, *, at: str) -> dict[str, Any]:
    """Return the addresses of the place that is shown: in both texts, to be copied, as a QR code on paper."""
    place = view.block(at) if view.source and at else view.clean(at)
    return {
        "clean_url": view.text(at) if view.source and at else place,
        "source_url": view.original(at),
        "leaf_url": view.leaf(at=at),
        "address": site_of(request) + place,
        "code": _draw(site_of(request) + place).decode(),
        "taken_on": date.today().isoformat(),
    }


def _repairs(details: Normalized | None) -> dict[str, Any]:
    return {
        "removed": count_removals(details),
        "damaged": list_damages(details),
        "damages": len(details.damages) if details else 0,
    }


def _processing(services: Services, caller: Caller, record: DocumentRecord) -> dict[str, Any]:
    return {
        "operator": caller.may(Scope.OPERATE),
        "retriable": services.writing.retries is not None and record.state in {State.FAILED, State.PARTIAL},
        "way": way_of(record.journey, recorded_at=record.indexed_at),
    }


@router.post("/d/{identifier}/retry", response_class=RedirectResponse)
def retry(
    request: Request,
    caller: Annotated[Caller, Depends(OPERATING)],
    identifier: str,
    start: Annotated[Literal["first", "failed"], Form()] = "first",
    back: Annotated[str, Form(max_length=20_000)] = "",
) -> RedirectResponse:
    """Queue a document for processing again, and redirect to its page or the list it was in."""
    services = services_of(request)
    shown_record(services, identifier)
    if services.writing.retries is None:
        raise HTTPException(403, "retries are not offered here")
    sent = services.writing.retries.retry(identifier, from_failed_stage=start == "failed", who=caller.name)
    if not sent:
        raise HTTPException(409, "the document is being worked on just now, or waits for it; look again in a moment")
    return RedirectResponse(own_path(back) if back.startswith(LISTS) else f"/d/{identifier}?asked=1#journey", 303)


@router.get("/d/{identifier}/qr.svg")
def qr_code(request: Request, identifier: str, at: str = "") -> Response:
    """Return the URL of the page, or of its section ``at``, as a QR code (ISO/IEC 18004)."""
    shown_record(services_of(request), identifier)
    drawn = _draw(_address(request, identifier, at if ANCHOR.fullmatch(at) else ""))
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"})


def _address(request: Request, identifier: str, at: str) -> str:
    return site_of(request) + View(identifier).clean(at)


def _draw(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, scale=4, border=3, light="#fff", dark="#000"
    )
    return drawn.getvalue()


def _same_place(identifier: str, at: str, rows: Sequence[SectionRow], details: Normalized, *, in_source: bool) -> str:
    """Return the anchor in the requested text of a place ``at`` of the other text; empty if ``at`` is in this one."""
    if at.startswith("s" if in_source else "b"):
        blocks = headings_in(details, rows)
        found = (find_block if in_source else find_section)(at, rows, blocks, details)
        view = View(identifier, in_source)
        return (view.block(found) if in_source else view.clean(found)) if found else ""
    return ""
