"""A document as a clean file of its own: docx with headings in Word's styles, OFD, plain text, or an EEP package."""

import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from schemas.records import ArticleSummary, DocumentRecord
from search.api.originals import disposition
from search.api.routes.documents import Identifier
from search.http.auth import READING, services_of, shown_record
from search.http.errors import responses
from search.office.output.reprint.docx_file import MEDIA_TYPE, docx_bytes
from search.office.output.reprint.eep_file import MEDIA_TYPE as EEP
from search.office.output.reprint.eep_file import Packed, UndatedError, eep_bytes
from search.office.output.reprint.ofd_file import MEDIA_TYPE as OFD
from search.office.output.reprint.ofd_file import ofd_bytes, title_of
from search.office.output.reprint.parts import read_apart, read_parts
from search.office.output.reprint.text_file import text_of

router = APIRouter(
    prefix="/v1/documents/{identifier}/reprint", tags=["documents"], dependencies=[Depends(READING)],
    responses=responses(404, 410),
)  # fmt: skip

As = Annotated[Literal["docx", "ofd", "txt", "eep"], Query(alias="format", description="what it is written as")]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_CONTENT = {MEDIA_TYPE: _FILE, OFD: _FILE, "text/plain": _FILE, EEP: _FILE}


@router.get(
    "",
    summary="The document as a clean file",
    response_class=Response,
    responses={200: {"description": "The file.", "content": _CONTENT}},
)
def reprint(request: Request, identifier: Identifier, file_format: As = "docx") -> Response:
    """Write the cleaned document anew: headings, tables, notes; masked as the settings say."""
    services = services_of(request)
    record = shown_record(services, identifier)
    if not record.state.is_searchable:
        raise HTTPException(404, "the document could not be read; there is no text to write")
    parts = read_parts(services.index.sections(record.id), read_apart(services.details(record)))
    first = record.articles[0] if record.articles else None
    title = title_of(record)
    headers = {
        "Content-Disposition": disposition(f"{title}.{'xml' if file_format == 'eep' else file_format}"),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if file_format == "txt":
        return Response(text_of(parts), media_type="text/plain; charset=utf-8", headers=headers)
    if file_format == "ofd":
        return Response(ofd_bytes(parts, record), media_type=OFD, headers=headers)
    data = docx_bytes(parts, title=title, author=(first.issuer if first else None) or "")
    if file_format == "eep":
        return Response(_package(record, first, data), media_type=EEP, headers=headers)
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


def _package(record: DocumentRecord, article: ArticleSummary | None, data: bytes) -> bytes:
    if article is None:
        raise HTTPException(422, "the document holds no article to describe")
    try:
        return eep_bytes(Packed(record, article, data, datetime.datetime.now(datetime.UTC)))
    except UndatedError as error:
        raise HTTPException(422, str(error)) from error
