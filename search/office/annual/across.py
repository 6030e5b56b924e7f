"""Annual reports against each other: year after year, units against their government, and those that are missing."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from schemas.office.annual_report import AnnualReport, Cell, issued_place
from schemas.office.findings import Finding, Quote
from schemas.office.report_form import (
    APPLICANTS,
    CARRIED,
    IN_FORCE,
    ISSUED,
    NEW,
    NEXT,
    NORMATIVE,
    REGULATIONS,
    REPEALED,
    RESULTS_TOTAL,
    ROW_LABELS,
)
from schemas.office.units import Unit
from search.office.annual import rules
from search.office.annual.check import FIRST_YEAR
from search.office.annual.units import due_on, merge_units, unit_key

Date = datetime.date
Shelf = Mapping[tuple[str, int], AnnualReport]
"""Reports by key of the unit and year."""


def shelve(reports: Sequence[AnnualReport]) -> dict[tuple[str, int], AnnualReport]:
    """Return reports by unit and year; of several for the same, the one published last."""
    shelf: dict[tuple[str, int], AnnualReport] = {}
    for report in sorted(reports, key=lambda one: one.published_on or ""):
        if report.year is not None and report.unit:
            shelf[unit_key(report.unit), report.year] = report
    return shelf


def check_years(shelf: Shelf) -> Iterator[Finding]:
    """Yield what the report of a year has otherwise than the one of the year before lets it be."""
    for (unit, year), report in sorted(shelf.items()):
        before = shelf.get((unit, year - 1))
        if before is not None:
            yield from _carried(report, before)
            yield from _in_force(report, before)


def _cell_quote(report: AnnualReport, cell: Cell) -> Quote:
    return Quote(report.document, f"{report.year}年{cell.place}", cell.text, report.document_id)


def _carried(report: AnnualReport, before: AnnualReport) -> Iterator[Finding]:
    ours, theirs = report.row(CARRIED), before.row(NEXT)
    for place, applicant in enumerate(APPLICANTS) if ours and theirs else ():
        now, then = ours[place], theirs[place]
        if None not in (now.value, then.value) and now.value != then.value:
            message = (
                f"{report.unit}：{report.year}年上年结转（{applicant}）为{now.value}，"
                f"{before.year}年结转下年度（{applicant}）为{then.value}；请核对两年的报告"
            )
            yield Finding(rules.CARRIED_OVER, message, (_cell_quote(report, now), _cell_quote(before, then)))


def _in_force(report: AnnualReport, before: AnnualReport) -> Iterator[Finding]:
    for subject in (REGULATIONS, NORMATIVE):
        then = before.issued_cell(subject, IN_FORCE)
        cells = [report.issued_cell(subject, column) for column in (IN_FORCE, ISSUED, REPEALED)]
        known = [cell for cell in (then, *cells) if cell is not None]
        values = [cell.value for cell in known if cell.value is not None]
        if len(values) == 4 and values[1] != values[0] + values[2] - values[3]:
            held, now, made, gone = values
            message = (
                f"{report.unit}：{report.year}年{subject}现行有效为{now}，"
                f"{before.year}年现行有效{held} + 本年制发{made} - 本年废止{gone} = {held + made - gone}；请核对"
            )
            yield Finding(
                rules.IN_FORCE,
                message,
                (*(_cell_quote(report, cell) for cell in known[1:]), _cell_quote(before, known[0])),
            )


def check_missing(shelf: Shelf, listed: Sequence[Unit], years: Sequence[int], *, today: Date) -> Iterator[Finding]:
    """Yield reports that are not there though their day has come, and those that came after it.

    Args:
        shelf: The reports there are.
        listed: Who has to report; who has reported before has to, too.
        years: Which years are looked at.
        today: The day the question is asked.
    """
    units = merge_units(listed, (report.unit for report in shelf.values()))
    for year in (year for year in years if year >= FIRST_YEAR):
        for key, unit in sorted(units.items()):
            due, report = due_on(unit, year), shelf.get((key, year))
            if report is None and today > due:
                message = f"{unit.name}没有{year}年的年度报告，应在{due.isoformat()}前公布；请查找或催报"
                place = f"{year}年年度报告（应于{due.isoformat()}前）"
                yield Finding(rules.MISSING, message, (Quote(unit.name, place, ""),))
            elif report and len(report.published_on or "") == 10 and str(report.published_on) > due.isoformat():
                message = f"{unit.name}{year}年的年度报告公布于{report.published_on}，期限为{due.isoformat()}"
                quote = Quote(report.document, "发布日期", str(report.published_on), report.document_id)
                yield Finding(rules.LATE, message, (quote,))


def check_units(shelf: Shelf, listed: Sequence[Unit]) -> Iterator[Finding]:
    """Yield where the reports of all units of a government do not add up to its own.

    Only where the list names its units and every one of them has reported.
    """
    members: dict[str, list[Unit]] = {}
    for unit in listed:
        if unit.parent:
            members.setdefault(unit_key(unit.parent), []).append(unit)
    for (government, year), report in sorted(shelf.items()):
        theirs = [shelf.get((unit_key(unit.name), year)) for unit in members.get(government, ())]
        there = [one for one in theirs if one is not None]
        if there and len(there) == len(theirs):
            yield from _sums(report, there)


def _sums(report: AnnualReport, parts: Sequence[AnnualReport]) -> Iterator[Finding]:
    for code in (NEW, CARRIED, RESULTS_TOTAL, NEXT):
        row, rows = report.row(code), [part.row(code) for part in parts]
        for place, applicant in enumerate(APPLICANTS) if row and all(rows) else ():
            values = [one[place].value for one in rows]
            stated = row[place].value
            total = sum(value for value in values if value is not None)
            if None not in values and stated is not None and total != stated:
                message = (
                    f"{report.unit}{report.year}年表三「{ROW_LABELS[code]}」×{applicant}为{stated}，"
                    f"所属{len(parts)}个单位之和为{total}；请核对汇总"
                )
                quotes = [_cell_quote(part, one[place]) for part, one in zip(parts, rows, strict=True)]
                yield Finding(rules.UNITS, message, (_cell_quote(report, row[place]), *quotes))


def check_held(shelf: Shelf, held: Callable[[str], int]) -> Iterator[Finding]:
    """Yield where the newest report of a unit counts other normative documents in force than are held of it."""
    newest = dict(sorted(shelf))
    for unit, year in newest.items():
        report = shelf[unit, year]
        cell = report.issued_cell(NORMATIVE, IN_FORCE)
        found = held(report.unit) if cell is not None and cell.value is not None else 0
        if cell is not None and found and cell.value != found:
            message = f"{report.unit}{year}年报告现行有效行政规范性文件{cell.text}件，文件库中有{found}件；请核对缺漏"
            quote = Quote(report.document, issued_place(NORMATIVE, IN_FORCE), cell.text, report.document_id)
            yield Finding(rules.HELD, message, (quote,))
