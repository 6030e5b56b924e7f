"""A table of the office as a file to download: the one place that knows formats, names and headers of these."""

from enum import StrEnum
from typing import Any

from fastapi.responses import StreamingResponse

from search.api.originals import disposition
from search.api.tables import csv_lines, xlsx_chunks
from search.office.tables import Table

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableFormat(StrEnum):
    """What a table may be downloaded as."""

    CSV = "csv"
    XLSX = "xlsx"


_WAYS = {TableFormat.CSV: (csv_lines, "text/csv; charset=utf-8"), TableFormat.XLSX: (xlsx_chunks, SHEET)}

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

OR_A_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "As JSON, or the table as a file.", "content": {"text/csv": _FILE, SHEET: _FILE}}
}
"""Description of an answer that is a table, for the parameter ``format``."""


def download(table: Table, file_format: TableFormat) -> StreamingResponse:
    """Return the answer that sends a table as a file."""
    chunks, media_type = _WAYS[file_format]
    sent = {"Content-Disposition": disposition(f"{table.name}.{file_format}"), "Cache-Control": "no-store"}
    return StreamingResponse(chunks(table.head, table.rows), media_type=media_type, headers=sent)
