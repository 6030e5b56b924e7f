"""The Celery tasks: a few lines around each stage. They wait for servers that are down, and publish last."""

import logging
import os
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from celery import Celery, Task

from schemas.errors import DependencyError
from workers.pipeline.context import Context
from workers.pipeline.server_wait import ServerWait
from workers.pipeline.stage_names import ORDER
from workers.pipeline.stages import STAGES
from workers.pipeline.step import Step
from workers.settings import PATIENCE_SECONDS
from workers.tasks.batch import Outbox, give_back, perform_in_turn, perform_side_by_side
from workers.tasks.payload import read_batch, read_inline_artefact, read_message, write_batch
from workers.tasks.perform import perform_next
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import PUBLISHED
from workers.telemetry import instrument as metrics

log = logging.getLogger(__name__)


class PerProcess:
    """Opens a context on first use in each process; a forked child never uses its parent's connections."""

    def __init__(self, opener: Callable[[], Context]) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._owner = 0
        self._context: Context | None = None

    def __call__(self) -> Context:
        """Return the context of this process."""
        with self._lock:
            if self._context is None or self._owner != os.getpid():
                self._context, self._owner = self._opener(), os.getpid()
            return self._context

    def close(self) -> None:
        """Close the context of this process, if it ever needed one."""
        with self._lock:
            if self._context is not None and self._owner == os.getpid():
                self._context.close()
            self._context = None


def register(app: Celery, context: Callable[[], Context], *, served: Collection[str] = ()) -> None:
    """Add one task for each stage to ``app``.

    Args:
        app: The application.
        context: Called in the process that runs a task.
        served: Stages this worker serves: a task continues with them in the same process, without a message between.
    """
    for name, stage in STAGES.items():
        add = _add_task_of_next if stage.waits_apart else _add_task
        add(app, name, context, served)


def _add_task(app: Celery, name: str, context: Callable[[], Context], served: Collection[str]) -> None:
    @app.task(name=f"gongkai.{name}", bind=True, max_retries=None, shared=False)  # type: ignore[untyped-decorator]
    def run(task: Task, message: dict[str, Any], carried: str | None = None) -> None:
        redelivered = bool((task.request.delivery_info or {}).get("redelivered"))
        sent = read_batch(message, carried)
        for one, _ in sent:
            metrics.count_taken(name, one["key"], published=task.request.get(PUBLISHED), redelivered=redelivered)
        outbox = Outbox(app, context().inflight)
        if redelivered and len(sent) > 1:
            _send_alone(sent, name, outbox, ServerWait(context().stopping))
            return
        # After a first delivery, something may have been recorded.
        steps = [_first_step(one, beside, name, again=redelivered) for one, beside in sent]
        work = perform_side_by_side if name == ORDER[-1] else perform_in_turn
        left = work(steps, context(), outbox, served=served)
        if left:
            log.warning("%s: %d back to the queue after %.0f s of waiting", name, len(left), PATIENCE_SECONDS)
            metrics.count_give_up(name)
            raise task.retry(args=write_batch(give_back(left)), countdown=0)


def _first_step(message: dict[str, Any], carried: str | None, name: str, *, again: bool) -> Step:
    item = read_message(message)
    return Step(item.replace_job(new=False) if again else item, name, read_inline_artefact(carried))


def _send_alone(
    sent: Sequence[tuple[dict[str, Any], str | None]], name: str, publisher: Outbox, wait: ServerWait
) -> None:
    """Send each message of a batch again on its own: one of them may have killed the process that had it."""
    for one, carried in sent:
        wait(partial(publisher.publish_batch, name, [(one, carried)]))


def _add_task_of_next(app: Celery, name: str, context: Callable[[], Context], served: Collection[str]) -> None:
    @app.task(name=f"gongkai.{name}", shared=False)  # type: ignore[untyped-decorator]
    def run() -> None:
        try:
            perform_next(name, context(), Publisher(app, context().inflight), served=served)
        except DependencyError as error:
            log.warning("%s: the scan waits again after %.0f s of waiting: %s", name, PATIENCE_SECONDS, error)
            metrics.count_give_up(name)
