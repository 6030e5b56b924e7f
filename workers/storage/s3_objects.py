"""What an S3 server says of an object, in an answer or a listing, as this application says it."""

from email.utils import parsedate_to_datetime
from typing import Any

from workers.storage.keys import objection
from workers.storage.protocol import ObjectInfo

KEY_BYTES = 1024


def names_object(key: str) -> bool:
    """Return whether an object can have this key here."""
    return objection(key, longest=KEY_BYTES) is None


def info_of_response(key: str, headers: Any) -> ObjectInfo:
    """Return what the head of an answer says of the object it brings."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified")
    modified_at = parsedate_to_datetime(modified).timestamp() if modified else 0.0
    size = int(headers.get("content-length") or 0)
    return ObjectInfo(key=key, etag=etag.strip('"'), size=size, modified_at=modified_at)


def info_of_listed(found: Any, key: str) -> ObjectInfo:
    """Return what a listing, or the answer to a head, says of an object."""
    # Whole seconds, because that is all an object's head says; a listing says more.
    modified = found.last_modified.timestamp() // 1 if found.last_modified else 0.0
    return ObjectInfo(key=key, etag=(found.etag or "").strip('"'), size=found.size or 0, modified_at=modified)
