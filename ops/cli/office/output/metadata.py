"""``gongkai office metadata``: the records of documents after GB/T 33480."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.output.files import suffix_of, write_chunks
from ops.cli.office.table_output import write_table
from ops.cli.output import FINE, say


def metadata(
    out: Annotated[Path, typer.Option(help="File to write (.xml, .json, .csv, .xlsx).")],
    issuer: Annotated[str, typer.Option(help="Only documents of this office.")] = "",
    year: Annotated[str, typer.Option(help="Only documents of this year.")] = "",
) -> int:
    """Write the records of all documents that may be shown by the 18 elements of GB/T 33480-2016."""
    from ops.adapters.artefact_masks import mask_loaded  # noqa: PLC0415  start-up
    from ops.system import artefact_loader, open_system  # noqa: PLC0415  start-up
    from schemas.articles import Extracted  # noqa: PLC0415  start-up
    from search.office.output.metadata.files import json_chunks, metadata_table, xml_chunks  # noqa: PLC0415  start-up
    from search.office.output.metadata.records import find_metadata  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    suffix = suffix_of(out, ("xml", "json", "csv", "xlsx"))
    with open_system(load()) as system:
        context = system.context
        extracted = mask_loaded(artefact_loader(context, "extract", Extracted), context.mask)
        found = find_metadata(context.index, extracted, issuer=issuer, year=year)
        if suffix in ("csv", "xlsx"):
            write_table(metadata_table(found), out, as_json=False)
        else:
            write_chunks(out, xml_chunks(found) if suffix == "xml" else json_chunks(found))
    say(f"written to {out}")
    return FINE
