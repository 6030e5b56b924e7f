"""Deadlines of the 条例: what is due, by when, and whether it was met."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from schemas.office.findings import Rule

Date = datetime.date


class DeadlineState(StrEnum):
    """The state of a deadline."""

    LATE = "late"  # done after the last day, or not done and the last day is past
    DUE = "due"  # due by the end of this week
    OPEN = "open"  # due later
    KEPT = "kept"  # done in time
    WAITING = "waiting"  # the period is suspended, or has not restarted
    UNKNOWN = "unknown"  # dates are missing


STATE_NAMES = {
    DeadlineState.LATE: "逾期",
    DeadlineState.DUE: "本周到期",
    DeadlineState.OPEN: "未到期",
    DeadlineState.KEPT: "按时",
    DeadlineState.WAITING: "等待中",
    DeadlineState.UNKNOWN: "无法判断",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline.

    Attributes:
        rule: The rule that sets it.
        state: Its state.
        subject: Number of the application, or title of the document.
        started_on: The day the period starts from, which does not count.
        due_on: Its last day; None if unknown, or if the period is suspended.
        done_on: When it was done.
        days: Working days late, or left; None if unknown.
        reason: How the last day was computed, or why it is unknown.
        document: Key of the object, or name of the table.
        document_id: Identifier in the index; empty if it is not indexed.
        place: Row of the table, or the fields of the record.
    """

    rule: Rule
    state: DeadlineState
    subject: str
    started_on: Date | None
    due_on: Date | None
    done_on: Date | None
    days: int | None
    reason: str
    document: str
    document_id: str = ""
    place: str = ""
