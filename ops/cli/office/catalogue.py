"""``gongkai office catalogue``: documents by the classes of 条例第二十条, issuer and year, and what is lacking."""

import datetime
from typing import Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say


def catalogue(
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
    year: Annotated[str, typer.Option(help="Only documents of this year.")] = "",
    number: Annotated[
        int | None, typer.Option("--class", min=0, max=15, help="List the documents of a class instead; 0: of none.")
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="List empty and stale classes instead.")] = False,
    months: Annotated[int, typer.Option(min=1, max=120, help="A class without a newer document is stale.")] = 12,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Count documents by the fifteen classes of the 条例. Exit code 1 with --findings: there are some."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.catalogue.entries import Cell, count_catalogue, find_entries  # noqa: PLC0415  start-up
    from search.office.catalogue.review import review_catalogue  # noqa: PLC0415  start-up
    from search.office.catalogue.table import catalogue_table, entry_table  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if findings and (number is not None or year):
        raise typer.BadParameter("--findings looks at all years and classes; leave --year and --class out")
    day = today.date() if today else datetime.date.today()
    with open_system(load()) as system:
        index, cell = system.context.index, Cell(issuer, year, number)
        if number is not None:
            write_table(entry_table(find_entries(index, cell)), out, as_json=as_json)
            return FINE
        matrix = count_catalogue(index, cell, today=day.isoformat())
        found = list(review_catalogue(index, matrix, today=day, months=months)) if findings else []
    write_table(finding_table("目录核查", found) if findings else catalogue_table(matrix.rows), out, as_json=as_json)
    say(f"{sum(row.documents for row in matrix.rows)} documents in {len(matrix.rows)} rows")
    return FAILED if found else FINE
