"""Turns flattened tables into statistics, with their places in the text and the rows that cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.articles import Statistic
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.statistics import disputes as statistics_disputes
from workers.extract.statistics import requests as statistics_requests
from workers.extract.statistics.issued import read_issued
from workers.extract.statistics.requests import StuckRow
from workers.extract.statistics.unit_tables import UnitRow, read_units

_MAX_EVIDENCE_LENGTH = 300
_DISPUTES = "政府信息公开行政复议、行政诉讼情况"


@dataclass(frozen=True, slots=True)
class Flattened:
    """The contents of a text's tables.

    Attributes:
        numbers: (offset, statistic).
        spans: (start, end) of each row in the text.
        problems: Rows that cannot be read for certain.
    """

    numbers: tuple[tuple[int, Statistic], ...]
    spans: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


def read_flattened(text: str, year: int | None) -> Flattened:
    """Read tables three and four of the annual report and tables with a column of units."""
    requests, disputes, units = (
        statistics_requests.read_requests(text),
        statistics_disputes.read_disputes(text),
        read_units(text),
    )
    numbers = [
        *_stuck_numbers(requests, statistics_requests.COLUMNS, text, year),
        *_stuck_numbers(disputes, statistics_disputes.COLUMNS, text, year),
        *((row.start, number) for row in units for number in _unit_numbers(row, text, year)),
    ]
    unread = [row for row in requests if len(row.cells) != 1]
    problems = [_unreadable(row.subject, " ".join(row.groups)) for row in unread]
    if any(len(row.cells) != 1 for row in disputes):
        problems.append(_unreadable(_DISPUTES, " ".join(disputes[0].groups)))
    problems += [_gap(row) for row in units if row.columns and len(row.values) != len(row.columns)]
    spans = [(row.start, row.end) for row in (*requests, *disputes)] + [(row.start, row.end) for row in units]
    return Flattened(tuple(numbers), tuple(spans), tuple(problems))


def read_flattened_issued(text: str, year: int | None, stated: frozenset[int | float]) -> Flattened:
    """Read table two of the annual report; ``stated`` as in ``read_issued``."""
    numbers: list[tuple[int, Statistic]] = []
    problems: list[Problem] = []
    for row in read_issued(text, stated):
        evidence = text[row.start : row.end]
        if not row.values:
            problems.append(_unreadable(row.subject, evidence.removeprefix(row.subject).strip()))
        for column, value in zip(row.columns, row.values, strict=False):
            numbers.append((row.start, Statistic(row.subject, column, value, row.unit, year, evidence, table=True)))
    return Flattened(tuple(numbers), (), tuple(problems))


def _stuck_numbers(
    rows: Sequence[StuckRow], columns: Sequence[str], text: str, year: int | None
) -> Iterator[tuple[int, Statistic]]:
    for row in rows:
        evidence = text[max(row.start, row.end - _MAX_EVIDENCE_LENGTH) : row.end]
        for column, value in zip(columns, row.cells[0], strict=True) if len(row.cells) == 1 else ():
            yield row.start, Statistic(row.subject, column, value, "件", year, evidence, table=True)


def _unit_numbers(row: UnitRow, text: str, year: int | None) -> Iterator[Statistic]:
    known = len(row.values) == len(row.columns)
    evidence = text[row.start : row.end].strip()
    for place, value in enumerate(row.values):
        column = row.columns[place] if known else ""
        dated = int(column[:4]) if column[:4].isdigit() else year
        yield Statistic(row.subject, column, value, row.unit, dated, evidence, table=True)


def _unreadable(subject: str, digits: str) -> Problem:
    said = Sentence.of("statistics-stuck-digits", subject=subject, digits=digits)
    return Problem.of("extract", said, place="statistics")


def _gap(row: UnitRow) -> Problem:
    columns, numbers = len(row.columns), len(row.values)
    said = Sentence.of("statistics-columns-missing", subject=row.subject, columns=columns, numbers=numbers)
    return Problem.of("extract", said, place="statistics")
