"""``gongkai office deadlines``: applications or documents that are late, due this week, or undecidable."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.records import read_record_files
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FINE, AsJson, say
from schemas.office.deadlines import Deadline, DeadlineState

if TYPE_CHECKING:
    from search.office.deadlines.calendar import WorkCalendar

SHOWN = tuple(one for one in DeadlineState if one not in (DeadlineState.KEPT, DeadlineState.OPEN))
Found = tuple[Counter[DeadlineState], Callable[[Collection[DeadlineState]], Iterable[Deadline]]]
"""How many stand how, and what lists those in some states."""


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
    from search.office.deadlines.calendar import load_calendar  # noqa: PLC0415  start-up
    from search.office.deadlines.table import deadline_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    day = today.date() if today else datetime.date.today()
    states = tuple(DeadlineState) if whole else SHOWN
    calendar = load_calendar(load().office_holidays)
    found = _of_files(files, calendar, day) if files else _of_documents(calendar, day, f"{year or day.year:04}", issuer)
    with found as (counts, deadlines_in):
        write_table(deadline_table("时限", deadlines_in(states)), out, as_json=as_json)
    say(", ".join(f"{count} {state}" for state, count in counts.items() if count) or "no deadlines")
    return FINE


@contextmanager
def _of_files(files: list[Path], calendar: "WorkCalendar", day: datetime.date) -> "Iterator[Found]":
    from search.office.deadlines.applications import Asked, application_deadlines  # noqa: PLC0415  start-up

    listed: list[Deadline] = []
    for path in files:
        records = read_record_files([path])
        listed += application_deadlines(records.applications, Asked(calendar, day, str(path)))
    yield Counter(one.state for one in listed), lambda states: (one for one in listed if one.state in states)


@contextmanager
def _of_documents(calendar: "WorkCalendar", day: datetime.date, year: str, issuer: str) -> "Iterator[Found]":
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.catalogue.entries import Cell  # noqa: PLC0415  start-up
    from search.office.deadlines.publication import (  # noqa: PLC0415  start-up
        publication_deadlines,
        publication_pairs,
    )
    from workers.settings import load  # noqa: PLC0415  start-up

    where = Cell(issuer, year).where()
    with open_system(load()) as system:
        index = system.context.index
        counts: Counter[DeadlineState] = Counter()
        for pair in publication_pairs(index, calendar, where, today=day):
            counts[pair.state] += pair.documents
        yield counts, lambda states: publication_deadlines(index, calendar, where, today=day, states=states)
