"""Application records to the numbers of the form.

An application counts as new in the year it was received, as carried over where it was received before and not answered
by the end of the year before, under its result in the year it was answered, and as carried on while it is not: so that
the sum the form demands holds whatever the records are.
"""

from collections.abc import Sequence

from schemas.office.applications import Application, Date, Dispute, FilledForm, Number
from schemas.office.report_form import (
    APPLICANTS,
    CARRIED,
    DISPUTE_GROUPS,
    ISSUED_BLOCKS,
    NEW,
    NEXT,
    OUTCOMES,
    REQUEST_ROWS,
    RESULTS_TOTAL,
)

Issued = dict[str, dict[str, Number]]


def fill_form(
    unit: str,
    year: int,
    applications: Sequence[Application],
    *,
    disputes: Sequence[Dispute] = (),
    issued: Issued | None = None,
    chapters: dict[int, str] | None = None,
) -> FilledForm:
    """Return the form of ``year`` filled from records.

    Args:
        unit: Who reports.
        year: Of the report.
        applications: Of this year and, where they were still open, of the years before.
        disputes: Reviews and lawsuits likewise.
        issued: Numbers of table two; what is not given is 0.
        chapters: Prose by chapter; chapters one and six are written from the numbers where they are not given.
    """
    requests = _requests(year, applications)
    outcomes = _outcomes(year, disputes)
    numbers = issued or {}
    written = {1: _overview(unit, year, requests, outcomes, numbers), 6: _fees(year, applications)}
    whole = {
        subject: {column: numbers.get(subject, {}).get(column, 0) for column in block.columns}
        for block in ISSUED_BLOCKS
        for subject in block.rows
    }
    return FilledForm(unit, year, whole, requests, outcomes, {**written, **(chapters or {})})


def _codes(year: int, application: Application) -> list[str]:
    """Return the rows an application counts in."""
    first, last = Date(year, 1, 1), Date(year, 12, 31)
    received, answered = application.received_on, application.answered_on
    if received > last or (answered is not None and answered < first):
        return []
    begins = NEW if received >= first else CARRIED
    ends = application.result if answered is not None and answered <= last else NEXT
    return [begins, ends, RESULTS_TOTAL] if ends != NEXT else [begins, ends]


def _requests(year: int, applications: Sequence[Application]) -> dict[str, tuple[int, ...]]:
    counts = {row.code: [0] * len(APPLICANTS) for row in REQUEST_ROWS}
    for application in applications:
        for code in _codes(year, application):
            counts[code][APPLICANTS.index(application.applicant)] += 1
            counts[code][-1] += 1
    return {code: tuple(row) for code, row in counts.items()}


def _outcomes(year: int, disputes: Sequence[Dispute]) -> tuple[int, ...]:
    first, last = Date(year, 1, 1), Date(year, 12, 31)
    counts = [0] * (len(OUTCOMES) * len(DISPUTE_GROUPS))
    for dispute in disputes:
        decided = dispute.decided_on
        if dispute.accepted_on > last or (decided is not None and decided < first):
            continue
        outcome = dispute.outcome if decided is not None and decided <= last else OUTCOMES[3]
        group = DISPUTE_GROUPS.index(dispute.group) * len(OUTCOMES)
        counts[group + OUTCOMES.index(outcome)] += 1
        counts[group + len(OUTCOMES) - 1] += 1
    return tuple(counts)


def _overview(
    unit: str, year: int, requests: dict[str, tuple[int, ...]], outcomes: Sequence[int], issued: Issued
) -> str:
    total = {code: row[-1] for code, row in requests.items()}
    documents = issued.get("行政规范性文件", {})
    lawsuits = outcomes[9] + outcomes[14]
    return "\n".join(
        (
            f"{year}年，{unit}落实《中华人民共和国政府信息公开条例》，推进政府信息公开工作。",
            f"（一）主动公开。制发行政规范性文件{documents.get('本年制发件数', 0)}件，"
            f"废止{documents.get('本年废止件数', 0)}件，现行有效{documents.get('现行有效件数', 0)}件。",
            f"（二）依申请公开。新收政府信息公开申请{total[NEW]}件，上年结转{total[CARRIED]}件，"
            f"办结{total[RESULTS_TOTAL]}件，结转下年度{total[NEXT]}件。行政复议{outcomes[4]}件，行政诉讼{lawsuits}件。",
        )
    )


def _fees(year: int, applications: Sequence[Application]) -> str:
    of_year = [each for each in applications if _codes(year, each)]
    noticed = [each.fee_noticed for each in of_year if each.fee_noticed is not None]
    paid = sum(each.fee_paid or 0 for each in of_year)
    if not noticed:
        unpaid = any(each.result == "3.6.2" for each in of_year)
        return "" if unpaid else f"{year}年，未发出收费通知，未收取信息处理费。"
    return f"{year}年，发出收费通知{len(noticed)}件，总金额{sum(noticed)}元，实际收取信息处理费{paid}元。"
