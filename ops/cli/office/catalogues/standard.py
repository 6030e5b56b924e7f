"""``gongkai office standard``: a standard catalogue's items with their documents, and what is missing or late."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say


def standard(
    file: Annotated[Path, typer.Argument(help="基层政务公开标准目录 (docx, XLSX, html).")],
    items: Annotated[bool, typer.Option("--items", help="List the items with their documents instead.")] = False,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Match the items of a standard catalogue with the documents of the index. Exit code 1: there are findings."""
    from ops.adapters.office import read_tables  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.errors import DocumentError  # noqa: PLC0415  start-up
    from search.office.deadlines.calendar import load_calendar  # noqa: PLC0415  start-up
    from search.office.standard.item_table import standard_table  # noqa: PLC0415  start-up
    from search.office.standard.matches import match_items  # noqa: PLC0415  start-up
    from search.office.standard.review import review_items  # noqa: PLC0415  start-up
    from search.office.standard.table import read_items  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    calendar, day = load_calendar(settings.office_holidays), today.date() if today else datetime.date.today()
    with open_system(settings) as system:
        try:
            listed = read_items(read_tables(system.context.sandbox, file, str(file)))
        except (DocumentError, OSError) as error:
            raise typer.BadParameter(f"{file} cannot be read: {error}") from error
        if not listed:
            raise typer.BadParameter(
                f"{file}: no table has the head of a standard catalogue (公开事项, 公开内容, 公开时限)"
            )
        matched = match_items(system.context.index, listed)
    found = list(review_items(str(file), matched, calendar=calendar, today=day))
    write_table(standard_table(matched) if items else finding_table("标准目录核查", found), out, as_json=as_json)
    say(f"{len(listed)} items, {sum(bool(one.count) for one in matched)} with documents, {len(found)} findings")
    return FAILED if found and not items else FINE
