"""The work on one object: from its lease through the stages this process serves to its release, or the next queue."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

from schemas.errors import DependencyError, ObjectChangedError
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.records import document_id
from workers.leases.protocol import LeaseStore, TakenScan
from workers.pipeline import retry_policy
from workers.pipeline.context import Context
from workers.pipeline.runner import run_stage, store_outputs
from workers.pipeline.server_wait import ServerWait
from workers.pipeline.stage_names import ORDER
from workers.pipeline.stages import STAGES
from workers.pipeline.step import Step, WorkItem
from workers.tasks.payload import inline_artefact, write_message
from workers.tasks.publisher import Publisher
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import new_trace, working_on

log = logging.getLogger(__name__)


def perform(step: Step, context: Context, publisher: Publisher, *, served: Collection[str] = ()) -> None:
    """Run the next stage and those after it that this worker serves, then publish the first that it does not.

    Args:
        step: The work, and the stage that follows.
        context: What stages may use.
        publisher: Sends to the queues.
        served: See ``register``.

    Raises:
        DependencyError: A server did not answer for ``PATIENCE_SECONDS``.
    """
    inflight, wait = context.inflight, ServerWait(context.stopping)
    name, key = step.follows or "", step.item.key
    looks = STAGES[name].look is not None
    started = wait(lambda: inflight.start(key, name, looks=looks))
    if not started:
        return  # the lease store has marked the key: its holder will start it once more
    item = replace(step.item, lease=started)
    step = replace(step, item=item)
    if retry_policy.is_set_aside(started.crash_score) and item.progress.failure is None:
        log.error("%s is set aside: its worker died at it again and again", key)
        step = Step(item.replace_job(new=False), ORDER[0])
    with _release_on_failure(inflight, publisher, key):
        _work(step, context, publisher, served, wait)


def perform_next(name: str, context: Context, publisher: Publisher, *, served: Collection[str] = ()) -> None:
    """Run a ``waits_apart`` stage on the next waiting object, if any, and continue as ``perform``.

    Raises:
        DependencyError: A server did not answer for ``PATIENCE_SECONDS``; the object waits again, or is recovered.
    """
    inflight, wait = context.inflight, ServerWait(context.stopping)
    taken = wait(lambda: inflight.take_scan(name))
    if taken is None:
        return
    metrics.count_taken(name, taken.key, published=taken.since, redelivered=taken.started.attempt > 1)
    noted = _take_journey(inflight, taken)
    item = WorkItem(Job(taken.key, noted.trace, taken.since, steps=noted.steps), lease=taken.started)
    trace = working_on(noted.trace, document_id(taken.key))
    with trace, _release_on_failure(inflight, publisher, taken.key, outage=lambda: _put_aside(inflight, item.job)):
        _work(Step(item, name), context, publisher, served, wait)


@contextmanager
def _release_on_failure(
    inflight: LeaseStore, publisher: Publisher, key: str, *, outage: Callable[[], bool] | None = None
) -> Iterator[None]:
    """Release the lease if the block ends in any error: an unexpired lease would block the retry.

    The block fails if a server stays down past the wait limit (``outage`` may then release it in another way), or if
    not even an outcome could be recorded: the next event or sweep finds the object again.
    """

    def finish() -> bool:
        return inflight.finish(key)

    give_back: Callable[[], bool] | None = finish
    try:
        yield
        give_back = None
    except DependencyError:
        give_back = outage or finish
        raise
    finally:
        if give_back:
            with suppress(DependencyError):
                if give_back():
                    publisher.send([key])


def _work(step: Step, context: Context, publisher: Publisher, served: Collection[str], wait: ServerWait) -> None:
    key, journey = step.item.key, step.item.job.journey
    try:
        step = _run_served(step, context, served, wait)
    except ObjectChangedError as error:
        log.info("%s", error)
        wait(lambda: context.inflight.finish(key))
        start = error.start or key
        wait(lambda: publisher.send([start], journey=journey))
        return
    if step.also:
        # Children belong to the request that brought their container.
        wait(partial(publisher.send, step.also, journey=Journey(journey.trace, journey.asked_at)))
    _release(step, context.inflight, publisher, wait)


def _run_served(step: Step, context: Context, served: Collection[str], wait: ServerWait) -> Step:
    step = wait(partial(run_stage, step, context))
    while step.follows is not None and step.follows in served:
        context.inflight.set_stage(step.item.key, step.follows)
        if step.follows == ORDER[-1]:
            step = wait(partial(store_outputs, step, context))
        step = wait(partial(run_stage, step, context))
    return wait(partial(store_outputs, step, context))


def _release(step: Step, inflight: LeaseStore, publisher: Publisher, wait: ServerWait) -> None:
    """Release the lease: for good, to the next stage's queue, or to wait apart for that stage."""
    job, key = step.item.job, step.item.key
    if step.follows is None:
        changed_again = wait(lambda: inflight.finish(key))
    elif STAGES[step.follows].waits_apart:
        changed_again = wait(lambda: _put_aside(inflight, job))
    else:
        waiting = wait(lambda: inflight.hand_over(key))
        along = inline_artefact(step.settled, waiting=waiting) if step.follows == ORDER[-1] else None
        wait(partial(publisher.publish, step.follows, write_message(step.item), carried=along))
        return
    if changed_again:
        wait(lambda: publisher.send([key]))


def _take_journey(inflight: LeaseStore, taken: TakenScan) -> Journey:
    """Return how a scan arrived; a new journey if none is noted, or at once if the lease store does not answer."""
    with suppress(DependencyError):
        if noted := inflight.take_journeys([taken.key]):
            return noted[taken.key]
    return Journey(new_trace(), taken.since)


def _put_aside(inflight: LeaseStore, job: Job) -> bool:
    inflight.keep_journey([job.key], job.journey)
    return inflight.put_aside(job.key, job.sent_at)
