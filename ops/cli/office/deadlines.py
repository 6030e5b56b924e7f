"""``gongkai office deadlines``: applications or documents that are late, due this week, or undecidable."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.records import read_record_files
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FINE, AsJson, say

if TYPE_CHECKING:
    from schemas.office.deadlines import Deadline
    from search.office.deadlines.calendar import WorkCalendar


def deadlines(
    files: Annotated[list[Path] | None, typer.Argument(help="Registers of applications; default: documents.")] = None,
    year: Annotated[int | None, typer.Option(min=1, max=9999, help="Year of documents; default: this year.")] = None,
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
    today: Today = None,
    whole: Annotated[bool, typer.Option("--all", help="Also list deadlines that were met or are due later.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """List deadlines of the 条例 in working days: publication of documents, or answers to applications."""
    from schemas.office.deadlines import DeadlineState  # noqa: PLC0415  start-up
    from search.office.deadlines.calendar import load_calendar  # noqa: PLC0415  start-up
    from search.office.deadlines.table import deadline_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    day = today.date() if today else datetime.date.today()
    calendar = load_calendar(load().office_holidays)
    found = _of_files(files, calendar, day) if files else _of_documents(calendar, day, year or day.year, issuer)
    listed = list(found)
    shown = [one for one in listed if whole or one.state not in (DeadlineState.KEPT, DeadlineState.OPEN)]
    write_table(deadline_table("时限", shown), out, as_json=as_json)
    counts = {state: sum(one.state is state for one in listed) for state in DeadlineState}
    say(", ".join(f"{count} {state}" for state, count in counts.items() if count) or "no deadlines")
    return FINE


def _of_files(files: list[Path], calendar: "WorkCalendar", day: datetime.date) -> "Iterator[Deadline]":
    from search.office.deadlines.applications import Asked, application_deadlines  # noqa: PLC0415  start-up

    for path in files:
        records = read_record_files([path])
        yield from application_deadlines(records.applications, Asked(calendar, day, str(path)))


def _of_documents(calendar: "WorkCalendar", day: datetime.date, year: int, issuer: str) -> "Iterator[Deadline]":
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.deadlines.publication import publication_deadlines  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        index = system.context.index
        yield from publication_deadlines(index, calendar, year=year, today=day, issuer=issuer or None)
