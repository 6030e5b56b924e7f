"""How a deadline stands on a day."""

import datetime

from schemas.office.deadlines import DeadlineState
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar

Date = datetime.date


def state_of(calendar: WorkCalendar, due: Date, done: Date | None, *, today: Date) -> tuple[DeadlineState, int | None]:
    """Return the state, and the working days by which it is late or that are left.

    A day of a year that is not known leaves the number out; the state goes by the dates alone.
    """
    at = done or today
    try:
        days = calendar.count_workdays(due, at) if at > due else calendar.count_workdays(at, due)
    except UnknownYearError:
        days = None
    return state_by_dates(due, done, today=today), days


def state_by_dates(due: Date, done: Date | None, *, today: Date) -> DeadlineState:
    """Return the state alone."""
    if (done or today) > due:
        return DeadlineState.LATE
    if done is not None:
        return DeadlineState.KEPT
    return DeadlineState.DUE if due <= _end_of_week(today) else DeadlineState.OPEN


def _end_of_week(day: Date) -> Date:
    return day + datetime.timedelta(days=6 - day.weekday())
