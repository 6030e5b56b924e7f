"""Commands that run parts of the system: ``run``, ``worker``, ``intake``, ``api`` and ``sweep``."""

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, MetricsPort, Prefix, print_json, say
from ops.cli.progress_bar import Bar
from ops.cli.search import hit_lines
from ops.cli.status import LISTED, reason

# Nothing may be on its way for so many looks, so far apart in seconds, before all counts as done.
IDLE_SECONDS, IDLE_TIMES = 0.5, 2

if TYPE_CHECKING:
    from ops.system import System
    from workers.reconcile.sweep import Report
    from workers.settings import Settings


def run(
    once: Annotated[bool, typer.Option("--once", help="Process the inbox, then exit.")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="Put the sample documents into the inbox first.")] = False,
) -> int:
    """Run the whole system in this process: inbox folder, stages, index and search page; no server needed."""
    from ops.processes.api_server import serve  # noqa: PLC0415  start-up
    from ops.processes.embedded import run_embedded  # noqa: PLC0415  start-up
    from ops.processes.signals import stoppable  # noqa: PLC0415  start-up
    from ops.saved_search_alerts.notifier import run_notifier  # noqa: PLC0415  start-up
    from workers.runtime.background_thread import run_in_background  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with stoppable(), run_embedded(log_as(load(), usual="WARNING")) as system:
        code = _samples(system) if samples else FINE
        if once:
            _until_idle(system)
            return code if samples else _failures(system)
        say(f"inbox: {system.context.inbox.describe()}")
        with run_notifier(system), run_in_background(lambda stop: _say_when_done(system, stop), "done"):
            serve(system, ready=lambda url: say(f"search page: {url} (Ctrl-C stops)"))
    return FINE


def worker(
    stages: Annotated[
        str, typer.Option(help="Stages to serve, separated by commas.")
    ] = "convert,scan,normalize,extract,index",
    concurrency: Annotated[int, typer.Option(min=0, help="Processes; 0 takes GONGKAI_CONCURRENCY.")] = 0,
    metrics_port: MetricsPort = 0,
) -> int:
    """Process the queues of these stages."""
    from workers.runtime.client_imports import import_clients  # noqa: PLC0415  start-up

    import_clients()
    from ops.processes.signals import stoppable  # noqa: PLC0415  start-up
    from ops.processes.worker import run_worker  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    names = [name.strip() for name in stages.split(",") if name.strip()]
    # Stopped before Celery handles signals: nothing has been taken from a queue yet.
    with suppress(KeyboardInterrupt), stoppable():
        return run_worker(log_as(with_port(load(), metrics_port)), names, concurrency=concurrency)
    return FINE


def intake(metrics_port: MetricsPort = 0) -> int:
    """Take bucket events from the Redis list."""
    from workers.runtime.client_imports import import_clients  # noqa: PLC0415  start-up

    import_clients()
    from ops.monitoring.prometheus import serve_metrics  # noqa: PLC0415  start-up
    from ops.processes.intake import run_intake  # noqa: PLC0415  start-up
    from ops.processes.signals import wait_for_stop  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = log_as(with_port(load(), metrics_port))
    with wait_for_stop() as stop, serve_metrics(settings, port=settings.metrics_port):
        run_intake(settings, stop)
    return FINE


def api() -> int:
    """Serve the search page and the HTTP interface."""
    from ops.monitoring.gauges import gauges  # noqa: PLC0415  start-up
    from ops.monitoring.prometheus import serve_metrics  # noqa: PLC0415  start-up
    from ops.processes.api_server import serve  # noqa: PLC0415  start-up
    from ops.processes.signals import stoppable  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = log_as(load())
    with (
        stoppable(),
        open_system(settings) as system,
        serve_metrics(settings, port=settings.metrics_port, now=lambda: gauges(system)),
    ):
        serve(system, ready=lambda url: say(f"search page: {url}"))
    return FINE


