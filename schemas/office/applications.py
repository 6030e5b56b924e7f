"""Applications for disclosure, disputes about them, and the form of the annual report filled from them."""

import datetime
from dataclasses import dataclass

Number = int | float
Date = datetime.date


@dataclass(frozen=True, slots=True)
class Application:
    """One application (依申请公开).

    Attributes:
        number: As the office numbers it.
        applicant: One of the first six of ``schemas.office.report_form.APPLICANTS``.
        received_on: Date of receipt after 第三十一条 of the 条例.
        answered_on: When it was answered; None while it is not.
        result: Code of the row of table three; empty while it is not answered.
        completion_asked_on: When the applicant was asked to complete it (第三十条).
        completed_on: When the completion was received; the time for the answer starts anew.
        third_party_asked_on: When a third party was asked (第三十二条); the clock stands.
        third_party_answered_on: When it answered.
        extended: Whether the answer was put off by at most 20 working days (第三十三条).
        fee_noticed: Amount of the notice to pay, in 元; None where there was none.
        fee_paid: Amount received, in 元.
        row: Row of the table it was read from, 1-based with the head.
    """

    number: str
    applicant: str
    received_on: Date
    answered_on: Date | None = None
    result: str = ""
    completion_asked_on: Date | None = None
    completed_on: Date | None = None
    third_party_asked_on: Date | None = None
    third_party_answered_on: Date | None = None
    extended: bool = False
    fee_noticed: Number | None = None
    fee_paid: Number | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """A review or lawsuit about disclosure: its group, when it was taken up and decided, and with what outcome."""

    group: str
    accepted_on: Date
    decided_on: Date | None
    outcome: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class RowError:
    """A row of a table of records that cannot be taken: where, and why in words."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The annual report with its tables filled.

    Attributes:
        unit: Who reports.
        year: Of the report.
        issued: (row, column) of table two to its number.
        requests: Code of a row of table three to its seven numbers.
        disputes: The fifteen numbers of table four.
        chapters: Prose of the chapters by their number in the form; one that is left out is a place to fill in.
    """

    unit: str
    year: int
    issued: dict[str, dict[str, Number]]
    requests: dict[str, tuple[int, ...]]
    disputes: tuple[int, ...]
    chapters: dict[int, str]
