"""``gongkai bench soak``: a long run of tiny documents, and its graph."""

from pathlib import Path

from ops.bench.throughput.stack import Stack
from ops.cli.output import FAILED, FINE, print_json, say
from ops.cli.progress_bar import Bar

GRAPH = Path("soak.svg")


def bench_soak(stack: Stack, count: int, *, as_json: bool) -> int:
    """Run and print the soak on a running stack; exit code 1 if it slowed down or its memory grew."""
    from dataclasses import replace  # noqa: PLC0415  start-up

    from ops.bench.throughput.soak import QUIET_SECONDS, soak  # noqa: PLC0415  start-up
    from ops.bench.throughput.soak_graph import write_graph  # noqa: PLC0415  start-up

    with Bar("bench soak", total=count) as bar:
        found = soak(stack, count, tell=bar.reach)
    write_graph(GRAPH, found)
    say(f"graph: {GRAPH}")
    if as_json:
        print_json(replace(found, looks=()))
    else:
        print(
            f"{found.documents:,} documents, {found.documents_per_second} a second; "
            f"first tenth {found.first_tenth}, last tenth {found.last_tenth}"
        )
        for role, (then, now) in sorted(found.megabytes.items()):
            print(f"{role:28}{then:9} MB once settled, {now} MB in the last tenth")
    if found.missing:
        say(f"{found.missing:,} documents have no outcome, and none got one for {QUIET_SECONDS:.0f} s")
    return FINE if found.steady and not found.grown and not found.missing else FAILED
