"""``gongkai office guide``: what guides and catalogues of disclosure lack, and shown documents of the negative list."""

import datetime
from typing import Annotated

import typer

from ops.cli.office.annual import Today
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say


def guide(
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
    months: Annotated[int, typer.Option(min=1, max=120, help="A guide or catalogue that is older is stale.")] = 12,
    negative: Annotated[
        bool, typer.Option("--negative", help="List shown documents that may be kept back instead.")
    ] = False,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Name the items of 条例第十二条 that guides and catalogues lack. Exit code 1: there are findings."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.catalogue.guide.check import check_guides, find_guides  # noqa: PLC0415  start-up
    from search.office.publication.listed import review_shown  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    day = today.date() if today else datetime.date.today()
    with open_system(load()) as system:
        index = system.context.index
        if negative:
            found = list(review_shown(index, issuer=issuer))
        else:
            found = list(check_guides(find_guides(index, issuer=issuer), today=day, months=months))
    write_table(finding_table("负面清单核查" if negative else "指南与目录核查", found), out, as_json=as_json)
    say(f"{len(found)} findings")
    return FAILED if found else FINE
