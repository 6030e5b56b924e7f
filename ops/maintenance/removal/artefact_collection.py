"""Removes artefacts, drawn pages and extracted files to which no record refers any more.

They are a cache: removing one too many costs work but loses no document. After the loss of an index no record refers to
any of them, so call it only when bucket and index are known to agree.
"""

import time
from collections.abc import Iterator

from schemas.outcomes import State
from schemas.records import DocumentRecord
from workers.pipeline.context import Context
from workers.storage.protocol import ObjectInfo

PLACES = ("artefacts/", "children/", "previews/")
_PAGE = 1000


def collect_artefacts(context: Context, *, older_than: float) -> int:
    """Remove artefacts and children's bytes to which no record refers; return how many objects.

    Args:
        context: The stores and index.
        older_than: Minimum age in seconds; younger objects may belong to running jobs.

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
