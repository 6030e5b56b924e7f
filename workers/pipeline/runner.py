"""Runs one stage of the table on one object and turns any failure into that object's outcome."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace

from schemas.errors import DependencyError, DocumentError, ObjectChangedError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.pipeline import retry_policy
from workers.pipeline.context import Context
from workers.pipeline.stage_names import ORDER
from workers.pipeline.stages import STAGES, Stage
from workers.pipeline.step import Step
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import step_of

log = logging.getLogger(__name__)


def run_stage(step: Step, context: Context) -> Step:
    """Run the step's next stage and return the step after it.

    Raises:
        DependencyError: A server does not answer; the same call may be repeated later.
        KeyError: No stage follows.
    """
    name, stage = step.follows or "", STAGES[step.follows or ""]
    wall, cpu, began, tries = time.perf_counter(), time.thread_time(), time.time(), 0
    looked = _look(stage, step, context)
    if looked.follows != name:
        return looked

    def work() -> Step:
        nonlocal tries
        tries += 1
        return stage.run(looked, context)

    done = record_outcome(
        stage.recorded_as,
        looked,
        lambda: retry_policy.call_with_retries(work, context.stopping, chance=random.random),
    )
    if _died_unseen(done):
        return run_stage(replace(step, item=step.item.replace_job(new=False)), context)
    item, seconds = done.item, time.perf_counter() - wall
    spent = item.progress.cpu.get(stage.recorded_as, 0.0) + time.thread_time() - cpu
    metrics.count_work(stage.recorded_as, item.key, seconds=seconds)
    trace = step_of(name, began=began, seconds=seconds, attempt=item.lease.attempt + tries - 1)
    item = item.replace_job(steps=(*item.job.steps, trace)).replace_progress(
        seconds=item.progress.seconds + seconds, cpu={**item.progress.cpu, stage.recorded_as: spent}
    )
    return replace(done, item=item)


def _look(stage: Stage, step: Step, context: Context) -> Step:
    look = stage.look
    return record_outcome(stage.recorded_as, step, lambda: look(step, context)) if look else step


def _died_unseen(step: Step) -> bool:
    """Return whether a new object crashed the stage before its version was known: it must be looked at first."""
    failure = step.item.progress.failure
    return bool(step.item.job.new and failure and failure.category is Category.CRASH and not step.item.seen.etag)


def record_outcome(stage: str, before: Step, action: Callable[[], Step]) -> Step:
    """Return the result of ``action``; any failure becomes this document's outcome and never stops the queue.

    The outputs of earlier stages are stored even then, so that a retry may begin at the stage that failed.

    Args:
        stage: The stage a failure is recorded under.
        before: The step the action was given.
        action: The stage's work.

    Raises:
        DependencyError: A server does not answer.
        ObjectChangedError: The work starts again from the bucket.
        Exception: The stage that records outcomes failed itself, so that nothing more can be done.
    """
    item = before.item
    try:
        return action()
    except DocumentError as error:
        return _fail(before, Problem.of(stage, error.said, error.category, page=error.page))
    except (DependencyError, ObjectChangedError):
        raise
    except Exception as error:
        log.exception("stage %s crashed on %s", stage, item.key)
        if item.progress.failure is not None and item.progress.failure.stage == stage:
            raise
        said = Sentence.of("stage-crashed", stage=stage, error=f"{type(error).__name__}: {error}")
        # An object that could not be looked at cannot be compared with its earlier version either.
        unseen = before if item.seen.looked_at else replace(before, item=item.replace_seen(looked_at=time.time()))
        return _fail(unseen, Problem.of(stage, said, Category.CRASH))


def _fail(before: Step, problem: Problem) -> Step:
    return Step(before.item.replace_progress(failure=problem), ORDER[-1], made=before.made)


def store_outputs(step: Step, context: Context) -> Step:
    """Store the outputs made in this process; required before the index stage and before another process continues.

    Raises:
        DependencyError: The object store does not answer.
    """
    if not step.made:
        return replace(step, settled=())
    return record_outcome(step.made[-1].stage, replace(step, made=()), lambda: _settle(step, context))


def _settle(step: Step, context: Context) -> Step:
    made = tuple(part.ready() for part in step.made)
    context.artefacts.put(step.item.seen.content, made)
    return replace(step, made=(), settled=made)
