"""A bucket event, and its forms on the wire.

An event is only a hint that something may have changed at a key; whoever acts on it looks at the object itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

ENCODING_SOURCES = frozenset({"aws:s3", "minio:s3"})
RAW_SOURCE = "ceph:s3"


@dataclass(frozen=True, slots=True)
class ObjectEvent:
    """Something may have changed at ``key``.

    Attributes:
        key: Decoded object key.
        bucket: Name of the bucket; empty where the source has just one.
        name: As the source called it, e.g. ``s3:ObjectCreated:Put``.
        at: Event time as the source wrote it (ISO 8601), or empty.
    """

    key: str
    bucket: str = ""
    name: str = ""
    at: str = ""


class EventError(ValueError):
    """A message is no bucket event; the text says what it lacks."""


def parse_events(message: bytes | str) -> list[ObjectEvent]:
    """Return the events of one message: MinIO's Redis ``access`` element, an S3 notification, or its webhook form.

    Raises:
        EventError: The message is not JSON, or holds no records of the S3 notification format.
    """
    try:
        parsed = json.loads(message)
    except (ValueError, RecursionError) as error:  # brackets by the hundred thousand are no event either
        raise EventError(f"an event message must be JSON: {error}") from error
    records = list(_records(parsed))
    if not records:
        raise EventError('an event message must hold "Records" (S3 notification) or "Event" (MinIO access format)')
    return [event for record in records for event in _events(record)]


def _records(parsed: Any) -> Iterator[dict[str, Any]]:
    for item in parsed if isinstance(parsed, list) else [parsed]:
        for name in ("Records", "Event") if isinstance(item, dict) else ():
            for record in item.get(name) or ():
                if not isinstance(record, dict):
                    raise EventError(f'"{name}" must hold objects')
                yield record


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
    """Return the key that was meant; both readings where a server does not say whether it encodes.

    The notification format percent-encodes keys, with + for a space; Ceph writes them as they are. A reading that is
    no object costs one look.
    """
    if source == RAW_SOURCE:
        return (written,)
    decoded = unquote_plus(written, errors="strict")
    return (decoded,) if source in ENCODING_SOURCES else tuple(dict.fromkeys((decoded, written)))
