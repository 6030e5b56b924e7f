"""Opaque cursors for the end of a page; a checksum ties each to its list."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from fastapi import HTTPException

_CHECK_BYTES = 9


def write_cursor(listing: object, place: Any) -> str:
    """Return the cursor after ``place`` (JSON) in the list that ``listing`` (name and filters) identifies."""
    data = json.dumps(place, separators=(",", ":")).encode()
    return urlsafe_b64encode(_check(listing, data) + data).decode().rstrip("=")


def read_cursor(listing: object, cursor: str | None) -> Any:
    """Return the place of a cursor; None for the beginning.

    Raises:
        HTTPException: The cursor does not belong to this list (422).
    """
    if not cursor:
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        data = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] == _check(listing, data):
            return json.loads(data)
    except ValueError:
        pass
    raise HTTPException(422, "cursor: it is none of this list with these filters; begin without one")


def _check(listing: object, data: bytes) -> bytes:
    said = repr(listing).encode("utf-8", "surrogatepass")
    return blake2b(said + data, digest_size=_CHECK_BYTES, person=b"operations").digest()
