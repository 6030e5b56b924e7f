"""The Celery tasks: a few lines around each stage. They wait out servers that are down, publish last."""

import logging
import os
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar

from celery import Celery, Task

from schemas.codec import as_json, decode_object
from schemas.errors import DependencyError, ObjectChangedError
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.records import document_id
from workers.leases.protocol import LeaseStore, TakenScan
from workers.pipeline import retry_policy
from workers.pipeline.context import Context
from workers.pipeline.runner import Step, run_stage, store_outputs
from workers.pipeline.server_wait import ServerWait
from workers.pipeline.stage_names import ORDER, SCAN
from workers.settings import PATIENCE_SECONDS
from workers.tasks import payload
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import PUBLISHED
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import new_trace, working_on

log = logging.getLogger(__name__)

T = TypeVar("T")


class PerProcess:
    """Opens a context when a process first needs it; a forked child opens its own, never its parent's connections."""

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
        served: Stages this worker serves: a task carries on with them in the same process, without a message between.
    """
    for name in ORDER:
        _register_stage(app, name, context, served)
    _register_scan(app, context, served)


def _register_stage(app: Celery, name: str, context: Callable[[], Context], served: Collection[str]) -> None:
    @app.task(name=f"gongkai.{name}", bind=True, max_retries=None, shared=False)  # type: ignore[untyped-decorator]
    def stage(task: Task, job: dict[str, Any], carried: str | None = None) -> None:
        redelivered = bool((task.request.delivery_info or {}).get("redelivered"))
        metrics.count_taken(name, job["key"], published=task.request.get(PUBLISHED), redelivered=redelivered)
        given = decode_object(Job, job)
        if redelivered:  # whoever had it before may have recorded something
            given = replace(given, new=False)
        with working_on(given.trace, document_id(given.key)):
            try:
                dispatch = Publisher(app, context().inflight)
                perform(name, given, context(), dispatch, served=served, carried=carried)
            except DependencyError as error:
                log.warning("%s: back to the queue after %.0f s of waiting: %s", name, PATIENCE_SECONDS, error)
                metrics.count_give_up(name)
                raise task.retry(args=[as_json(replace(given, new=False))], exc=error, countdown=0) from error


def _register_scan(app: Celery, context: Callable[[], Context], served: Collection[str]) -> None:
    @app.task(name=f"gongkai.{SCAN}", shared=False)  # type: ignore[untyped-decorator]
    def scan() -> None:
        dispatch = Publisher(app, context().inflight)
        try:
            perform_scan(context(), dispatch, served=served)
        except DependencyError as error:
            log.warning("%s: the scan waits again after %.0f s of waiting: %s", SCAN, PATIENCE_SECONDS, error)
            metrics.count_give_up(SCAN)


def perform_scan(context: Context, dispatch: Publisher, *, served: Collection[str] = ()) -> None:
    """Convert the scan that is next and go on as ``perform``; nothing where none waits.

    Raises:
        DependencyError: A server did not answer for ``PATIENCE_SECONDS``; the scan waits again, or is found lost.
    """
    inflight, wait = context.inflight, ServerWait(context.stopping)
    taken = wait(lambda: inflight.take_scan(SCAN))
    if taken is None:
        return
    metrics.count_taken(SCAN, taken.key, published=taken.since, redelivered=taken.started.attempt > 1)
    deaths = taken.started.crash_score if retry_policy.is_set_aside(taken.started.crash_score) else 0
    noted = _noted(inflight, taken)
    job = Job(
        key=taken.key, trace=noted.trace, sent_at=taken.since, scan=True, deaths=deaths,
        attempt=taken.started.attempt, steps=noted.steps,
    )  # fmt: skip

    def put_aside() -> bool:
        return _put_aside(inflight, job)

    trace = working_on(job.trace, document_id(job.key))
    with trace, _release_on_failure(inflight, dispatch, job.key, outage=put_aside):
        _work(ORDER[0], job, context, dispatch, served, wait, None)


def perform(
    name: str,
    job: Job,
    context: Context,
    dispatch: Publisher,
    *,
    served: Collection[str] = (),
    carried: str | None = None,
) -> None:
    """Run a stage and those after it that this worker serves, then send the first that it does not.

    Args:
        name: Of the stage.
        job: The work.
        context: What stages may use.
        dispatch: The way to the queues.
        served: See ``register``.
        carried: See ``workers.tasks.payload``.

    Raises:
        DependencyError: A server did not answer for ``PATIENCE_SECONDS``.
    """
    inflight, wait = context.inflight, ServerWait(context.stopping)
    started = wait(lambda: inflight.start(job.key, name, looks=name == ORDER[0]))
    if not started:
        return  # whoever holds the key was told to start it once more
    job = replace(job, attempt=started.attempt)
    if retry_policy.is_set_aside(started.crash_score) and job.failure is None:
        log.error("%s is set aside: its worker died at it again and again", job.key)
        name, job = ORDER[0], replace(job, deaths=started.crash_score, new=False)
    with _release_on_failure(inflight, dispatch, job.key):
        _work(name, job, context, dispatch, served, wait, payload.read_inline_artefact(job, carried))


@contextmanager
def _release_on_failure(
    inflight: LeaseStore, dispatch: Publisher, key: str, *, outage: Callable[[], bool] | None = None
) -> Iterator[None]:
    """Give the lease back where the work ends in an error, whichever: a lease that lives would keep all others out.

    That is where a server outlasted all patience (``outage`` says how else to give it back then), and where not even an
    outcome could be recorded: the next event or sweep finds the object again.
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
                    dispatch.send([key])


