"""Bucket events, and the message formats they arrive in.

An event is only a hint that something may have changed at a key; a consumer must check the object itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

ENCODING_SOURCES = frozenset({"aws:s3", "minio:s3", "rustfs:s3"})
RAW_SOURCE = "ceph:s3"
# Members of a message that hold the records: S3, MinIO's access format, RustFS before 1.0.
RECORDS = ("Records", "Event", "records")
BUCKETS = "/buckets/"  # SeaweedFS's folder of all buckets
PARTS = ".uploads"  # SeaweedFS's folder, inside a bucket, for parts of unfinished uploads


@dataclass(frozen=True, slots=True)
class ObjectEvent:
    """Something may have changed at ``key``.

    Attributes:
        key: Decoded object key.
        bucket: Name of the bucket; empty if the source has only one.
        name: Event name as sent, e.g. ``s3:ObjectCreated:Put``.
        at: Event time as sent (ISO 8601), or empty.
    """

    key: str
    bucket: str = ""
    name: str = ""
    at: str = ""


class EventError(ValueError):
    """A message is no bucket event; the text says what is missing."""


def parse_events(message: bytes | str) -> list[ObjectEvent]:
    """Parse one message: MinIO's Redis ``access`` element, an S3 notification, or the body of a webhook.

    Webhooks of MinIO and RustFS send records in the S3 format. SeaweedFS also reports folders and parts, which are not
    objects; such a message may contain no event.

    Raises:
        EventError: The message is not JSON, or has no records in the S3 notification format.
    """
    try:
        parsed = json.loads(message)
    except (ValueError, RecursionError) as error:  # RecursionError: JSON nested too deeply
        raise EventError(f"an event message must be JSON: {error}") from error
    if isinstance(parsed, dict) and "event_type" in parsed and "message" in parsed:
        return list(_file_events(parsed))
    records = list(_records(parsed))
    if not records:
        raise EventError('an event message must hold "Records" (S3 notification) or "Event" (MinIO access format)')
    return [event for record in records for event in _events(record)]


def _records(parsed: Any) -> Iterator[dict[str, Any]]:
    for item in parsed if isinstance(parsed, list) else [parsed]:
        for name in RECORDS if isinstance(item, dict) else ():
            for record in item.get(name) or ():
                if not isinstance(record, dict):
                    raise EventError(f'"{name}" must hold objects')
                yield record


def _file_events(message: dict[str, Any]) -> Iterator[ObjectEvent]:
    """Yield the events of a SeaweedFS webhook message: for the old and the new place of a file."""
    kind, path, change = message["event_type"], message.get("key"), message["message"]
    if not isinstance(path, str) or not isinstance(change, dict):
        raise EventError('a message with an "event_type" must hold the path of a file as "key", and a "message"')
    old, new = change.get("old_entry") or {}, change.get("new_entry") or {}
    # A created or deleted folder is no object; a changed folder may replace an object that was deleted.
    if kind != "update" and (new or old).get("is_directory"):
        return
    paths = [path]
    if kind == "rename":
        paths.append(f"{change.get('new_parent_path', '')}/{new.get('name', '')}")
    at = _iso(new.get("commit_ts_ns"))
    for each in paths:
        bucket, _, key = each.removeprefix(BUCKETS).partition("/")
        if each.startswith(BUCKETS) and key and not key.startswith(f"{PARTS}/"):
            yield ObjectEvent(key=key, bucket=bucket, name=str(kind), at=at)


def _iso(nanoseconds: Any) -> str:
    known = isinstance(nanoseconds, int) and nanoseconds > 0
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC).isoformat() if known else ""


def _events(record: dict[str, Any]) -> Iterator[ObjectEvent]:
    try:
        written = record["s3"]["object"]["key"]
        keys = _keys(written, str(record.get("eventSource", "")))
        bucket = record["s3"]["bucket"]["name"]
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise EventError(f"an event record lacks a readable s3.bucket.name or s3.object.key: {error!r}") from error
    name, at = str(record.get("eventName", "")), str(record.get("eventTime", ""))
    return (ObjectEvent(key=key, bucket=bucket, name=name, at=at) for key in keys)


def _keys(written: str, source: str) -> tuple[str, ...]:
    """Return the decoded key; both readings if the server may or may not encode keys.

    The notification format percent-encodes keys, with + for a space; Ceph does not encode them. A reading that is no
    object only costs one lookup.
    """
    if source == RAW_SOURCE:
        return (written,)
    decoded = unquote_plus(written, errors="strict")
    return (decoded,) if source in ENCODING_SOURCES else tuple(dict.fromkeys((decoded, written)))
