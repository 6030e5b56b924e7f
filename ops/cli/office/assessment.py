"""``gongkai office assessment``: units assessed for a month, their points and the notice (考核通报)."""

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.table_output import write_table
from ops.cli.output import FINE, AsJson, say
from schemas.office.assessment import Counted

if TYPE_CHECKING:
    from schemas.office.assessment import Assessment
    from schemas.office.findings import Finding
    from search.office.assessment.assess import Month

Rules = Annotated[Path | None, typer.Option("--rules", help="File (TOML) of the rules; default: that of the settings.")]
Out = Annotated[Path | None, typer.Option(help="File to write: the notice as .docx, tables as .csv or .xlsx.")]


def assessment(
    month: Annotated[str, typer.Argument(help="The month, as 2026-10.")],
    unit: Annotated[str, typer.Option(help="Only findings or documents of this unit.")] = "",
    counted: Annotated[Counted | None, typer.Option("--documents", help="List the documents behind a figure.")] = None,
    findings: Annotated[bool, typer.Option("--findings", help="List what is not as it should be instead.")] = False,
    rules: Rules = None,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Count a month by unit and score it by the office's rules; --out 通报.docx writes the notice."""
    from ops.adapters.validity import source_reader, unmarked_table  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.assessment.assess import Month, assess_month  # noqa: PLC0415  start-up
    from search.office.assessment.documents import assessment_findings, counted_documents  # noqa: PLC0415  start-up
    from search.office.assessment.rules_file import load_rules  # noqa: PLC0415  start-up
    from search.office.assessment.table import assessment_table, document_table  # noqa: PLC0415  start-up
    from search.office.deadlines.calendar import load_calendar  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise typer.BadParameter(f"{month!r} is no month; write it as 2026-10", param_hint="MONTH")
    settings, day = load(), today.date() if today else datetime.date.today()
    given = load_rules(str(rules or settings.office_assessment))
    with open_system(settings) as system:
        unmarked = unmarked_table(system, source_reader(system))()
        asked = Month(system.context.index, month, given, load_calendar(settings.office_holidays), day, unmarked)
        if counted is not None:
            write_table(document_table(counted_documents(asked, counted, unit)), out, as_json=as_json)
            return FINE
        if findings:
            write_table(finding_table("考核问题清单", assessment_findings(asked, unit)), out, as_json=as_json)
            return FINE
        found = assess_month(asked)
        if out is not None and out.suffix.lower() == ".docx":
            _write_notice(out, asked, found, assessment_findings(asked))
        else:
            write_table(assessment_table(found), out, as_json=as_json)
    say(f"{month}: {len(found.scores)} units, {found.unlisted} documents of others")
    return FINE


def _write_notice(out: Path, month: "Month", found: "Assessment", findings: "Iterable[Finding]") -> None:
    from search.office.assessment.notice import notice_bytes  # noqa: PLC0415  start-up

    unfinished = out.with_name(out.name + ".part")
    unfinished.write_bytes(notice_bytes(found, findings, today=month.today))
    unfinished.replace(out)
