"""Records the metrics of each event in the pipeline, with one call per place. Never records a key, a name or a text."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from schemas.events import ObjectEvent
from schemas.records import DocumentRecord
from workers.convert.detect.signature import named_format
from workers.convert.source import suffix_of
from workers.storage.protocol import ObjectInfo
from workers.telemetry.last_hour import RECENT
from workers.telemetry.recorder import RECORDER

log = logging.getLogger(__name__)

OTHER = "other"
NONE = "none"
# The name under which listeners get a document's total time, from request to outcome.
WHOLE = "document"

# Called after each finished piece of work with its name, its duration in seconds, and its attributes.
Listener = Callable[[str, float, dict[str, str]], None]
LISTENERS: list[Listener] = []


def format_of(key: str) -> str:
    """Return the format a key's suffix claims; ``other`` if it claims no known one."""
    return named_format(suffix_of(key)) or OTHER


def count_taken(stage: str, key: str, *, published: float | None, redelivered: bool) -> None:
    """Count that a message was taken from its queue."""
    if published:
        RECORDER.observe("wait_seconds", max(0.0, time.time() - published), stage, format_of(key))
    if redelivered:
        RECORDER.count("redeliveries_total", stage)


def count_work(stage: str, key: str, *, seconds: float) -> None:
    """Count the work on one stage."""
    RECORDER.observe("work_seconds", seconds, stage, format_of(key))
    for listen in LISTENERS:
        listen(stage, seconds, {"format": format_of(key)})


def count_outcome(record: DocumentRecord, *, asked_at: float) -> None:
    """Count the outcome of one document, and log it."""
    log.info("%s: %d sections, %.3f s of work", record.state.value, record.sections, record.seconds)
    for listen in LISTENERS:
        listen(WHOLE, max(0.0, record.indexed_at - asked_at), {"state": record.state.value})
    if not RECORDER.enabled:
        return
    category = record.category.value if record.category else NONE
    RECORDER.count("documents_total", record.state.value, category, record.format or format_of(record.key))
    RECORDER.count("bytes_total", by=record.size)
    RECORDER.count("sections_total", by=record.sections)
    for stage, seconds in record.cpu.items():
        RECORDER.count("cpu_seconds_total", stage, by=seconds)
    RECORDER.observe("document_seconds", max(0.0, record.indexed_at - asked_at), format_of(record.key))
    RECENT.note(record)


def count_give_up(stage: str) -> None:
    """Count a task that goes back to its queue."""
    RECORDER.count("retries_total", stage)


def count_wait(server: str) -> None:
    """Count a wait for a server; only its kind is recorded, not its address."""
    RECORDER.count("server_waits_total", next((kind for kind in SERVERS if server.startswith(kind)), OTHER))


SERVERS = ("broker", "index", "object store", "sandbox")


def count_events(events: Iterable[ObjectEvent]) -> Iterator[ObjectEvent]:
    """Count bucket events on their way."""
    for event in events:
        RECORDER.count("events_total")
        if (lag := lag_of(event.at)) is not None:
            RECORDER.observe("event_lag_seconds", lag)
        yield event


def lag_of(at: str) -> float | None:
    """Return the seconds since an event's time (ISO 8601 with offset), or None if it is not one."""
    try:
        written = datetime.fromisoformat(at)
    except ValueError:
        return None
    return max(0.0, time.time() - written.timestamp()) if written.tzinfo else None


def count_sweep(differences: Mapping[str, int], *, objects: int, sent: int, seconds: float, whole: bool) -> None:
    """Count what a sweep found; ``whole`` is false if it covered only a part of the bucket."""
    for reason, number in differences.items():
        RECORDER.count("sweep_differences_total", reason, by=number)
    RECORDER.count("sweep_queued_total", by=sent)
    RECORDER.observe("sweep_seconds", seconds)
    if whole:
        RECORDER.count("sweeps_total")
        RECORDER.set("sweep_last_seconds", time.time())
        RECORDER.set("sweep_objects", objects)


def count_late_find(info: ObjectInfo) -> None:
    """Record an object that a sweep found before any of its events was handled, and its age."""
    if info.modified_at:
        RECORDER.observe("sweep_found_seconds", max(0.0, time.time() - info.modified_at))


def count_index_request(seconds: float, items: int, refused: Mapping[str, int]) -> None:
    """Record a bulk request: its duration, its items, and the items refused by status."""
    RECORDER.observe("index_bulk_seconds", seconds)
    RECORDER.count("index_items_total", by=items)
    for status, number in refused.items():
        RECORDER.count("index_rejections_total", status, by=number)
