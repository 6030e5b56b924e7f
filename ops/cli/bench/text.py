"""``gongkai bench text``: measures the speed of normalising and extracting against its limits."""

from pathlib import Path

import typer

from ops.cli.output import FAILED, FINE, print_json
from ops.cli.progress_bar import Bar

_MADE = 60


def bench_text(documents: Path | None, *, as_json: bool) -> int:
    """Measure the text stages and print it; exit code 1 if a limit is missed."""
    from ops.bench.text_stages import measure_text  # noqa: PLC0415  start-up
    from ops.bench.throughput.documents import from_folder, make_documents  # noqa: PLC0415  start-up

    source = from_folder(documents) if documents else make_documents(_MADE)
    with Bar("bench text") as bar:
        measured = []
        for one in measure_text(source):
            measured.append(one)
            bar.advance()
    if as_json:
        print_json(measured)
    else:
        typer.echo(f"{'text':32}{'documents':>10}{'KB':>8}{'normalise s':>13}{'extract s':>11}{'MB/s':>8}")
        for one in measured:
            figures = f"{one.size / 1000:8.0f}{one.normalize_seconds:13.3f}{one.extract_seconds:11.3f}"
            verdict = "met" if one.met else "MISSED"
            typer.echo(f"{one.kind:32}{one.documents:10}{figures}{one.megabytes_a_second:8.2f}  {verdict}")
    return FINE if all(one.met for one in measured) else FAILED
