"""Send a table of the office as a file: the formats, file names and headers."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import StreamingResponse

from search.api.originals import disposition
from search.api.tables import csv_lines, xlsx_chunks
from search.office.tables import Table

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableFormat(StrEnum):
    """The formats a table can be downloaded in."""

    CSV = "csv"
    XLSX = "xlsx"


FileFormat = Annotated[TableFormat | None, Query(alias="format", description="a table as a file; by default JSON")]
"""The parameter ``format`` of an operation that answers with a table."""

_WAYS = {TableFormat.CSV: (csv_lines, "text/csv; charset=utf-8"), TableFormat.XLSX: (xlsx_chunks, SHEET)}

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

OR_A_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "As JSON, or the table as a file.", "content": {"text/csv": _FILE, SHEET: _FILE}}
}
"""OpenAPI description of a response that is a table, by the parameter ``format``."""


def download(table: Table, file_format: TableFormat) -> StreamingResponse:
    """Return the response with a table as a file."""
    chunks, media_type = _WAYS[file_format]
    sent = {"Content-Disposition": disposition(f"{table.name}.{file_format}"), "Cache-Control": "no-store"}
    return StreamingResponse(chunks(table.head, table.rows), media_type=media_type, headers=sent)
