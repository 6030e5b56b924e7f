"""``gongkai bench convert`` and ``sweep``: measure conversion and comparison against their limits."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from ops.cli.output import FAILED, FINE, print_json
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from ops.bench.conversion.measure import FormatMeasurement, Overhead
    from ops.bench.conversion.peers import Peer


def bench_convert(*, peers: bool, as_json: bool) -> int:
    """Measure conversion and print it; exit code 1 if a limit is missed."""
    from ops.bench.conversion.measure import SHORT, measure_files, measure_overhead, write_files  # noqa: PLC0415  start-up
    from ops.bench.conversion.peers import measure_peers  # noqa: PLC0415  start-up

    with TemporaryDirectory(prefix="gongkai-bench-") as folder, Bar("bench convert") as bar:
        files = write_files(Path(folder))
        bar.reach(0, total=len(files))
        measured = []
        for one in measure_files(files):
            measured.append(one)
            bar.advance()
        overhead = measure_overhead(files["txt", SHORT])
        others = list(measure_peers(files)) if peers else []
    if as_json:
        print_json({"files": measured, "sandbox": overhead, "peers": others})
    else:
        _print_files(measured, others)
        _print_overhead(overhead)
    missed = [one for one in measured if not one.met]
    return FAILED if missed or not overhead.met else FINE


def bench_sweep(count: int, *, as_json: bool) -> int:
    """Measure the sweep's comparison and print it; exit code 1 if it is too slow or takes too much memory."""
    from ops.bench.sweep import measure_sweep  # noqa: PLC0415  start-up

    with Bar("bench sweep"):
        found = measure_sweep(count)
    if as_json:
        print_json(found)
    else:
        reasons = ", ".join(f"{number} {name}" for name, number in sorted(found.differences.items()))
        typer.echo(
            f"{found.objects:,} objects in {found.seconds} s ({found.objects_per_second:,.0f} a second, "
            f"{found.cpu_seconds} s CPU), {found.peak_megabytes} MB; differences: {reasons or 'none'}"
        )
    return FINE if found.met else FAILED


def _print_files(measured: "Sequence[FormatMeasurement]", others: "Sequence[Peer]") -> None:
    head = f"{'format':25}{'pages':>6}{'KB':>7}{'CPU ms':>9}{'ms/page':>9}{'MB/s':>7}{'right':>7}{'MB':>6}"
    typer.echo(f"{head}  {'has to reach':20}")
    for one in measured:
        right = "" if one.lines_right is None else f"{100 * one.lines_right:.1f}%"
        figures = f"{one.size / 1000:7.0f}{one.milliseconds:9.2f}{one.milliseconds_a_page:9.2f}"
        more = f"{one.megabytes_a_second:7.1f}{right:>7}{one.peak_megabytes:6.0f}"
        verdict = "met" if one.met else "MISSED"
        typer.echo(f"{one.kind:25}{one.pages:6}{figures}{more}  {one.floor:20}{verdict}".rstrip())
        for peer in others:
            if (peer.kind, peer.pages) == (one.kind, one.pages):
                typer.echo(_peer_line(peer))


def _peer_line(peer: "Peer") -> str:
    if peer.milliseconds is None:
        return f"  {peer.peer:23}{peer.note}"
    memory = "" if peer.peak_megabytes is None else f"{peer.peak_megabytes:.0f}"
    return f"  {peer.peer:36}{peer.milliseconds:9.2f}{peer.milliseconds / peer.pages:9.2f}{'':14}{memory:>6}".rstrip()


def _print_overhead(overhead: "Overhead") -> None:
    wall = f"wall {overhead.wall_p50} ms (p95 {overhead.wall_p95})"
    verdict = "met" if overhead.met else "MISSED"
    typer.echo(
        f"\nthe sandbox adds to a document: {wall}, CPU {overhead.cpu_p50} ms; has to stay below 10 ms: {verdict}"
    )