def _work(
    name: str,
    job: Job,
    context: Context,
    dispatch: Publisher,
    served: Collection[str],
    wait: "ServerWait",
    given: Step | None,
) -> None:
    inflight = context.inflight
    try:
        step = _carry_on(name, job, context, served, wait, given)
    except ObjectChangedError as error:
        log.info("%s", error)
        wait(lambda: inflight.finish(job.key))
        start = error.start or job.key
        wait(lambda: dispatch.send([start], journey=job.journey))
        return
    if step.also:
        also = step.also
        # What lay in a container came with its request.
        wait(lambda: dispatch.send(also, journey=Journey(job.trace, job.journey.asked_at)))
    if step.follows == SCAN:
        aside = step.job
        if wait(lambda: _put_aside(inflight, aside)):
            wait(lambda: dispatch.send([job.key]))
    elif step.follows is not None:
        follows, what = step.follows, step.job
        waiting = wait(lambda: inflight.hand_over(job.key))
        along = payload.inline_artefact(step.settled, waiting=waiting) if follows == ORDER[-1] else None
        wait(lambda: dispatch.publish(follows, as_json(what), carried=along))
    elif wait(lambda: inflight.finish(job.key)):
        wait(lambda: dispatch.send([job.key]))


def _noted(inflight: LeaseStore, taken: TakenScan) -> Journey:
    """Return how a scan came here; what is not known of that is not worth waiting for."""
    with suppress(DependencyError):
        if noted := inflight.take_journeys([taken.key]):
            return noted[taken.key]
    return Journey(new_trace(), taken.since)


def _put_aside(inflight: LeaseStore, job: Job) -> bool:
    inflight.keep_journey([job.key], job.journey)
    return inflight.put_aside(job.key, job.sent_at)


def _carry_on(
    name: str, job: Job, context: Context, served: Collection[str], wait: "ServerWait", given: Step | None
) -> Step:
    step = wait(lambda: run_stage(name, job, context, given=given))
    while step.follows is not None and step.follows in served:
        following, before = step.follows, step
        context.inflight.set_stage(job.key, following)
        if following == ORDER[-1]:
            before = wait(lambda: store_outputs(before, context))  # noqa: B023 - called at once
        step = wait(lambda: run_stage(following, before.job, context, given=before))  # noqa: B023 - called at once
    return wait(lambda: store_outputs(step, context))
