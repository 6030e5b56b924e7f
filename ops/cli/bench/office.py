"""``gongkai bench office``: measures the office's counts against their limits."""

from typing import TYPE_CHECKING

import typer

from ops.cli.output import FAILED, FINE, print_json
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from ops.bench.office import OfficeFigure


def bench_office(count: int, *, services: bool, as_json: bool) -> int:
    """Measure the counts over made records and print them; exit code 1 if a limit is missed."""
    from ops.bench.office import embedded_index, measure_office, office_questions, server_index  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with Bar("bench office", total=count) as bar:
        running = server_index(load(), count, tell=bar.advance) if services else embedded_index(count, tell=bar.advance)
        with running as index:
            found = []
            for one in measure_office(index, office_questions()):
                found.append(one)
                if not as_json:
                    _print_figure(one)
    if as_json:
        print_json(found)
    return FINE if all(one.met for one in found) else FAILED


def _print_figure(one: "OfficeFigure") -> None:
    verdict = "" if one.met else "  MISSED"
    cost = f"{one.seconds:8.2f} s{one.cpu_seconds:8.2f} s CPU{one.megabytes:8.1f} MB"
    typer.echo(f"{one.question:32}{one.answers:>9,} answers{cost}{verdict}")
