"""Lets a process keep its numbers, outcomes and spans, and a worker also those of the processes it forks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from celery import signals

from ops.metrics import shown
from ops.tracing import traced
from workers.metrics.boards import bringing, open_board
from workers.metrics.recorder import RECORDER
from workers.metrics.relay import Relay
from workers.settings import Settings


@contextmanager
def kept(settings: Settings) -> Iterator[Callable[[], object]]:
    """Keep what the block does: numbers, outcomes on the board, spans; each as far as the settings say.

    Gives what sends the spans that still wait, for a forked child to call before it ends.

    Raises:
        SettingsError: Spans are asked for and their packages are not installed.
    """
    RECORDER.enabled = settings.metrics
    with ExitStack() as stack:
        send_spans = stack.enter_context(traced(settings))
        if settings.metrics:
            stack.enter_context(bringing(open_board(settings)))
        yield send_spans


@contextmanager
def counted(settings: Settings, *, port: int) -> Iterator[None]:
    """Keep what the worker that runs in the block does, children it forks included; port 0 shows numbers nowhere.

    Raises:
        SettingsError: The port cannot be listened on, or as of ``kept``.
    """
    relay = Relay(RECORDER)
    signals.worker_process_init.connect(lambda **_: relay.send_regularly(), weak=False)
    signals.worker_process_shutdown.connect(lambda **_: relay.end(), weak=False)
    relay.receive()
    with shown(settings, port=port), kept(settings) as send_spans:
        signals.worker_process_shutdown.connect(lambda **_: send_spans(), weak=False)
        yield
