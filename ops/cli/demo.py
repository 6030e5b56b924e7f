"""``gongkai demo``: a folder of generated documents to try the system with."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.output import FINE, say


def demo(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many files.")] = 100,
    seed: Annotated[int, typer.Option(help="The same number makes the same documents.")] = 20261129,
) -> int:
    """Write generated disclosures of a fictitious city, in every format, into a folder; needs no network."""
    from ops.bench.demo.folder import write_demo  # noqa: PLC0415  start-up

    made = write_demo(folder, count, seed=seed)
    say(f"{len(made)} files in {folder}; `gongkai upload {folder}` puts them into the inbox")
    return FINE
