"""Which documents a gazette holds: those that may be shown and are dated in its period, by issuer and date."""

from collections.abc import Iterator
from itertools import islice

from schemas.office.facts import SHOWN, FactField, FactFilter, FoundFact
from schemas.office.output.gazette import Item, Period
from search.protocol import Index

# A gazette is made in memory.
MOST = 300
_DAY, _YEAR = len("2025-01-01"), len("2025")


class TooManyError(ValueError):
    """A period holds more documents than one gazette takes."""


def find_items(index: Index, period: Period) -> list[Item]:
    """Return the documents of a gazette, by issuer, date and 文号.

    A document whose date says no day is in no gazette, since nobody can tell whether it is of the period.

    Raises:
        TooManyError: There are more than ``MOST``.
    """
    found = list(islice(_in_period(index, period), MOST + 1))
    if len(found) > MOST:
        raise TooManyError(f"这一期间多于 {MOST} 件；请缩短期间，或只选一个发文机关")
    records = index.records_of(list(dict.fromkeys(one.document_id for one in found)))
    wanted = {(one.document_id, one.fact.article): one.fact.signed_on or one.fact.published_on for one in found}
    items = (
        Item(record, article, wanted[record.id, article.ordinal])
        for record in records.values()
        for article in record.articles
        if record.state.is_searchable and (record.id, article.ordinal) in wanted
    )
    return sorted(items, key=_order)


def _in_period(index: Index, period: Period) -> Iterator[FoundFact]:
    of_issuer: FactFilter = {FactField.UNIT: (period.issuer,)} if period.issuer else {}
    years = tuple(map(str, range(int(period.since[:_YEAR]), int(period.until[:_YEAR]) + 1)))
    for found in index.list_facts({FactField.STATE: (SHOWN,), FactField.YEAR: years, **of_issuer}):
        dated = found.fact.signed_on or found.fact.published_on
        if len(dated) >= _DAY and period.since <= dated <= period.until:
            yield found


def _order(item: Item) -> tuple[bool, str, str, str, str]:
    article = item.article
    return not article.issuer, article.issuer or "", item.dated, article.document_number or "", item.record.key
