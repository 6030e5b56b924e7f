"""Send originals as downloads, so that a hostile file cannot run as a page of this site."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from unicodedata import category
from urllib.parse import quote

from fastapi import HTTPException
from fastapi.responses import StreamingResponse

from schemas.records import DocumentRecord
from search.http.original_guard import find_family_refusal, find_own_refusal
from search.http.ports import Services

_MAX_NAME_LENGTH = 180


def original_response(services: Services, record: DocumentRecord) -> StreamingResponse:
    """Return the original of a document as a download.

    Raises:
        HTTPException: It may not be shown (403), is inside a container (404), or is gone (404).
    """
    unread = services.access.serve_unread
    refusal = find_own_refusal(record, serve_unread=unread)
    if refusal is None and record.parent is not None:
        raise HTTPException(404, f"the file lies inside {record.parent}; download that one")
    if refusal is None and record.container:
        refusal = find_family_refusal(services.index, record, serve_unread=unread)
    if refusal:
        raise HTTPException(403, f"the original is not served: {refusal}")
    found = services.objects.open(record.key, etag=record.etag)
    if found is None:
        raise HTTPException(404, "the original is no longer in the bucket")
    headers = {
        "Content-Disposition": disposition(record.key),
        "Content-Length": str(found.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
    }
    return StreamingResponse(_close_after(found.chunks), media_type="application/octet-stream", headers=headers)


def disposition(key: str) -> str:
    """Return a ``Content-Disposition`` with the key's last part as file name (RFC 6266, encoded by RFC 8187)."""
    name = _file_name(key)
    plain = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _file_name(key: str) -> str:
    last = PurePosixPath(key.replace("\\", "/")).name
    # Unicode categories C: control characters, bidirectional overrides and lone surrogates forge or break a name.
    name = "".join(c for c in last if category(c)[0] != "C").strip(" .")
    if len(name) > _MAX_NAME_LENGTH:
        suffix = PurePosixPath(name).suffix[:16]
        name = name[: _MAX_NAME_LENGTH - len(suffix)] + suffix
    return name or "document"


def _close_after(chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from chunks
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
