"""A deadline of the 条例: what is due, by when, and whether it was kept."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from schemas.office.findings import Rule

Date = datetime.date


class DeadlineState(StrEnum):
    """How a deadline stands."""

    LATE = "late"  # done after its day, or not done and its day is over
    DUE = "due"  # to be done by the end of this week
    OPEN = "open"  # to be done later
    KEPT = "kept"  # done in time
    WAITING = "waiting"  # the clock stands, or has not begun anew
    UNKNOWN = "unknown"  # cannot be told


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
        rule: What demands it.
        state: How it stands.
        subject: Number of the application, or title of the document.
        started_on: The day it runs from, which does not count.
        due_on: Its last day; None where it cannot be told, or the clock stands.
        done_on: When it was done.
        days: Working days too late, or left; None where they cannot be told.
        reason: How the day comes about, or why it cannot be told.
        document: Key of the object, or name of the table.
        document_id: In the index; empty for what is not there.
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
