"""What the catalogue lacks: classes without a document, and classes without a new one, of all issuers and of each."""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping

from schemas.office.catalogue import UNSTATED, CatalogueMatrix, DisclosureClass, Entry
from schemas.office.findings import Finding, Quote
from search.office.catalogue import rules
from search.office.catalogue.classes import load_classes

MONTHS = 12
_ALL = "全部机关"
_YEAR_MONTHS = 12

Newest = Mapping[int, Entry]


def review_catalogue(matrix: CatalogueMatrix, *, today: datetime.date, months: int = MONTHS) -> Iterator[Finding]:
    """Yield the empty and the stale classes of all issuers together, then of each issuer where there are several.

    Args:
        matrix: Counts of all years.
        today: The day the question is asked.
        months: A class is stale if its newest dated document is older than this many months.
    """
    day, since = today.isoformat(), months_before(today, months).isoformat()
    by_issuer: dict[str, dict[int, Entry]] = {}
    for (issuer, number), entry in matrix.newest.items():
        by_issuer.setdefault(issuer, {})[number] = entry
    yield from _whole_findings(_newest_of_all(by_issuer.values(), day), day, since)
    if len(by_issuer) > 1:
        for issuer in sorted(by_issuer.keys() - {UNSTATED}):
            yield from _unit_findings(issuer, by_issuer[issuer], day, since)


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the day some months earlier; the last of its month where that is shorter."""
    year, month = divmod(day.year * _YEAR_MONTHS + day.month - 1 - months, _YEAR_MONTHS)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _newest_of_all(units: Iterable[Newest], day: str) -> dict[int, Entry]:
    best: dict[int, Entry] = {}
    for unit in units:
        for number, entry in unit.items():
            if number not in best or best[number].newest_until(day) < entry.newest_until(day):
                best[number] = entry
    return best


def _whole_findings(newest: Newest, day: str, since: str) -> Iterator[Finding]:
    empty, stale = _lacking(newest, day, since)
    for one in empty:
        message = f"没有一件文件归入第{one.mark}项「{one.text}」；请补充公开，或核对标题与文种"
        yield Finding(rules.of_class(rules.EMPTY, one), message, (Quote(_ALL, f"第二十条第{one.mark}项", ""),))
    for one in stale:
        dated = _dated(newest[one.number], day)
        message = f"第{one.mark}项「{one.text}」{since}以来没有新文件，最近一件{dated}；请核对是否应当更新"
        yield Finding(rules.of_class(rules.STALE, one), message, (_quote(one, newest[one.number], day),))


def _unit_findings(issuer: str, newest: Newest, day: str, since: str) -> Iterator[Finding]:
    empty, stale = _lacking(newest, day, since)
    if empty:
        names = "、".join(f"{one.mark}{one.short}" for one in empty)
        message = f"{issuer}在 {len(empty)} 类没有文件：{names}；不涉及的可以不管"
        quotes = tuple(Quote(issuer, f"第二十条第{one.mark}项", "") for one in empty)
        yield Finding(rules.UNIT_EMPTY, message, quotes)
    if stale:
        names = "、".join(f"{one.mark}{one.short}（最近一件{_dated(newest[one.number], day)}）" for one in stale)
        message = f"{issuer}在 {len(stale)} 类{since}以来没有新文件：{names}"
        yield Finding(rules.UNIT_STALE, message, tuple(_quote(one, newest[one.number], day) for one in stale))


def _lacking(newest: Newest, day: str, since: str) -> tuple[list[DisclosureClass], list[DisclosureClass]]:
    """Return the classes without a document, and those without a new one; 2025 counts as its last day."""
    empty = [one for one in load_classes() if one.number not in newest]
    held = [one for one in load_classes() if one.number in newest]
    return empty, [one for one in held if (date := newest[one.number].newest_until(day)) < since[: len(date) or None]]


def _dated(entry: Entry, day: str) -> str:
    date = entry.newest_until(day)
    return f"的日期是{date}" if date else "没有写明日期"


def _quote(one: DisclosureClass, entry: Entry, day: str) -> Quote:
    return Quote(
        entry.key, f"第{one.mark}项最近一件，{entry.newest_until(day) or '无日期'}", entry.title, entry.document_id
    )
