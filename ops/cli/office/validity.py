"""``gongkai office validity``: what became of documents by the word of others, and what does not fit together."""

import datetime
from typing import Annotated

import typer

from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say


def validity(
    findings: Annotated[bool, typer.Option("--findings", help="List what does not fit together instead.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """List documents that others repeal, amend or keep. Exit code 1 with --findings: there are some."""
    from ops.adapters.validity import source_reader  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from search.office.validity.review import review_validity  # noqa: PLC0415  start-up
    from search.office.validity.sources import find_sources  # noqa: PLC0415  start-up
    from search.office.validity.table import verdict_table  # noqa: PLC0415  start-up
    from search.office.validity.verdicts import find_verdicts, repeals  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    today = datetime.date.today().isoformat()
    with open_system(load()) as system:
        index, source_of = system.context.index, source_reader(system)
        verdicts = find_verdicts(index, find_sources(index, source_of))
        found = list(review_validity(index, verdicts, source_of, today=today))
    ended = repeals(verdicts, today=today)
    table = finding_table("有效性核查", found) if findings else verdict_table(verdicts, ended)
    write_table(table, out, as_json=as_json)
    say(f"{len(verdicts)} changes, {len(ended)} documents not in force, {len(found)} findings")
    return FAILED if findings and found else FINE
