"""What a worker's main process does beside its tasks: says that it lives, honours pauses, keeps its queue filled."""

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from celery import signals

from schemas.errors import DependencyError
from workers.leases.protocol import LeaseStore
from workers.tasks.publisher import Publisher

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 1.0


@contextmanager
def supervise_worker(inflight: LeaseStore, dispatch: Publisher, queues: Collection[str]) -> Iterator[None]:
    """Keep the worker that is started within the block, in a thread of its own from when it is ready.

    Args:
        inflight: The ledger, opened by this process.
        dispatch: Likewise.
        queues: Those the worker serves.
    """
    stop = threading.Event()

    def begin(sender: Any, **_: Any) -> None:
        # Before anything is taken: a queue paused while no worker ran stays paused.
        _keep(sender, inflight, dispatch, queues)
        arguments = (stop, sender, inflight, dispatch, queues)
        threading.Thread(target=_repeat, args=arguments, name="keeper", daemon=True).start()

    def end(**_: Any) -> None:
        # A worker that ends has let go of its queues, and would be told to take from them again.
        stop.set()

    signals.worker_ready.connect(begin, weak=False)
    signals.worker_shutting_down.connect(end, weak=False)
    try:
        yield
    finally:
        stop.set()
        signals.worker_ready.disconnect(begin)
        signals.worker_shutting_down.disconnect(end)


def _repeat(
    stop: threading.Event, consumer: Any, inflight: LeaseStore, dispatch: Publisher, queues: Collection[str]
) -> None:
    while not stop.wait(INTERVAL_SECONDS):
        _keep(consumer, inflight, dispatch, queues)


def _keep(consumer: Any, inflight: LeaseStore, dispatch: Publisher, queues: Collection[str]) -> None:
    try:
        inflight.heartbeat()
        follow_pauses(consumer, inflight.list_paused(), queues)
        dispatch.refill()
        dispatch.enqueue_scans()
    except DependencyError as error:
        log.debug("the worker is not looked after: %s", error)


def follow_pauses(consumer: Any, paused: Collection[str], queues: Collection[str]) -> None:
    """Let a Celery consumer take messages from those of its queues that are not paused; in its own thread, soon."""
    taking = consumer.task_consumer
    if taking is None:  # not connected just now
        return
    for name in queues:
        if name in paused and taking.consuming_from(name):
            log.warning("queue %s is paused", name)
            consumer.call_soon(consumer.cancel_task_queue, name)
        elif name not in paused and not taking.consuming_from(name):
            log.warning("queue %s is resumed", name)
            consumer.call_soon(consumer.add_task_queue, name)
