"""Objects that a store has but does not list: looked up before they count as gone, and named in the log.

MinIO stores ``a/b`` beside an object ``a``, serves it by its name, and leaves it out of every listing.
"""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from schemas.families import CHILD_MARK
from schemas.outcomes import State
from schemas.records import document_id
from workers.pipeline.context import Context
from workers.pipeline.versions import VERSIONS
from workers.storage.protocol import ObjectInfo, ObjectStore

log = logging.getLogger(__name__)

Again = Literal["gone", "changed", "unlisted"]
THREADS = 8


def look_again(keys: Iterable[str], context: Context) -> Iterator[tuple[str, Again | None]]:
    """Yield, for each record key whose object was not listed, how they disagree; None if they agree by now.

    Raises:
        DependencyError: A server does not answer.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(lambda key: (key, _look(key, context)), keys)


def _look(key: str, context: Context) -> Again | None:
    info = None if CHILD_MARK in key else context.inbox.stat(key)
    if info is None:
        return "gone"
    record = context.index.record(document_id(key))
    if record is None or record.state is State.REMOVED or (record.etag, record.stages) != (info.etag, VERSIONS):
        return "changed"
    return None if is_listed(info, context.inbox) else "unlisted"


def is_listed(info: ObjectInfo, store: ObjectStore) -> bool:
    """Return whether the store lists an object it has; log an object that it does not.

    Raises:
        DependencyError: The store does not answer.
    """
    first = next(iter(store.list(info.key)), None)  # a listing by prefix begins with the key equal to the prefix
    if first is not None and first.key == info.key:
        return True
    log.warning("%r is stored and not listed: an object is where its folder would be; rename one of them", info.key)
    return False
