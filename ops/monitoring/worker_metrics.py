"""Enables metrics, outcome statistics and tracing in a process; in a worker also for its forked children."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from celery import signals

from ops.monitoring.prometheus import serve_metrics
from ops.monitoring.tracing import export_spans
from workers.settings import Settings
from workers.telemetry.fork_relay import Relay
from workers.telemetry.last_hour_store import open_board, run_flushing
from workers.telemetry.recorder import RECORDER


@contextmanager
def collect_telemetry(settings: Settings) -> Iterator[Callable[[], object]]:
    """Enable metrics, last-hour statistics and tracing for the block, as configured.

    Yields the function that flushes spans, which a forked child must call before it ends.

    Raises:
        SettingsError: Tracing is configured and its packages are not installed.
    """
    RECORDER.enabled = settings.metrics
    with ExitStack() as stack:
        send_spans = stack.enter_context(export_spans(settings))
        if settings.metrics:
            stack.enter_context(run_flushing(open_board(settings)))
        yield send_spans


@contextmanager
def collect_worker_telemetry(settings: Settings, *, port: int) -> Iterator[None]:
    """Enable telemetry of the worker in the block and its forked children; port 0 serves no metrics.

    Raises:
        SettingsError: The port cannot be listened on, or as of ``collect_telemetry``.
    """
    relay = Relay(RECORDER)
    signals.worker_process_init.connect(lambda **_: relay.send_regularly(), weak=False)
    signals.worker_process_shutdown.connect(lambda **_: relay.end(), weak=False)
    relay.receive()
    with serve_metrics(settings, port=port), collect_telemetry(settings) as send_spans:
        signals.worker_process_shutdown.connect(lambda **_: send_spans(), weak=False)
        yield
