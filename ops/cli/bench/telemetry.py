"""``gongkai bench telemetry``: measures the cost of metrics and tracing, on against off in one run."""

import statistics

import typer

from ops.cli.output import FAILED, FINE, print_json
from ops.cli.progress_bar import Bar


def bench_telemetry(environment: dict[str, str], count: int, *, as_json: bool) -> int:
    """Measure and print the cost; exit code 1 if it exceeds the limit."""
    from ops.bench.throughput.telemetry import MAX_LOST, PAIRS, measure_telemetry  # noqa: PLC0415  start-up

    with Bar("bench telemetry", total=2 * PAIRS) as bar:
        found = measure_telemetry(environment, count, tell=bar.advance)
    if as_json:
        print_json(found)
        return FINE if found.met else FAILED
    lost, verdict = found.throughput_lost, "met" if found.met else "MISSED"
    for what, rates in (("on", found.on), ("off", found.off)):
        typer.echo(f"{what:4}{statistics.median(rates):8.1f} documents/s, median of {len(rates)} turns")
    between = f"95 % confidence: {lost.low:.1%} to {lost.high:.1%}"
    typer.echo(f"throughput lost {lost.estimate:.1%} ({between}), has to stay below {MAX_LOST:.0%}: {verdict}")
    typer.echo(f"{'CPU ms a document':28}{'on':>8}{'off':>8}")
    for role, on in found.cpu_on.items():
        typer.echo(f"{role:28}{on:8.2f}{found.cpu_off[role]:8.2f}")
    typer.echo(f"CPU added {found.cpu_added:.1%}; {found.spans:,} spans collected, {found.scrapes} scrapes")
    return FINE if found.met else FAILED
