"""Applications for disclosure, disputes about them, and the annual report's form filled from them."""

import datetime
from dataclasses import dataclass

Number = int | float
Date = datetime.date


@dataclass(frozen=True, slots=True)
class Application:
    """One application (依申请公开).

    Attributes:
        number: The office's number.
        applicant: One of the first six of ``schemas.office.report_form.APPLICANTS``.
        received_on: Date of receipt after 第三十一条 of the 条例.
        answered_on: When it was answered; None until then.
        result: Code of the row of table three; empty until it is answered.
        completion_asked_on: When the applicant was asked to complete it (第三十条).
        completed_on: When the completion was received; the period for the answer restarts.
        third_party_asked_on: When a third party was consulted (第三十二条); the period is suspended.
        third_party_answered_on: When the third party answered.
        extended: Whether the answer was postponed by at most 20 working days (第三十三条).
        fee_noticed: Amount of the notice to pay, in 元; None if there was none.
        fee_paid: Amount received, in 元.
        row: Row of the table it was read from, 1-based, counting the head.
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
    """A review or lawsuit about disclosure: its group, when it was accepted and decided, and its outcome."""

    group: str
    accepted_on: Date
    decided_on: Date | None
    outcome: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class RowError:
    """An unusable row of a table of records: its place, and the reason."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The annual report with its tables filled.

    Attributes:
        unit: The reporting unit.
        year: Year of the report.
        issued: Numbers of table two, by (row, column).
        requests: The seven numbers of each row of table three, by row code.
        disputes: The fifteen numbers of table four.
        chapters: Prose of the chapters by their number in the form; a missing one is left as a blank to fill in.
    """

    unit: str
    year: int
    issued: dict[str, dict[str, Number]]
    requests: dict[str, tuple[int, ...]]
    disputes: tuple[int, ...]
    chapters: dict[int, str]
