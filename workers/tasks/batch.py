"""The batch of one task: several objects worked through one after another, or side by side where they share commits.

What happens to one of them costs the others nothing but time: each has its own lease and outcome, and a batch whose
process died comes back object by object.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import cache, partial
from typing import Any

from celery import Celery

from schemas.errors import DependencyError
from schemas.families import CHILD_MARK
from schemas.jobs import Job
from schemas.records import document_id
from workers.leases.fair_queue import BATCH, queue_of
from workers.leases.protocol import LeaseStore
from workers.pipeline.context import Context
from workers.pipeline.server_wait import ServerWait
from workers.pipeline.step import Step
from workers.sandbox.shared_child import SharedChild
from workers.tasks.payload import write_message
from workers.tasks.perform import perform
from workers.tasks.publisher import Publisher
from workers.telemetry.log_context import working_on

log = logging.getLogger(__name__)

# A batch that takes longer gives the rest of its objects back to the queue, for whoever is idle.
LONGEST_SECONDS = 15.0
# Objects of all batches whose rows are written at the same time.
COMMITTED_TOGETHER = 64
# Longest time a message waits for others of the same batch.
KEPT_SECONDS = 2.0


def upload_of(job: Job) -> tuple[str, str, str]:
    """Return what objects must have in common to share a child: the tenant, the upload request and the container."""
    return queue_of(job.key), job.trace, job.key.rpartition(CHILD_MARK)[0]


@contextmanager
def share_children(context: Context, jobs: Sequence[Job]) -> Iterator[Callable[[Job], Context]]:
    """Yield a function that returns the context for the next job: one child reads all documents of an upload.

    Args:
        context: Of this process.
        jobs: Those of the batch, each upload's together.
    """
    sizes = Counter(map(upload_of, jobs))
    with ExitStack() as stack:
        opened: dict[tuple[str, str, str], Context] = {}

        def context_for(job: Job) -> Context:
            upload = upload_of(job)
            if upload not in opened:
                stack.close()  # the child of the upload before
                opened.clear()
                opened[upload] = context
                if sizes[upload] > 1:
                    shared = stack.enter_context(closing(SharedChild(context.sandbox)))
                    opened[upload] = replace(context, shared=shared)
            return opened[upload]

        yield context_for


class Outbox(Publisher):
    """A publisher that sends the messages for a stage together, ``KEPT_SECONDS`` after the first at the latest."""

    def __init__(self, app: Celery, inflight: LeaseStore) -> None:
        """Set the application and the lease store."""
        super().__init__(app, inflight)
        self._kept: dict[str, list[tuple[dict[str, Any], str | None]]] = {}
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None

    def publish(self, stage: str, job: dict[str, Any], *, carried: str | None = None) -> None:
        """Keep a message to be sent soon; see ``Publisher``."""
        with self._lock:
            kept = self._kept.setdefault(stage, [])
            kept.append((job, carried))
            if len(kept) >= BATCH:
                self.flush()
            elif self._timer is None:
                self._timer = threading.Timer(KEPT_SECONDS, self.flush_in_time)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Send what is kept.

        Raises:
            DependencyError: The broker does not answer; the messages are kept.
        """
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            while self._kept:
                stage, kept = next(iter(self._kept.items()))
                self.publish_batch(stage, kept)
                del self._kept[stage]

    def flush_in_time(self) -> None:
        """Send what is kept, or leave it to the next flush; without one, the keys are recovered as lost."""
        with suppress(DependencyError):
            self.flush()


def perform_in_turn(
    steps: Sequence[Step], context: Context, outbox: Outbox, *, served: Collection[str]
) -> Sequence[Step]:
    """Perform the steps of a batch one after another; return those left because a server did not answer.

    Args:
        steps: The work on each object.
        context: What stages may use.
        outbox: Sends to the queues; it is empty on return.
        served: See ``workers.tasks.perform.perform``.
    """
    began, wait = time.monotonic(), ServerWait(context.stopping)
    with share_children(context, [step.item.job for step in steps]) as context_for:
        for n, step in enumerate(steps):
            if n and time.monotonic() - began > LONGEST_SECONDS:
                for each in give_back(steps[n:]):
                    wait(partial(outbox.publish_batch, step.follows or "", [each]))
                break
            if not _perform(step, context_for(step.item.job), outbox, served):
                outbox.flush_in_time()
                return steps[n:]
    wait(outbox.flush)
    return ()


def perform_side_by_side(
    steps: Sequence[Step], context: Context, outbox: Outbox, *, served: Collection[str]
) -> Sequence[Step]:
    """Perform the steps of a batch at the same time, so that they share commits; else as ``perform_in_turn``."""
    if len(steps) == 1:
        return perform_in_turn(steps, context, outbox, served=served)
    begun = [_threads().submit(_perform, step, context, outbox, served) for step in steps]
    done = [each.exception() is None and each.result() for each in begun]
    ServerWait(context.stopping)(outbox.flush)
    for each in begun:
        each.result()  # a surprise of any of them is a surprise of the task
    return [step for step, well in zip(steps, done, strict=True) if not well]


def give_back(steps: Sequence[Step]) -> list[tuple[dict[str, Any], str | None]]:
    """Return the messages of work that another process shall do; it has to look at the objects first."""
    return [(write_message(step.item.replace_job(new=False)), None) for step in steps]


def _perform(step: Step, context: Context, outbox: Outbox, served: Collection[str]) -> bool:
    """Perform one step; return False if a server did not answer."""
    with working_on(step.item.job.trace, document_id(step.item.key)):
        try:
            perform(step, context, outbox, served=served)
        except DependencyError as error:
            log.warning("%s waits again: %s", step.follows, error)
            return False
    return True


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(COMMITTED_TOGETHER, thread_name_prefix="index")
