"""Writes an office table to the terminal, as JSON, or to a CSV or XLSX file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import print_json

if TYPE_CHECKING:
    from search.office.tables import Table

Out = Annotated[Path | None, typer.Option(help="File to write, .csv or .xlsx; default: the terminal.")]


def write_table(table: "Table", out: Path | None, *, as_json: bool = False) -> None:
    """Write a table to ``out``, or to standard output if that is None.

    Raises:
        typer.BadParameter: ``out`` ends in neither .csv nor .xlsx, or cannot be written.
    """
    if out is not None:
        _write_file(table, out)
    elif as_json:
        print_json([dict(zip(table.head, row, strict=True)) for row in table.rows])
    else:
        for row in table.rows:
            typer.echo("  ".join("" if cell is None else str(cell) for cell in row))


def _write_file(table: "Table", out: Path) -> None:
    from search.api.tables import csv_lines, xlsx_chunks  # noqa: PLC0415  start-up

    ways = {".csv": csv_lines, ".xlsx": xlsx_chunks}
    if out.suffix.lower() not in ways:
        raise typer.BadParameter(f"{out}: a table is written as .csv or .xlsx", param_hint="--out")
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("wb") as stream:
            stream.writelines(ways[out.suffix.lower()](table.head, table.rows))
    except OSError as error:
        raise typer.BadParameter(f"cannot write {unfinished}: {error.strerror}", param_hint="--out") from error
    unfinished.replace(out)
