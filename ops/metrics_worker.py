"""Lets a process keep its numbers, outcomes and spans, and a worker also those of the processes it forks."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from celery import signals

from ops.metrics import shown
from ops.tracing import traced
from workers.metrics.boards import bringing, open_board
from workers.metrics.recorder import RECORDER
from workers.metrics.relay import Relay
from workers.settings import Settings


@contextmanager
def kept(settings: Settings) -> Iterator[None]:
    """Keep what the block does: numbers, outcomes on the board, spans; each as far as the settings say.

    Raises:
        SettingsError: Spans are asked for and their packages are not installed.
    """
    RECORDER.enabled = settings.metrics
    with ExitStack() as stack:
        stack.enter_context(traced(settings))
        if settings.metrics:
            stack.enter_context(bringing(open_board(settings)))
        yield


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
    with shown(settings, port=port), kept(settings):
        yield
