"""Where a page of hits ended, as an opaque word that leads to the next page of the same search.

It holds the place of the last hit in the order of all hits, not a number of hits passed over, so that the next page
begins behind that hit however deep it is, and whatever was indexed meanwhile. It is no secret and gives no access: it
carries a check sum over itself and the search, so that one that was cut, edited or taken from another search is known.
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
    """The place behind a hit.

    Attributes:
        after: What the last hit was sorted by, in the form of the index that made it.
        how: In which way it was searched.
    """

    after: tuple[Any, ...]
    how: How = "strict"


def write_cursor(query: Query, place: Place) -> str:
    """Return the cursor that continues ``query`` at ``place``."""
    data = json.dumps([place.after, place.how], separators=(",", ":")).encode()
    return urlsafe_b64encode(_check(query, data) + data).decode().rstrip("=")


def read_cursor(query: Query) -> Place | None:
    """Return where ``query`` continues; None where its cursor is no cursor of this search."""
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
    # What may differ from page to page is left out: how much is shown, not what is found and in which order.
    same = replace(query, cursor=None, offset=0, size=0, sections_each=0, facets=(), explain=False)
    return blake2b(
        repr(same).encode("utf-8", "surrogatepass") + data, digest_size=_CHECK_BYTES, person=b"cursor"
    ).digest()
