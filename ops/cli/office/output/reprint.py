"""``gongkai office reprint``: a document of the index as a clean file."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.output.files import suffix_of, write_chunks
from ops.cli.output import FINE, say


def reprint(
    key: Annotated[str, typer.Argument(help="Key of the document.")],
    out: Annotated[Path, typer.Option(help="File to write (.docx, .ofd, .txt, .xml: EEP package).")],
) -> int:
    """Write a document of the index anew: headings in Word's styles or an outline, or as an EEP package."""
    from ops.adapters.artefact_masks import mask_loaded  # noqa: PLC0415  start-up
    from ops.system import artefact_loader, open_system  # noqa: PLC0415  start-up
    from schemas.cleaned import Normalized  # noqa: PLC0415  start-up
    from schemas.records import document_id  # noqa: PLC0415  start-up
    from search.office.output.reprint.eep_file import UndatedError  # noqa: PLC0415  start-up
    from search.office.output.reprint.file_bytes import FORMATS, file_bytes  # noqa: PLC0415  start-up
    from search.office.output.reprint.parts import read_apart, read_parts  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    file_format = FORMATS[suffix_of(out, FORMATS)]
    with open_system(load()) as system:
        context = system.context
        record = context.index.record(document_id(key))
        if record is None or not record.state.is_searchable or not record.articles:
            raise typer.BadParameter(f"{key}: the index has no document of this key that may be shown")
        details = mask_loaded(artefact_loader(context, "normalize", Normalized), context.mask)(record)
        parts = list(read_parts(context.index.sections(record.id), read_apart(details)))
    try:
        data = file_bytes(record, parts, file_format)
    except UndatedError as error:
        raise typer.BadParameter(str(error)) from error
    write_chunks(out, [data])
    say(f"written to {out}")
    return FINE
