"""The records a harvester is sent, in the order they were recorded, some at a time.

A document is an item if it has text and may be shown. One that was removed, held or can no longer be read is sent as
deleted, with nothing but its identifier: whoever has harvested it must know. The ledger keeps that until it is purged,
so deletion is ``transient``.
"""

from collections.abc import Iterable, Iterator

from schemas.office.output.harvest import Batch, Span
from schemas.records import DocumentRecord
from search.protocol import RecordStore

SIZE = 100
_LOOKED_UP = SIZE + 1


def find_batch(index: RecordStore, span: Span, *, size: int = SIZE) -> Batch:
    """Return the next records of a list."""
    start = span.since if span.after is None else span.after
    found: list[DocumentRecord] = []
    for record in _current(index, index.recorded_since(start)):
        if span.until is not None and record.indexed_at >= span.until + 1:
            break
        if record.indexed_at == span.after and record.id in span.sent:
            continue
        if not is_item(record):
            continue
        if len(found) == size:
            return Batch(tuple(found), _rest(span, found))
        found.append(record)
    return Batch(tuple(found), None)


def is_item(record: DocumentRecord) -> bool:
    """Return whether harvesters are told of a document: it has text, or is gone."""
    return bool(record.articles) or not record.state.is_searchable


def is_deleted(record: DocumentRecord) -> bool:
    """Return whether an item is sent as deleted."""
    return not record.state.is_searchable


def find_item(index: RecordStore, identifier: str) -> DocumentRecord | None:
    """Return the newest record of an item; None if there is none."""
    record = index.record(identifier)
    return record if record is not None and is_item(record) else None


def earliest(index: RecordStore) -> float:
    """Return when the oldest record was made, in seconds since 1970; 0 without any."""
    return next((record.indexed_at for record in index.recorded_since(0.0)), 0.0)


def _rest(span: Span, found: list[DocumentRecord]) -> Span:
    last = found[-1].indexed_at
    same = tuple(record.id for record in found if record.indexed_at == last)
    before = span.sent if span.after == last else ()
    return Span(span.since, span.until, last, before + same, span.cursor + len(found))


def _current(index: RecordStore, listed: Iterable[DocumentRecord]) -> Iterator[DocumentRecord]:
    """Yield records as they are now: a listing may lag behind; what changed since comes again at its new place."""
    some: list[DocumentRecord] = []
    for record in listed:
        some.append(record)
        if len(some) == _LOOKED_UP:
            yield from _newest(index, some)
            some = []
    yield from _newest(index, some)


def _newest(index: RecordStore, some: list[DocumentRecord]) -> Iterator[DocumentRecord]:
    newest = index.records_of([record.id for record in some]) if some else {}
    for record in some:
        now = newest.get(record.id)
        if now is not None and now.indexed_at == record.indexed_at:
            yield now
