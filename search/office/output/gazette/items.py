"""Which documents a gazette holds: those that may be shown and are dated in its period, by issuer and date."""

from collections.abc import Iterator

from schemas.office.output.gazette import Item, Period
from search.office.shown import find_shown
from search.protocol import RecordStore

# A gazette is made in memory.
MOST = 300
_DAY = len("2025-01-01")


class TooManyError(ValueError):
    """A period holds more documents than one gazette takes."""


def find_items(index: RecordStore, period: Period) -> list[Item]:
    """Return the documents of a gazette, by issuer, date and 文号.

    A document whose date says no day is in no gazette, since nobody can tell whether it is of the period.

    Raises:
        TooManyError: There are more than ``MOST``.
    """
    found = []
    for item in _items(index, period):
        found.append(item)
        if len(found) > MOST:
            raise TooManyError(f"这一期间多于 {MOST} 件；请缩短期间，或只选一个发文机关")
    return sorted(found, key=_order)


def _items(index: RecordStore, period: Period) -> Iterator[Item]:
    for record in find_shown(index):
        for article in record.articles:
            dated = article.signed_on or article.published_on or ""
            if len(dated) < _DAY or not period.since <= dated <= period.until:
                continue
            if period.issuer in ("", article.issuer):
                yield Item(record, article, dated)


def _order(item: Item) -> tuple[bool, str, str, str, str]:
    article = item.article
    return not article.issuer, article.issuer or "", item.dated, article.document_number or "", item.record.key
