"""Lets a process keep its numbers, outcomes and spans, and a worker also those of the processes it forks."""

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
    """Keep what the block does: numbers, outcomes on the board, spans; each as far as the settings say.

    Gives what sends the spans that still wait, for a forked child to call before it ends.

    Raises:
        SettingsError: Spans are asked for and their packages are not installed.
    """
    RECORDER.enabled = settings.metrics
    with ExitStack() as stack:
        send_spans = stack.enter_context(export_spans(settings))
        if settings.metrics:
            stack.enter_context(run_flushing(open_board(settings)))
        yield send_spans


@contextmanager
def collect_worker_telemetry(settings: Settings, *, port: int) -> Iterator[None]:
    """Keep what the worker that runs in the block does, children it forks included; port 0 shows numbers nowhere.

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
