"""Items of a standard catalogue without a document, published late, or without one of this period."""

import datetime
from collections.abc import Iterable, Iterator

from schemas.office.catalogues.standard import MatchedItem, StandardMatch
from schemas.office.findings import Finding, Quote
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar
from search.office.standard import rules
from search.office.standard.periods import Period, read_period

_DAY = len("2025-01-01")


def review_items(
    name: str, matched: Iterable[MatchedItem], *, calendar: WorkCalendar, today: datetime.date
) -> Iterator[Finding]:
    """Yield what is wrong with the items of a standard catalogue; what is disclosed on request only is passed over.

    Args:
        name: Of its file.
        matched: Its items with their documents.
        calendar: Counts working days.
        today: The day the question is asked.
    """
    for one in matched:
        if one.item.on_request:
            continue
        period = read_period(one.item.period)
        yield from _unmatched(name, one) if not one.count else _timely(name, one, period, calendar, today)
        if not period.known:
            message = f"{_called(one)}的公开时限「{one.item.period}」读不出日数或周期，未核对"
            yield Finding(rules.UNTOLD, message, (_quote(name, one, one.item.period),))


def _unmatched(name: str, one: MatchedItem) -> Iterator[Finding]:
    message = f"{_called(one)}没有一件文件的标题与之相符；请公开，或核对标题"
    yield Finding(rules.UNMATCHED, message, (_quote(name, one, one.item.contents),))


def _timely(
    name: str, one: MatchedItem, period: Period, calendar: WorkCalendar, today: datetime.date
) -> Iterator[Finding]:
    for match in one.newest if period.days is not None else ():
        took = _days_taken(match, period, calendar)
        if took is not None and took > (period.days or 0):
            unit = "个工作日" if period.working else "日"
            message = f"{_called(one)}应在 {period.days} {unit}内公开，《{match.title}》用了 {took} {unit}"
            yield Finding(rules.LATE, message, (_of(match), _quote(name, one, one.item.period)))
    newest = one.newest[0]
    if period.every is not None and newest.dated:
        since = (today - datetime.timedelta(days=period.every)).isoformat()
        if newest.dated < since[: len(newest.dated)]:
            message = f"{_called(one)}的公开时限是「{one.item.period}」，最近一件的日期是{newest.dated}"
            yield Finding(rules.OVERDUE, message, (_of(newest), _quote(name, one, one.item.period)))


def _days_taken(match: StandardMatch, period: Period, calendar: WorkCalendar) -> int | None:
    """Return the days from forming to publishing; None if a date or the calendar of its year is not known."""
    signed, published = match.signed_on or "", match.published_on or ""
    if min(len(signed), len(published)) < _DAY:
        return None
    start, end = datetime.date.fromisoformat(signed), datetime.date.fromisoformat(published)
    try:
        return calendar.count_workdays(start, end) if period.working else (end - start).days
    except UnknownYearError:
        return None


def _called(one: MatchedItem) -> str:
    item = one.item
    names = " › ".join(dict.fromkeys(filter(None, (item.first, item.second)))) or item.contents
    return f"「{names}」"


def _of(match: StandardMatch) -> Quote:
    return Quote(
        match.document, f"成文{match.signed_on or '?'}，发布{match.published_on or '?'}", match.title, match.document_id
    )


def _quote(name: str, one: MatchedItem, text: str) -> Quote:
    return Quote(name, one.item.place, text)
