"""What tables of records hold, told apart by their heads: applications, disputes, numbers of table two."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.office.applications import Application, Dispute, Number, RowError
from search.office.records.applications import (
    Rows,
    is_dispute_list,
    is_issued_list,
    is_register,
    read_applications,
    read_disputes,
    read_issued,
)


@dataclass(frozen=True, slots=True)
class Records:
    """What was read; ``errors`` are the rows that could not be taken, which cost no other."""

    applications: tuple[Application, ...]
    disputes: tuple[Dispute, ...]
    issued: dict[str, dict[str, Number]]
    errors: tuple[RowError, ...]
    known: bool


def read_records(tables: Sequence[Rows]) -> Records:
    """Return the records in all tables; ``known`` is False if none of them has a head that is known."""
    applications: list[Application] = []
    disputes: list[Dispute] = []
    issued: dict[str, dict[str, Number]] = {}
    errors: list[RowError] = []
    known = False
    for rows in tables:
        bad: list[RowError] = []
        if is_register(rows[0]):
            more, bad = read_applications(rows)
            applications += more
        elif is_dispute_list(rows[0]):
            cases, bad = read_disputes(rows)
            disputes += cases
        elif is_issued_list(rows[0]):
            numbers, bad = read_issued(rows)
            issued.update(numbers)
        else:
            continue
        known = True
        errors += bad
    return Records(tuple(applications), tuple(disputes), issued, tuple(errors), known)


def say_errors(errors: Sequence[RowError]) -> list[str]:
    """Return rows that could not be taken in words."""
    return [f"第{error.row}行「{error.column}」：{error.message}" for error in errors]
