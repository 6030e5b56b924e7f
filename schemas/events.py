"""A bucket event, and its forms on the wire.

An event is only a hint that something may have changed at a key; whoever acts on it looks at the object itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus


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
    except ValueError as error:
        raise EventError(f"an event message must be JSON: {error}") from error
    records = list(_records(parsed))
    if not records:
        raise EventError('an event message must hold "Records" (S3 notification) or "Event" (MinIO access format)')
    return [_event(record) for record in records]


def _records(parsed: Any) -> Iterator[dict[str, Any]]:
    if isinstance(parsed, list):
        for item in parsed:
            yield from _records(item)
    elif isinstance(parsed, dict):
        for name in ("Records", "Event"):
            for record in parsed.get(name) or ():
                if not isinstance(record, dict):
                    raise EventError(f'"{name}" must hold objects')
                yield record


def _event(record: dict[str, Any]) -> ObjectEvent:
    try:
        # s3.object.key is percent-encoded with + for a space, in every S3 dialect that follows the notification format.
        key = unquote_plus(record["s3"]["object"]["key"], errors="strict")
        bucket = record["s3"]["bucket"]["name"]
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise EventError(f"an event record lacks a readable s3.bucket.name or s3.object.key: {error!r}") from error
    name, at = str(record.get("eventName", "")), str(record.get("eventTime", ""))
    return ObjectEvent(key=key, bucket=bucket, name=name, at=at)
