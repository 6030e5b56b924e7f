"""The page ``/d/{id}/page``: a page of the original as a picture beside the text read from it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.records import DocumentRecord, SectionRow
from search.http.auth import Reader, services_of, shown_record
from search.http.original_guard import find_own_refusal
from search.http.ports import Services
from search.http.urls import site_of
from search.pages.document import View
from search.pages.document_layout import title_of
from search.pages.original.drawn_page import may_be_drawn, page_of, read_leaf, text_at
from search.pages.original.original_view import headings_in, source_of_page
from search.pages.original.same_place import find_block
from search.pages.render import page as render
from search.query.parser import parse

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/d/{identifier}/page")
def drawn_page(
    request: Request,
    caller: Reader,
    identifier: str,
    at: str = "",
    page: str = "",
    q: Annotated[str, Query(max_length=1000)] = "",
) -> Response:
    """Show page ``page`` of the original, or that on which the place ``at`` stands, and mark the words of a search."""
    services = services_of(request)
    record = shown_record(services, identifier)
    details, converted = _artefacts(services, record)
    rows = services.index.sections(identifier)
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0
    number = number or page_of(at, _block_of(at, rows, details), converted, rows)
    words = parse(q) if q else None
    leaf = read_leaf(services, record, converted, page=number, wanted=text_at(at, converted, rows), words=words)
    return render(
        "drawn_page.html",
        record=record,
        title=title_of(record, rows),
        leaf=leaf,
        source=source_of_page(converted, details, leaf.page),
        view=View(identifier, q=q),
        at=at,
        words=words,
        address=site_of(request) + View(identifier).leaf(page=leaf.page),
        downloadable=record.parent is None
        and find_own_refusal(record, serve_unread=services.access.serve_unread) is None,
    )


def _artefacts(services: Services, record: DocumentRecord) -> tuple[Normalized, Converted]:
    details = services.details(record) if may_be_drawn(record) else None
    converted = services.artefacts.converted(record) if details else None
    if details is None or converted is None:
        raise HTTPException(404, "pages are drawn of PDF, OFD and pictures that were read")
    return details, converted


def _block_of(at: str, rows: Sequence[SectionRow], details: Normalized) -> str:
    return find_block(at, rows, headings_in(details, rows), details) if at.startswith("s") else at
