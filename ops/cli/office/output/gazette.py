"""``gongkai office gazette``: the documents of a period in one file with contents."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.output.files import suffix_of, write_chunks
from ops.cli.output import FINE, say


def gazette(
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the period.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of the period.")],
    out: Annotated[Path, typer.Option(help="File to write (.docx, .html).")],
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
) -> int:
    """Put the documents of a period together as a gazette, with contents."""
    from ops.adapters.artefact_masks import mask_loaded  # noqa: PLC0415  start-up
    from ops.system import artefact_loader, open_system  # noqa: PLC0415  start-up
    from schemas.cleaned import Normalized  # noqa: PLC0415  start-up
    from schemas.office.output.gazette import Period  # noqa: PLC0415  start-up
    from search.office.output.gazette.docx_file import docx_bytes  # noqa: PLC0415  start-up
    from search.office.output.gazette.html_page import html_chunks  # noqa: PLC0415  start-up
    from search.office.output.gazette.issue import Issue  # noqa: PLC0415  start-up
    from search.office.output.gazette.items import TooManyError, find_items  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    suffix = suffix_of(out, ("docx", "html"))
    period = Period(since.date().isoformat(), until.date().isoformat(), issuer)
    with open_system(load()) as system:
        context = system.context
        try:
            items = find_items(context.index, period)
        except TooManyError as error:
            raise typer.BadParameter(str(error)) from error
        details = mask_loaded(artefact_loader(context, "normalize", Normalized), context.mask)
        issue = Issue(period, items, context.index, details)
        write_chunks(out, [docx_bytes(issue)] if suffix == "docx" else html_chunks(issue))
    say(f"{len(items)} documents: written to {out}")
    return FINE
