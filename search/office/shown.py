"""The documents that may be shown, streamed for what goes out of the office: gazette, metadata, harvesting."""

from collections.abc import Iterator

from schemas.outcomes import SEARCHABLE
from schemas.records import DocumentRecord
from search.protocol import RecordStore

_PAGE = 500


def find_shown(index: RecordStore, *, after: str = "") -> Iterator[DocumentRecord]:
    """Yield the records of all documents that may be shown, by key after ``after``, in constant memory.

    A listing may lag behind, so the newest record of each decides: what was just held or removed is left out.
    """
    while page := index.records(states=SEARCHABLE, after=after, limit=_PAGE):
        newest = index.records_of([record.id for record in page])
        for listed in page:
            record = newest.get(listed.id)
            if record is not None and record.state.is_searchable:
                yield record
        after = page[-1].key
