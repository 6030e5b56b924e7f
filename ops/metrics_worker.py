"""Lets a worker show its numbers, those of the processes it forks included, and bring its outcomes to the board."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from celery import signals

from ops.metrics import shown
from workers.metrics.boards import bringing, open_board
from workers.metrics.recorder import RECORDER
from workers.metrics.relay import Relay
from workers.settings import Settings


@contextmanager
def counted(settings: Settings, *, port: int) -> Iterator[None]:
    """Count what the worker that runs in the block does, children it forks included; port 0 shows it nowhere.

    Raises:
        SettingsError: The port cannot be listened on.
    """
    RECORDER.enabled = settings.metrics
    if not settings.metrics:
        yield
        return
    relay = Relay(RECORDER)
    signals.worker_process_init.connect(lambda **_: relay.send_regularly(), weak=False)
    signals.worker_process_shutdown.connect(lambda **_: relay.end(), weak=False)
    relay.receive()
    with ExitStack() as stack:
        stack.enter_context(shown(settings, port=port))
        stack.enter_context(bringing(open_board(settings)))
        yield
