"""Removes what the stages made and nobody refers to any more: artefacts and bytes of files overwritten or removed.

They are a cache, so that to remove one too many costs work and no document. After an index was lost nothing refers to
anything: only who knows that bucket and index agree may ask for it.
"""

import time
from collections.abc import Iterator

from schemas.outcomes import State
from schemas.records import DocumentRecord
from workers.pipeline.context import Context
from workers.storage.protocol import ObjectInfo

PLACES = ("artefacts/", "children/")
_PAGE = 1000


def collect_artefacts(context: Context, *, older_than: float) -> int:
    """Remove artefacts and bytes of children to which no record refers; return how many objects that were.

    Args:
        context: Where they lie.
        older_than: Seconds since they were written; younger ones may belong to what is under way.

    Raises:
        DependencyError: A server does not answer.
    """
    newest = time.time() - older_than
    referred = set(_list_referred(context))
    removed = 0
    for info in _list_stored(context):
        if info.modified_at <= newest and info.key.rpartition("/")[2] not in referred:
            context.derived.remove(info.key)
            removed += 1
    return removed


def list_records(context: Context, prefix: str = "") -> Iterator[DocumentRecord]:
    """Yield all records below a prefix, in pages.

    Raises:
        DependencyError: The index does not answer.
    """
    after = ""
    while page := context.index.records(prefix, after=after, limit=_PAGE):
        yield from page
        after = page[-1].key


def _list_stored(context: Context) -> Iterator[ObjectInfo]:
    for place in PLACES:
        yield from context.derived.list(place)


def _list_referred(context: Context) -> Iterator[str]:
    for record in list_records(context):
        if record.state is not State.REMOVED:
            yield record.content
            if record.parent is not None:
                yield record.etag