def sweep(
    prefix: Prefix = "",
    forever: Annotated[bool, typer.Option("--forever", help="Repeat every GONGKAI_SWEEP_SECONDS.")] = False,
    metrics_port: MetricsPort = 0,
    as_json: AsJson = False,
) -> int:
    """Compare the bucket with the index and queue the differences."""
    from workers.runtime.client_imports import import_clients  # noqa: PLC0415  start-up

    import_clients()
    from ops.maintenance.reach import require_ledger  # noqa: PLC0415  start-up
    from ops.monitoring.prometheus import serve_metrics  # noqa: PLC0415  start-up
    from ops.processes.scheduler import sweep_regularly  # noqa: PLC0415  start-up
    from ops.processes.signals import wait_for_stop  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = log_as(with_port(load(), metrics_port))
    with serve_metrics(settings, port=settings.metrics_port), open_system(settings) as system:
        require_ledger(system)
        with Bar("sweep") as bar:
            report = system.sweep(prefix, tell=lambda so_far: bar.reach(so_far.objects))
        _print_report(report, as_json=as_json)
        if forever:
            with wait_for_stop() as stop:
                sweep_regularly(system, stop, report=lambda found: _print_report(found, as_json=as_json))
    return FINE


def with_port(settings: "Settings", port: int) -> "Settings":
    """Return the settings with the port of the command line, if one was given."""
    return settings.model_copy(update={"metrics_port": port}) if port else settings


def log_as(settings: "Settings", *, usual: str = "INFO") -> "Settings":
    """Configure logging from the settings and return them."""
    from ops.monitoring.logs import configure  # noqa: PLC0415  start-up

    configure(settings, usual=usual)
    return settings


def _samples(system: "System") -> int:
    from ops.maintenance.diagnosis.sample_check import QUESTION, process_samples, samples  # noqa: PLC0415  start-up
    from schemas.queries import Query  # noqa: PLC0415  start-up

    faults = 0
    with Bar("samples", total=len(samples())) as bar:
        for outcome in process_samples(system):
            faults += outcome.fault is not None
            typer.echo(
                reason(outcome.record, system.settings.language)
                + (f"  [unexpected: {outcome.fault}]" if outcome.fault else "")
            )
            bar.advance()
    system.context.index.refresh()
    typer.echo(f"\nsearch for {QUESTION}:")
    for hit in system.context.index.search(Query(QUESTION, size=3)).hits:
        for line in hit_lines(hit):
            typer.echo(line.plain)
    return FAILED if faults else FINE


def _say_when_done(system: "System", stop: threading.Event) -> None:
    """Say each time that all there was is done, with what became of all documents."""
    from schemas.outcomes import SEARCHABLE, State  # noqa: PLC0415  start-up

    was_idle = 0
    while not stop.wait(IDLE_SECONDS):
        was_idle = was_idle + 1 if system.idle() else 0
        if was_idle == IDLE_TIMES:
            counts = system.context.index.counts()
            searchable = sum(counts.get(state, 0) for state in SEARCHABLE)
            failed, held = counts.get(State.FAILED, 0), counts.get(State.HELD, 0)
            say(f"all done: {searchable:,} searchable, {failed:,} failed, {held:,} held; waiting for more")


def _until_idle(system: "System") -> None:
    with Bar("inbox"):
        while not system.idle():
            time.sleep(0.05)


def _failures(system: "System") -> int:
    from schemas.outcomes import State  # noqa: PLC0415  start-up

    failed = system.context.index.records(states=(State.FAILED,), limit=LISTED)
    for record in failed:
        typer.echo(reason(record, system.settings.language))
    return FAILED if failed else FINE


def _print_report(report: "Report", *, as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    reasons = ", ".join(f"{count} {name}" for name, count in sorted(report.differences.items())) or "none"
    compared = f"{report.objects:,} objects, {report.records:,} records"
    typer.echo(f"{compared}; differences: {reasons}; {report.busy:,} already being worked on, {report.sent:,} queued")
