"""The metadata of documents after GB/T 33480 over HTTP."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from search.api.originals import disposition
from search.api.routes.office.catalogue import Issuer, Year
from search.api.table_download import SHEET, TableFormat, download
from search.http.auth import services_of
from search.office.output.metadata.files import json_chunks, metadata_table, xml_chunks
from search.office.output.metadata.records import find_metadata

router = APIRouter(prefix="/metadata")


class MetadataFormat(StrEnum):
    """What metadata is written as."""

    XML = "xml"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


As = Annotated[MetadataFormat, Query(alias="format", description="what it is written as")]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_WAYS = {
    MetadataFormat.XML: (xml_chunks, "application/xml; charset=utf-8"),
    MetadataFormat.JSON: (json_chunks, "application/json"),
}
_CONTENT = {
    "application/json": {"schema": {"type": "object"}},
    **dict.fromkeys(("application/xml", "text/csv", SHEET), _FILE),
}


@router.get(
    "",
    summary="Metadata after GB/T 33480",
    response_class=StreamingResponse,
    responses={200: {"description": "The metadata.", "content": _CONTENT}},
)
def metadata(
    request: Request, issuer: Issuer = "", year: Year = "", file_format: As = MetadataFormat.XML
) -> StreamingResponse:
    """Write the records of all documents that may be shown, by the 18 elements of GB/T 33480-2016."""
    services = services_of(request)
    found = find_metadata(services.index, services.artefacts.extracted, issuer=issuer.strip(), year=year)
    if file_format not in _WAYS:
        return download(metadata_table(found), TableFormat(file_format))
    write, media_type = _WAYS[file_format]
    headers = {"Content-Disposition": disposition(f"公文元数据.{file_format}"), "Cache-Control": "no-store"}
    return StreamingResponse(write(found), media_type=media_type, headers=headers)
