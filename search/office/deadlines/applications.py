"""Deadlines of an application: to be asked to complete it, the opinion of third parties, the answer.

The answer is due 20 working days after receipt, 20 more where it was put off; receipt of the completion begins them
anew (第三十条), and the time third parties take does not count (第三十三条), at most until their own 15 are over
(第三十二条).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.office.applications import Application, Date
from schemas.office.deadlines import Deadline, DeadlineState
from schemas.office.findings import Rule
from search.office.deadlines import rules
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar
from search.office.deadlines.state import state_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What deadlines are reckoned with: the calendar, the day of the question, the name of the table."""

    calendar: WorkCalendar
    today: Date
    document: str


def application_deadlines(applications: Iterable[Application], asked: Asked) -> Iterator[Deadline]:
    """Yield the deadlines of each application."""
    for application in applications:
        for find in (_completion, _third_party, _answer):
            try:
                deadline = find(application, asked)
            except UnknownYearError as error:
                deadline = _unknown(_RULES[find.__name__], application, asked, str(error))
            if deadline is not None:
                yield deadline


_RULES = {"_completion": rules.COMPLETION, "_third_party": rules.THIRD_PARTY, "_answer": rules.ANSWER}


def _deadline(
    rule: Rule, application: Application, asked: Asked, *, started: Date, due: Date, done: Date | None, reason: str
) -> Deadline:
    state, days = state_of(asked.calendar, due, done, today=asked.today)
    place = f"第{application.row}行"
    return Deadline(rule, state, application.number, started, due, done, days, reason, asked.document, place=place)


def _unknown(rule: Rule, application: Application, asked: Asked, reason: str) -> Deadline:
    started = application.received_on
    place = f"第{application.row}行"
    return Deadline(
        rule, DeadlineState.UNKNOWN, application.number, started, None, None, None, reason, asked.document, place=place
    )


def _completion(application: Application, asked: Asked) -> Deadline | None:
    """Return the deadline to ask for a completion, where it was asked for."""
    if application.completion_asked_on is None:
        return None
    started = application.received_on
    due = asked.calendar.add_workdays(started, rules.DAYS[rules.COMPLETION.code])
    reason = f"收到日{started}后第7个工作日"
    done = application.completion_asked_on
    return _deadline(rules.COMPLETION, application, asked, started=started, due=due, done=done, reason=reason)


def _third_party(application: Application, asked: Asked) -> Deadline | None:
    started = application.third_party_asked_on
    if started is None:
        return None
    due = asked.calendar.add_workdays(started, rules.DAYS[rules.THIRD_PARTY.code])
    done, reason = application.third_party_answered_on, f"征求意见日{started}后第15个工作日"
    return _deadline(rules.THIRD_PARTY, application, asked, started=started, due=due, done=done, reason=reason)


def _answer(application: Application, asked: Asked) -> Deadline:
    if contradiction := _contradiction(application):
        return _unknown(rules.ANSWER, application, asked, contradiction)
    asked_on, completed_on = application.completion_asked_on, application.completed_on
    if asked_on is not None and completed_on is None and application.answered_on is None:
        reason = f"{asked_on}已告知补正，收到补正后期限重新计算"
        return _waiting(application, asked, application.received_on, reason)
    started = completed_on or application.received_on
    days = rules.DAYS[rules.ANSWER.code] + (rules.EXTENSION if application.extended else 0)
    reason = f"{'补正' if completed_on else '收到'}日{started}后第{days}个工作日"
    stopped_on, resumed_on = application.third_party_asked_on, _resumed_on(application, asked)
    if stopped_on is None or stopped_on < started:
        due = asked.calendar.add_workdays(started, days)
    elif resumed_on is None and application.answered_on is None:
        return _waiting(application, asked, started, f"{stopped_on}征求第三方意见，期限停止计算")
    else:
        resumed_on = resumed_on or application.answered_on or stopped_on
        used = asked.calendar.count_workdays(started, stopped_on)
        due = asked.calendar.add_workdays(resumed_on, max(days - used, 0))
        reason += f"，{stopped_on}至{resumed_on}征求第三方意见不计入"
    done = application.answered_on
    return _deadline(rules.ANSWER, application, asked, started=started, due=due, done=done, reason=reason)


def _resumed_on(application: Application, asked: Asked) -> Date | None:
    """Return when the clock goes on: with the opinion, or when the time for it is over; None while it stands."""
    started, answered = application.third_party_asked_on, application.third_party_answered_on
    if started is None:
        return None
    last = asked.calendar.add_workdays(started, rules.DAYS[rules.THIRD_PARTY.code])
    if answered is not None:
        return answered
    return last if asked.today > last else None


def _waiting(application: Application, asked: Asked, started: Date, reason: str) -> Deadline:
    place = f"第{application.row}行"
    return Deadline(
        rules.ANSWER, DeadlineState.WAITING, application.number, started, None, None, None, reason, asked.document,
        place=place,
    )  # fmt: skip


def _contradiction(application: Application) -> str:
    """Return what about the dates cannot be, in words; empty if they can."""
    pairs = (
        ("补正通知日期", application.received_on, application.completion_asked_on),
        ("补正收到日期", application.completion_asked_on, application.completed_on),
        ("征求意见日期", application.received_on, application.third_party_asked_on),
        ("收到意见日期", application.third_party_asked_on, application.third_party_answered_on),
        ("答复日期", application.completed_on or application.received_on, application.answered_on),
    )
    for name, before, after in pairs:
        if after is not None and before is None:
            return f"有{name}{after}而没有它之前的日期；请补填"
        if after is not None and before is not None and after < before:
            return f"{name}{after}早于它之前的日期{before}；请核对"
    return ""
