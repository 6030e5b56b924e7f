"""What the catalogue lacks: classes without a document, and classes without a new one, of all issuers and of each."""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping

from schemas.office.catalogue import UNSTATED, CatalogueMatrix, DisclosureClass
from schemas.office.facts import NewestFact
from schemas.office.findings import Finding, Quote
from search.office.catalogue import rules
from search.office.catalogue.classes import load_classes
from search.protocol import RecordStore

MONTHS = 12
_ALL = "全部机关"
_YEAR_MONTHS = 12

_PAGE = 500

Newest = Mapping[int, NewestFact]
Names = Mapping[tuple[str, int], tuple[str, str]]
"""Key and title of articles by document and ordinal."""


def review_catalogue(
    index: RecordStore, matrix: CatalogueMatrix, *, today: datetime.date, months: int = MONTHS
) -> Iterator[Finding]:
    """Yield the empty and the stale classes of all issuers together, then of each issuer where there are several.

    Args:
        index: Names the newest documents of stale classes.
        matrix: Counts of all years up to ``today``.
        today: The day the question is asked.
        months: A class is stale if its newest dated document is older than this many months.
    """
    since = months_before(today, months).isoformat()
    by_issuer: dict[str, dict[int, NewestFact]] = {}
    for (issuer, number), newest in matrix.newest.items():
        by_issuer.setdefault(issuer, {})[number] = newest
    names = _find_names(index, (one for one in matrix.newest.values() if _is_stale(one, since)))
    yield from _whole_findings(_newest_of_all(by_issuer.values()), since, names)
    if len(by_issuer) > 1:
        for issuer in sorted(by_issuer.keys() - {UNSTATED}):
            yield from _unit_findings(issuer, by_issuer[issuer], since, names)


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the day some months earlier; the last of its month where that is shorter."""
    year, month = divmod(day.year * _YEAR_MONTHS + day.month - 1 - months, _YEAR_MONTHS)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _find_names(index: RecordStore, newest: Iterable[NewestFact]) -> Names:
    names: dict[tuple[str, int], tuple[str, str]] = {}
    ids = list(dict.fromkeys(one.document_id for one in newest))
    for start in range(0, len(ids), _PAGE):
        for record in index.records_of(ids[start : start + _PAGE]).values():
            for article in record.articles:
                names[record.id, article.ordinal] = record.key, article.title or record.key
    return names


def _newest_of_all(units: Iterable[Newest]) -> dict[int, NewestFact]:
    best: dict[int, NewestFact] = {}
    for unit in units:
        for number, newest in unit.items():
            if number not in best or best[number].dated < newest.dated:
                best[number] = newest
    return best


def _whole_findings(newest: Newest, since: str, names: Names) -> Iterator[Finding]:
    empty, stale = _lacking(newest, since)
    for one in empty:
        message = f"没有一件文件归入第{one.mark}项「{one.text}」；请补充公开，或核对标题与文种"
        yield Finding(rules.of_class(rules.EMPTY, one), message, (Quote(_ALL, f"第二十条第{one.mark}项", ""),))
    for one in stale:
        dated = _dated(newest[one.number])
        message = f"第{one.mark}项「{one.text}」{since}以来没有新文件，最近一件{dated}；请核对是否应当更新"
        yield Finding(rules.of_class(rules.STALE, one), message, (_quote(one, newest[one.number], names),))


def _unit_findings(issuer: str, newest: Newest, since: str, names: Names) -> Iterator[Finding]:
    empty, stale = _lacking(newest, since)
    if empty:
        listed = "、".join(f"{one.mark}{one.short}" for one in empty)
        message = f"{issuer}在 {len(empty)} 类没有文件：{listed}；不涉及的可以不管"
        quotes = tuple(Quote(issuer, f"第二十条第{one.mark}项", "") for one in empty)
        yield Finding(rules.UNIT_EMPTY, message, quotes)
    if stale:
        listed = "、".join(f"{one.mark}{one.short}（最近一件{_dated(newest[one.number])}）" for one in stale)
        message = f"{issuer}在 {len(stale)} 类{since}以来没有新文件：{listed}"
        quotes = tuple(_quote(one, newest[one.number], names) for one in stale)
        yield Finding(rules.UNIT_STALE, message, quotes)


def _lacking(newest: Newest, since: str) -> tuple[list[DisclosureClass], list[DisclosureClass]]:
    """Return the classes without a document, and those without a new one."""
    empty = [one for one in load_classes() if one.number not in newest]
    held = [one for one in load_classes() if one.number in newest]
    return empty, [one for one in held if _is_stale(newest[one.number], since)]


def _is_stale(newest: NewestFact, since: str) -> bool:
    """Return whether its date is before ``since``; 2025 counts as its last day."""
    return newest.dated < since[: len(newest.dated) or None]


def _dated(newest: NewestFact) -> str:
    return f"的日期是{newest.dated}" if newest.dated else "没有写明日期"


def _quote(one: DisclosureClass, newest: NewestFact, names: Names) -> Quote:
    key, title = names.get((newest.document_id, newest.article), (newest.document_id, ""))
    return Quote(key, f"第{one.mark}项最近一件，{newest.dated or '无日期'}", title, newest.document_id)
