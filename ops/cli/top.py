"""``gongkai top``: the current state of the system, live on the terminal."""

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, print_json, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Group
    from rich.table import Table

    from ops.monitoring.snapshot import Snapshot
    from workers.settings import Settings

BARS = " ▁▂▃▄▅▆▇█"


def top(
    once: Annotated[bool, typer.Option("--once", help="Print once and exit.")] = False,
    seconds: Annotated[float, typer.Option(min=0.2, help="Seconds between updates.")] = 2.0,
    as_json: AsJson = False,
) -> int:
    """Show queues, running jobs, throughput, failures by cause and the slowest documents, live."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    if settings.embedded:
        return _show(lambda: fetch_snapshot(settings), once=once, seconds=seconds, as_json=as_json)
    from ops.monitoring.snapshot import take_snapshot  # noqa: PLC0415  start-up

    with open_system(settings) as system:
        return _show(lambda: take_snapshot(system), once=once, seconds=seconds, as_json=as_json)


def _show(look: "Callable[[], Snapshot]", *, once: bool, seconds: float, as_json: bool) -> int:
    if as_json:
        print_json(now := look())
        while not once:
            time.sleep(seconds)
            print_json(look())
        return _ending(now)
    from rich.console import Console  # noqa: PLC0415  start-up
    from rich.live import Live  # noqa: PLC0415  start-up

    if once:
        Console(highlight=False).print(draw(now := look()))
        return _ending(now)
    with Live(draw(look()), screen=True, auto_refresh=False) as live:
        while True:
            time.sleep(seconds)
            live.update(draw(look()), refresh=True)


def _ending(now: "Snapshot") -> int:
    """Report the servers that do not answer, whose metrics are missing; return the exit code."""
    down = [name for name, up in sorted(now.servers.items()) if not up]
    for name in down:
        say(f"{name}: does not answer, its metrics are missing; `gongkai doctor` says why")
    return FAILED if down else FINE


def fetch_snapshot(settings: "Settings") -> "Snapshot":
    """Fetch the snapshot from a running ``gongkai run``, which holds all state in memory.

    Raises:
        DependencyError: It does not answer.
    """
    from urllib.error import URLError  # noqa: PLC0415  start-up
    from urllib.request import urlopen  # noqa: PLC0415  start-up

    from ops.monitoring.snapshot import Snapshot  # noqa: PLC0415  start-up
    from schemas.codec import decode  # noqa: PLC0415  start-up
    from schemas.errors import DependencyError  # noqa: PLC0415  start-up

    url = f"http://{settings.api_host}:{settings.api_port}/operations/now"
    try:
        with urlopen(url, timeout=10) as answer:
            return decode(Snapshot, answer.read())
    except (URLError, TimeoutError, json.JSONDecodeError) as error:
        what = f"does not answer ({error}); is it running, and GONGKAI_API_PORT the same there and here?"
        raise DependencyError(f"`gongkai run` at {url}", what) from error


def draw(now: "Snapshot") -> "Group":
    """Return the snapshot as a screen for the terminal."""
    from rich.console import Group  # noqa: PLC0415  start-up
    from rich.text import Text  # noqa: PLC0415  start-up

    from ops.monitoring.durations import spell  # noqa: PLC0415  start-up

    servers = Text("  ").join(
        Text(name, style="green" if up else "bold white on red") for name, up in sorted(now.servers.items())
    )
    counts = f"{now.waiting:,} waiting, {now.running:,} running, oldest {spell(now.oldest_seconds)}, "
    pace = f"{now.rate:.1f} documents/s, left: {spell(now.left_seconds)}"
    states = "  ".join(f"{state} {number:,}" for state, number in sorted(now.records.items())) or "nothing on record"
    return Group(
        Text.assemble(time.strftime("%H:%M:%S  ", time.localtime(now.at)), servers),
        Text(counts + pace, style="bold"),
        Text(states),
        Text(f"last hour  {spark(now.minutes)}  {sum(now.minutes):,}"),
        _queues(now),
        *_lists(now),
    )


def _queues(now: "Snapshot") -> "Table":
    from ops.monitoring.durations import spell  # noqa: PLC0415  start-up

    table = _table("queue", "messages", "oldest", "")
    for queue in now.queues:
        mark = "[bold yellow]paused[/]" if queue.paused else ""
        table.add_row(queue.stage, f"{queue.messages:,}", spell(queue.oldest_seconds), mark)
    table.add_row("taken, unfinished", f"{now.unacked:,}", "", "")
    table.add_row("events", f"{now.events:,}", "", "")
    return table


def _lists(now: "Snapshot") -> "list[Table]":
    from ops.monitoring.durations import spell  # noqa: PLC0415  start-up

    working = _table("working on", "stage", "attempt", "for")
    for one in now.working:
        dead = "" if one.alive else " [bold red]dead[/]"
        working.add_row(plain(one.key), one.stage + dead, str(one.attempt), spell(max(0.0, now.at - one.since)))
    failures = _table("failed in the last hour", "")
    for category, number in now.failures.items():
        failures.add_row(category, f"{number:,}")
    slowest = _table("slowest in the last hour", "work")
    for slow in now.slowest:
        slowest.add_row(plain(slow.key), f"{slow.seconds:.1f} s")
    return [table for table in (working, failures, slowest) if table.row_count]


def _table(*columns: str) -> "Table":
    from rich import box  # noqa: PLC0415  start-up
    from rich.table import Table  # noqa: PLC0415  start-up

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n else "left", overflow="ellipsis", no_wrap=True)
    return table


def plain(key: str) -> str:
    """Return a key without control characters, with which an uploader could rewrite the terminal."""
    from rich.markup import escape  # noqa: PLC0415  start-up

    from schemas.names import readable  # noqa: PLC0415  start-up

    return escape(readable(key))


def spark(numbers: tuple[int, ...]) -> str:
    """Return numbers as a row of bars, the highest one full."""
    most = max(numbers, default=0) or 1
    return "".join(BARS[-(-number * (len(BARS) - 1) // most)] for number in numbers)
