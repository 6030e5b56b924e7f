"""Whether documents were published in time: 20 working days from 成文日期 to 发布日期, asked of the index by year."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from schemas.office.deadlines import Deadline, DeadlineState
from schemas.queries import DocumentHit, Query, Sort
from search.office.deadlines import rules
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar
from search.office.deadlines.state import state_of
from search.protocol import Index

Date = datetime.date

_PAGE = 100
_WHOLE_DATE = len("2025-01-01")


def publication_deadlines(
    index: Index,
    calendar: WorkCalendar,
    *,
    year: int,
    today: Date,
    issuer: str | None = None,
    prefix: str | None = None,
) -> Iterator[Deadline]:
    """Yield the deadline of each document signed, else published, in a year; in constant memory, a page at a time.

    Args:
        index: Where the documents are.
        calendar: Working days.
        year: Of 成文日期.
        today: The day the question is asked.
        issuer: Only of this office.
        prefix: Only below this start of the key.
    """
    query = Query(
        "", year=year, issuer=issuer, prefix=prefix, size=_PAGE, sections_each=1, sort=Sort.OLDEST, fold=False
    )
    cursors: set[str] = set()
    while True:
        result = index.search(query)
        yield from (hit_deadline(hit, calendar, today=today) for hit in result.hits)
        if result.cursor is None or result.cursor in cursors:
            return
        cursors = {result.cursor}
        query = replace(query, cursor=result.cursor)


def hit_deadline(hit: DocumentHit, calendar: WorkCalendar, *, today: Date) -> Deadline:
    """Return the deadline of one document."""
    signed, published = _date(hit.signed_on), _date(hit.published_on)
    if reason := _gap(hit, signed, published):
        return _deadline(hit, DeadlineState.UNKNOWN, started=signed, due=None, done=published, days=None, reason=reason)
    try:
        due = calendar.add_workdays(signed or today, rules.DAYS[rules.PUBLICATION.code])
    except UnknownYearError as error:
        reason = str(error)
        return _deadline(hit, DeadlineState.UNKNOWN, started=signed, due=None, done=published, days=None, reason=reason)
    state, days = state_of(calendar, due, published, today=today)
    reason = f"成文日期{signed}后第20个工作日"
    return _deadline(hit, state, started=signed, due=due, done=published, days=days, reason=reason)


def _date(text: str | None) -> Date | None:
    try:
        return Date.fromisoformat(text) if text and len(text) == _WHOLE_DATE else None
    except ValueError:
        return None


def _gap(hit: DocumentHit, signed: Date | None, published: Date | None) -> str:
    """Return why the deadline of a document cannot be told, empty where it can."""
    for name, text, date in (("成文日期", hit.signed_on, signed), ("发布日期", hit.published_on, published)):
        if date is None:
            return f"{name}只写到「{text}」" if text else f"没有{name}"
    if signed and published and published < signed:
        return f"发布日期{published}早于成文日期{signed}；请核对"
    return ""


def _deadline(
    hit: DocumentHit,
    state: DeadlineState,
    *,
    started: Date | None,
    due: Date | None,
    done: Date | None,
    days: int | None,
    reason: str,
) -> Deadline:
    return Deadline(
        rules.PUBLICATION, state, hit.title.text, started, due, done, days, reason, hit.key, hit.document_id,
        "成文日期、发布日期",
    )  # fmt: skip
