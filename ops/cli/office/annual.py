"""``gongkai office annual``: checks annual reports in files or in the index."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.office.collection import open_collection
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, print_json, say

if TYPE_CHECKING:
    from schemas.office.findings import Finding

Today = Annotated[datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Check as of this day.")]
Units = Annotated[Path | None, typer.Option(help="Table of the units that report: 单位, 上级, 类型 (政府 or 部门).")]


def annual(
    files: Annotated[list[Path] | None, typer.Argument(help="Annual reports; without any, those in the index.")] = None,
    units: Units = None,
    today: Today = None,
    cells: Annotated[bool, typer.Option("--cells", help="Print the cells read from the reports instead.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Check annual reports: sums, cells, chapters, prose, years, units, what is missing. Exit code 1: errors found."""
    from schemas.office.findings import Severity  # noqa: PLC0415  start-up
    from search.office.annual.review import review_reports  # noqa: PLC0415  start-up

    day = today.date() if today else datetime.date.today()
    with open_collection(files or [], units) as collection:
        reports, unread = list(collection.reports), collection.unread
        if cells:
            print_json(reports)
            return FAILED if unread else FINE
        found = review_reports(reports, today=day, units=collection.units, held=collection.held, missing=not files)
    _show(found, out, as_json=as_json)
    errors = sum(finding.rule.severity is Severity.ERROR for finding in found)
    say(f"{len(reports)} reports, {errors} errors, {len(found) - errors} other findings")
    return FAILED if errors or unread else FINE


def _show(found: "list[Finding]", out: Path | None, *, as_json: bool) -> None:
    from search.office.tables import finding_table  # noqa: PLC0415  start-up

    if out is None and not as_json:
        for finding in found:
            quote = finding.evidence[0]
            typer.echo(f"{quote.document}: {finding.rule.code}: {finding.message}")
    else:
        write_table(finding_table("年度报告核查", found), out, as_json=as_json)
