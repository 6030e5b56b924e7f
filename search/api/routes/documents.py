"""Documents over HTTP: metadata, text and original."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import StreamingResponse

from schemas.drawings import SVG, VERSION, WEBP
from search.api.drawn_pages import page_response
from search.api.originals import original_response
from search.api.responses import DocumentAnswer, document_answer
from search.http.auth import READING, services_of, shown_record
from search.http.errors import responses
from search.http.etag import entity_tag, headers, not_modified

router = APIRouter(
    prefix="/v1/documents/{identifier}",
    tags=["documents"],
    dependencies=[Depends(READING)],
    responses=responses(404, 410),
)

Identifier = Annotated[str, Path(max_length=64, description="`document_id` of a hit")]
PageNumber = Annotated[int, Path(ge=1, le=100_000, description="Page of the original, from 1")]
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "It is still as `If-None-Match` says."}}


@router.get("", summary="One document", response_model=DocumentAnswer, responses=NOT_MODIFIED)
def document(request: Request, response: Response, identifier: Identifier) -> DocumentAnswer | Response:
    """Return metadata, outline, sections, problems, removals and damages."""
    services = services_of(request)
    record = shown_record(services, identifier)
    tag = entity_tag(record.id, record.etag, record.state, record.indexed_at)
    same = not_modified(request, tag)
    if same is not None:
        return same
    response.headers.update(headers(tag))
    return document_answer(record, services.index.sections(identifier), details=services.details(record))


@router.get(
    "/original",
    summary="The file as it was uploaded",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The file.", "content": {"application/octet-stream": {}}},
        **NOT_MODIFIED,
        **responses(404, 409, 410),
    },
)
def original(request: Request, identifier: Identifier) -> Response:
    """Send the file, always as a download."""
    services = services_of(request)
    record = shown_record(services, identifier)
    tag = entity_tag(record.id, record.etag, record.state)
    found = not_modified(request, tag) or original_response(services, record)
    found.headers.update(headers(tag))
    return found


@router.get(
    "/pages/{page}",
    summary="A page of the original as a picture",
    response_class=Response,
    responses={
        200: {"description": "The page, upright, its longer side at most 1754 pixels.", "content": {WEBP: {}, SVG: {}}},
        **NOT_MODIFIED,
        **responses(404, 409, 410),
    },
)
def page_picture(request: Request, identifier: Identifier, page: PageNumber) -> Response:
    """Draw a page of a PDF, an OFD or a picture; pages of other formats have no fixed look."""
    services = services_of(request)
    record = shown_record(services, identifier)
    tag = entity_tag(record.id, record.etag, record.state, page, VERSION)
    found = not_modified(request, tag) or page_response(services, record, page)
    found.headers.update(headers(tag))
    return found
