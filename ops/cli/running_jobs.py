"""``gongkai status --running``: what is being worked on, by whom, since when and at which attempt."""

import time

import typer

from ops.cli.output import FINE, print_json, say
from schemas.errors import SettingsError


def list_running(prefix: str, *, as_json: bool) -> int:
    """Print what is being worked on, the longest first, then how much waits.

    Raises:
        SettingsError: The ledger of work in flight lives in another process.
    """
    from workers.leases.protocol import open_lease_store  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: only `gongkai run` itself knows what it works on")
    inflight = open_lease_store(settings)
    found = [one for one in inflight.list_running() if one.key.startswith(prefix)]
    counts, paused = inflight.counts(), sorted(inflight.list_paused())
    inflight.close()
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
