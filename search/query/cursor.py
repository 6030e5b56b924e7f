"""The cursor of a page of hits: an opaque token that leads to the next page of the same search.

It holds the sort values of the last hit, not an offset, so that the next page begins after that hit at any depth, even
if documents were indexed meanwhile. It is no secret and gives no access. Its checksum covers itself and the search, so
that a cursor that was truncated, edited or taken from another search is recognised.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from schemas.queries import Query
from search.query.ways import How

BAD_CURSOR = "翻页标记无效或属于另一次检索，已从第一页开始显示。"
_CHECK_BYTES = 9
_MAX_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """The place after a hit.

    Attributes:
        after: Sort values of the last hit, in the form of the index that made it.
        how: The way of searching that found it.
    """

    after: tuple[Any, ...]
    how: How = "strict"


def write_cursor(query: Query, place: Place) -> str:
    """Return the cursor that continues ``query`` at ``place``."""
    data = json.dumps([place.after, place.how], separators=(",", ":")).encode()
    return urlsafe_b64encode(_check(query, data) + data).decode().rstrip("=")


def read_cursor(query: Query) -> Place | None:
    """Return the place where ``query`` continues; None if its cursor does not belong to this search."""
    cursor = query.cursor or ""
    if len(cursor) > _MAX_LENGTH or not cursor.isascii():
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        data = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] != _check(query, data):
            return None
        after, how = json.loads(data)
    except (Error, ValueError):
        return None
    return Place(tuple(after), how)


def _check(query: Query, data: bytes) -> bytes:
    # The checksum leaves out what may differ between pages: how much is shown. It covers what is found and its order.
    same = replace(query, cursor=None, offset=0, size=0, sections_each=0, facets=(), explain=False)
    return blake2b(
        repr(same).encode("utf-8", "surrogatepass") + data, digest_size=_CHECK_BYTES, person=b"cursor"
    ).digest()
