"""``gongkai extract``: its arguments. The command line calls ``extract_paths`` at once where there are paths alone."""

from pathlib import Path
from typing import Annotated

import typer


def extract(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; folders are read recursively.")],
    jobs: Annotated[int, typer.Option(min=0, help="Files to process in parallel; 0 means one per core.")] = 0,
    out: Annotated[Path | None, typer.Option(help="File to write instead of standard output.")] = None,
) -> int:
    """Print one JSON line for each local file, in order: its format, record, text and sections."""
    from ops.cli.extract_paths import OutputError, extract_paths  # noqa: PLC0415  start-up

    try:
        return extract_paths(paths, jobs=jobs, out=out)
    except OutputError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from error
