"""A document as a clean file of its own: docx with headings in Word's styles, OFD, plain text, or an EEP package."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from search.api.originals import disposition
from search.api.routes.documents import Identifier
from search.http.auth import READING, services_of, shown_record
from search.http.errors import responses
from search.office.output.reprint.eep_file import NoArticleError, UndatedError
from search.office.output.reprint.file_bytes import MEDIA_TYPES, SUFFIXES, Format, file_bytes
from search.office.output.reprint.ofd_file import title_of
from search.office.output.reprint.parts import read_apart, read_parts

router = APIRouter(
    prefix="/v1/documents/{identifier}/reprint", tags=["documents"], dependencies=[Depends(READING)],
    responses=responses(404, 410),
)  # fmt: skip

As = Annotated[Format, Query(alias="format", description="what it is written as")]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_CONTENT = {media_type.partition(";")[0]: _FILE for media_type in MEDIA_TYPES.values()}


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
    try:
        data = file_bytes(record, parts, file_format)
    except (UndatedError, NoArticleError) as error:
        raise HTTPException(422, str(error)) from error
    name = f"{title_of(record)}.{SUFFIXES[file_format]}"
    headers = {
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type=MEDIA_TYPES[file_format], headers=headers)
