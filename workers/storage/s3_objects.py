"""Translates an S3 server's description of an object, in a response or a listing, into ``ObjectInfo``."""

from email.utils import parsedate_to_datetime
from typing import Any

from workers.storage.object_keys import objection
from workers.storage.protocol import ObjectInfo

KEY_BYTES = 1024


def names_object(key: str) -> bool:
    """Return whether this key can name an object here."""
    return objection(key, longest=KEY_BYTES) is None


def info_of_response(key: str, headers: Any) -> ObjectInfo:
    """Return the object that a response's headers describe."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified")
    modified_at = parsedate_to_datetime(modified).timestamp() if modified else 0.0
    size = int(headers.get("content-length") or 0)
    return ObjectInfo(key=key, etag=etag.strip('"'), size=size, modified_at=modified_at)


def info_of_listed(found: Any, key: str) -> ObjectInfo:
    """Return the object that a listing, or the response to a HEAD request, describes."""
    # Whole seconds, because a HEAD response has no more; a listing does.
    modified = found.last_modified.timestamp() // 1 if found.last_modified else 0.0
    return ObjectInfo(key=key, etag=(found.etag or "").strip('"'), size=found.size or 0, modified_at=modified)
