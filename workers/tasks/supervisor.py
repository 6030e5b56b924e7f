"""What a worker's main process does beside its tasks: heartbeat, pause and resume, admission to the queues."""

import logging
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from celery import signals

from schemas.errors import DependencyError
from workers.leases.protocol import LeaseStore
from workers.tasks.admission import Admission

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Supervisor:
    inflight: LeaseStore
    admission: Admission
    queues: Collection[str]
    stop: threading.Event

    def run(self, consumer: Any) -> None:
        """Supervise the worker until it ends: every second, and whenever there may be something to admit."""
        due = 0.0
        while not self.stop.is_set():
            try:
                if time.monotonic() >= due:
                    due = time.monotonic() + INTERVAL_SECONDS
                    self.check_in(consumer)
                self.admission.admit()
                self.admission.wait(INTERVAL_SECONDS)
            except DependencyError as error:
                log.debug("the worker is not looked after: %s", error)
                self.stop.wait(INTERVAL_SECONDS)

    def check_in(self, consumer: Any) -> None:
        self.inflight.heartbeat()
        follow_pauses(consumer, self.inflight.list_paused(), self.queues)


@contextmanager
def supervise_worker(inflight: LeaseStore, admission: Admission, queues: Collection[str]) -> Iterator[None]:
    """Supervise the worker (heartbeat, pause and resume, admission) in a background thread while the block runs.

    Args:
        inflight: The lease store, opened by this process.
        admission: Likewise.
        queues: The queues the worker serves.
    """
    supervisor = _Supervisor(inflight, admission, queues, threading.Event())

    def begin(sender: Any, **_: Any) -> None:
        try:
            # Must come before the first message is taken: a queue paused while no worker ran stays paused.
            supervisor.check_in(sender)
        except DependencyError as error:
            log.debug("the worker is not looked after: %s", error)
        threading.Thread(target=supervisor.run, args=(sender,), name="supervisor", daemon=True).start()

    def end(**_: Any) -> None:
        # A stopping worker has cancelled its queues; the supervisor would make it consume again.
        supervisor.stop.set()

    signals.worker_ready.connect(begin, weak=False)
    signals.worker_shutting_down.connect(end, weak=False)
    try:
        yield
    finally:
        supervisor.stop.set()
        signals.worker_ready.disconnect(begin)
        signals.worker_shutting_down.disconnect(end)


def follow_pauses(consumer: Any, paused: Collection[str], queues: Collection[str]) -> None:
    """Have a Celery consumer cancel its paused queues and consume the others; scheduled in the consumer's thread."""
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
