"""``gongkai notify``: notifies the owners of saved searches about new sections."""

from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, print_json, say
from ops.cli.run import log_as

if TYPE_CHECKING:
    from ops.saved_search_alerts.notifier import RunStats

# Wait this long for another process's run; the lock of one that died expires after half of it.
PATIENCE_SECONDS = 60.0


def notify(
    forever: Annotated[bool, typer.Option("--forever", help="Repeat every GONGKAI_NOTIFY_SECONDS.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="Treat all indexed text as known (after a rebuild).")] = False,
    as_json: AsJson = False,
) -> int:
    """Run the saved searches on everything indexed since the last run and send the matches."""
    from ops.monitoring.prometheus import serve_metrics  # noqa: PLC0415  start-up
    from ops.processes.signals import wait_for_stop  # noqa: PLC0415  start-up
    from ops.saved_search_alerts.notifier import ALONE, notifier_of, notify_regularly  # noqa: PLC0415  start-up
    from ops.saved_search_alerts.singleton import exclusive  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = log_as(load())
    with wait_for_stop() as stop, serve_metrics(settings, port=settings.metrics_port), open_system(settings) as system:
        if forever and not skip:
            notify_regularly(system, stop, report=lambda ran: _print(ran, as_json=as_json))
            return FINE
        with exclusive(settings, ALONE, patience=PATIENCE_SECONDS) as mine:
            if not mine:
                say(
                    f"another process has been running the saved searches for {PATIENCE_SECONDS:.0f} s; try again later"
                )
                return FAILED
            if skip:
                notifier_of(system).skip()
                say("everything indexed so far counts as known")
                return FINE
            ran = notifier_of(system).run()
    _print(ran, as_json=as_json)
    return FAILED if ran.failed else FINE


def _print(ran: "RunStats", *, as_json: bool) -> None:
    if as_json:
        print_json(ran)
    elif ran.documents or ran.sent or ran.failed:
        arrived = f"{ran.sent:,} messages sent, {ran.failed:,} did not arrive and are tried again"
        typer.echo(f"{ran.documents:,} documents looked at, {ran.matches:,} new sections found; {arrived}")
