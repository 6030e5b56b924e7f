"""``gongkai office columns``: documents by the office's own columns, sub-site and year, and what is lacking."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say


def columns(
    classes: Annotated[Path | None, typer.Option(help="File of columns; default: GONGKAI_OFFICE_CLASSES.")] = None,
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
    site: Annotated[str, typer.Option(help="Only this sub-site: first folder of a key, / for none.")] = "",
    year: Annotated[str, typer.Option(help="Only documents of this year.")] = "",
    number: Annotated[
        int | None, typer.Option("--column", min=0, help="List the documents of a column instead; 0: of none.")
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="List empty and stale columns instead.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Count documents by the office's own columns. Exit code 1 with --findings: there are some."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.catalogue.columns.columns_file import read_columns  # noqa: PLC0415  start-up
    from search.office.catalogue.columns.matrix import Selection, count_columns, find_column_entries  # noqa: PLC0415  start-up
    from search.office.catalogue.columns.review import review_columns  # noqa: PLC0415  start-up
    from search.office.catalogue.columns.table import column_entry_table, column_table  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    known = read_columns(str(classes or settings.office_classes))
    if not known:
        raise typer.BadParameter("no file of columns is named; give --classes or set GONGKAI_OFFICE_CLASSES")
    if findings and (number is not None or year):
        raise typer.BadParameter("--findings looks at all years and columns; leave --year and --column out")
    day = datetime.date.today()
    with open_system(settings) as system:
        entries = find_column_entries(system.context.index, known, Selection(issuer, site, year, number))
        if number is not None:
            write_table(column_entry_table(known, entries), out, as_json=as_json)
            return FINE
        matrix = count_columns(entries, today=day.isoformat())
    found = list(review_columns(known, matrix, today=day)) if findings else []
    table = finding_table("栏目核查", found) if findings else column_table(known, matrix.rows)
    write_table(table, out, as_json=as_json)
    say(f"{sum(row.documents for row in matrix.rows)} documents in {len(matrix.rows)} rows")
    return FAILED if found else FINE
