"""``gongkai reindex``: builds a new index behind the same name while searches go on."""

from typing import Annotated

import typer

from ops.cli.output import FINE, AsJson, print_json, say
from ops.cli.progress_bar import Bar


def reindex(
    plan: Annotated[bool, typer.Option("--plan", help="Only print what would be done.")] = False,
    as_json: AsJson = False,
) -> int:
    """Rebuild the index for new fields or another dictionary; converts nothing again."""
    from ops.maintenance.reindex.rebuild import plan as look  # noqa: PLC0415  start-up
    from ops.maintenance.reindex.rebuild import reindex as rebuild  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        found = look(system)
        if as_json:
            print_json(found)
        else:
            typer.echo(f"{found.documents:,} documents to index anew, about {found.rebuild_seconds:,.0f} s")
            for stage, count in found.outdated.items():
                typer.echo(
                    f"{count:,} documents are from an older version of {stage}: the next sweep has them processed"
                )
            if found.outdated:
                typer.echo(f"that takes about {found.process_seconds:,.0f} s on four cores")
        if plan:
            return FINE
        with Bar("reindex", total=found.documents) as bar:
            count = rebuild(system, advance=bar.advance)
    say(f"{count:,} documents indexed anew")
    return FINE
