"""``gongkai status --running``: running jobs with worker, duration and attempt."""

import time

import typer

from ops.cli.output import FINE, print_json, say


def list_running(prefix: str, *, as_json: bool) -> int:
    """Print the running jobs, the longest first, then how many documents wait.

    Raises:
        OutOfReachError: The lease store is in the memory of another process.
    """
    from ops.maintenance.queues import list_running as running  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        found = running(system, prefix)
        counts, paused = system.context.inflight.counts(), sorted(system.context.inflight.list_paused())
    if as_json:
        print_json({"running": found, "counts": counts, "paused": paused})
        return FINE
    for one in found:
        lost = "" if one.alive else "  its worker is gone; it is sent again in a moment"
        seconds = time.time() - one.since
        typer.echo(f"{seconds:8.1f} s  {one.stage:9}  attempt {one.attempt}  {one.worker}  {one.key}{lost}")
    say(f"{len(found):,} running, {counts.waiting:,} waiting, the oldest for {counts.oldest_seconds:.0f} s")
    if paused:
        say(f"paused: {', '.join(paused)}")
    return FINE
