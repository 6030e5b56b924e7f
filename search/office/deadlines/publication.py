"""Whether documents were published in time: 20 working days from 成文日期 to 发布日期, by year.

How many stand how is told from the facts of the index by pairs of dates; documents are read only to be listed.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from schemas.office.catalogue import Entry
from schemas.office.deadlines import Deadline, DeadlineState
from schemas.office.facts import FactField, FactFilter
from search.office.catalogue.entries import listed_entry
from search.office.deadlines import rules
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar
from search.office.deadlines.state import state_by_dates, state_of
from search.protocol import FactStore

Date = datetime.date

_WHOLE_DATE = len("2025-01-01")
# Documents of consecutive dates are read together, about so many.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class DatePair:
    """The documents of one 成文日期 and 发布日期 (ISO 8601, empty if not known): how many, and how they stand."""

    signed_on: str
    published_on: str
    documents: int
    state: DeadlineState


def publication_pairs(
    index: FactStore, calendar: WorkCalendar, where: FactFilter, *, today: Date
) -> Iterator[DatePair]:
    """Yield the pairs of dates of the documents in ``where``, ascending, each with its state on the day ``today``."""
    states = PublicationStates(calendar, today)
    for group in index.count_facts((FactField.SIGNED_ON, FactField.PUBLISHED_ON), where):
        signed, published = group.values
        yield DatePair(signed, published, group.count, states.find(signed, published))


class PublicationStates:
    """The states of pairs of dates on one day; each 成文日期 is reckoned once."""

    def __init__(self, calendar: WorkCalendar, today: Date) -> None:
        self._calendar, self._today = calendar, today
        self._due: dict[Date, Date | None] = {}

    def find(self, signed_on: str, published_on: str) -> DeadlineState:
        """Return how documents of these dates stand."""
        signed, published = _date(signed_on), _date(published_on)
        due = None if _gap(signed_on, published_on, signed, published) or signed is None else self._due_on(signed)
        return DeadlineState.UNKNOWN if due is None else state_by_dates(due, published, today=self._today)

    def _due_on(self, signed: Date) -> Date | None:
        if signed not in self._due:
            try:
                self._due[signed] = self._calendar.add_workdays(signed, rules.DAYS[rules.PUBLICATION.code])
            except UnknownYearError:
                self._due[signed] = None
        return self._due[signed]


def publication_deadlines(
    index: FactStore,
    calendar: WorkCalendar,
    where: FactFilter,
    *,
    today: Date,
    states: Collection[DeadlineState] = tuple(DeadlineState),
) -> Iterator[Deadline]:
    """Yield the deadlines of the documents in ``where`` that stand so, by 成文日期 and 发布日期; in constant memory.

    Args:
        index: Where the documents are.
        calendar: Working days.
        where: Which documents.
        today: The day the question is asked.
        states: Only those in these states; only their documents are read.
    """
    pairs = (pair for pair in publication_pairs(index, calendar, where, today=today) if pair.state in states)
    for batch in _batches(pairs):
        wanted = {(pair.signed_on, pair.published_on) for pair in batch}
        dates = {FactField.SIGNED_ON: {one for one, _ in wanted}, FactField.PUBLISHED_ON: {one for _, one in wanted}}
        selected = {**where, **{name: sorted(values) for name, values in dates.items()}}
        entries = map(listed_entry, index.list_facts(selected))
        found = [entry for entry in entries if _pair_of(entry) in wanted]
        yield from (entry_deadline(entry, calendar, today=today) for entry in sorted(found, key=_pair_of))


def entry_deadline(entry: Entry, calendar: WorkCalendar, *, today: Date) -> Deadline:
    """Return the deadline of one document."""
    signed, published = _date(entry.signed_on), _date(entry.published_on)
    if reason := _gap(entry.signed_on, entry.published_on, signed, published):
        return _deadline(
            entry, DeadlineState.UNKNOWN, started=signed, due=None, done=published, days=None, reason=reason
        )
    try:
        due = calendar.add_workdays(signed or today, rules.DAYS[rules.PUBLICATION.code])
    except UnknownYearError as error:
        reason = str(error)
        return _deadline(
            entry, DeadlineState.UNKNOWN, started=signed, due=None, done=published, days=None, reason=reason
        )
    state, days = state_of(calendar, due, published, today=today)
    reason = f"成文日期{signed}后第20个工作日"
    return _deadline(entry, state, started=signed, due=due, done=published, days=days, reason=reason)


def _batches(pairs: Iterator[DatePair]) -> Iterator[Sequence[DatePair]]:
    batch: list[DatePair] = []
    for pair in pairs:
        batch.append(pair)
        if sum(one.documents for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pair_of(entry: Entry) -> tuple[str, str]:
    return entry.signed_on or "", entry.published_on or ""


def _date(text: str | None) -> Date | None:
    try:
        return Date.fromisoformat(text) if text and len(text) == _WHOLE_DATE else None
    except ValueError:
        return None


def _gap(signed_on: str | None, published_on: str | None, signed: Date | None, published: Date | None) -> str:
    """Return why the deadline of a document cannot be told, empty if it can."""
    for name, text, date in (("成文日期", signed_on, signed), ("发布日期", published_on, published)):
        if date is None:
            return f"{name}只写到「{text}」" if text else f"没有{name}"
    if signed and published and published < signed:
        return f"发布日期{published}早于成文日期{signed}；请核对"
    return ""


def _deadline(
    entry: Entry,
    state: DeadlineState,
    *,
    started: Date | None,
    due: Date | None,
    done: Date | None,
    days: int | None,
    reason: str,
) -> Deadline:
    return Deadline(
        rules.PUBLICATION, state, entry.title, started, due, done, days, reason, entry.key, entry.document_id,
        "成文日期、发布日期",
    )  # fmt: skip
