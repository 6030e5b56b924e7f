"""The table of stages and the way of one object through them: the one screen to read first.

A stage is a plain function, artefact in, artefact out. Its result is stored under (content, stage, version), so that a
redelivered task finds it and moves on, identical files are converted once, and raising a stage's version reprocesses
exactly what it affects. What is here knows nothing of Celery; ``tasks.py`` puts queues between the stages.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.errors import DependencyError, DocumentError, ObjectChangedError, ScanFoundError
from schemas.jobs import Job
from schemas.outcomes import Category, Problem
from workers import extract, normalize
from workers.convert import registry
from workers.pipeline import containers, convert_stage, index_stage, retry_policy
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.context import Context
from workers.pipeline.stage_names import ORDER, SCAN
from workers.telemetry import instrument as metrics
from workers.telemetry.log_context import step_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it makes, and the function that makes it from what the stage before made.

    ``given`` names what else that function is given for a document.
    """

    name: str
    version: int
    makes: type
    run: Callable[..., Any] | None = None
    given: Callable[[Job, Context], dict[str, Any]] = lambda _job, _context: {}


def _furniture(job: Job, context: Context) -> dict[str, Any]:
    return {"furniture": context.furniture.list_confirmed(job.key)} if context.furniture else {}


STAGES: dict[str, Stage] = {
    "convert": Stage("convert", registry.VERSION, Converted),
    "normalize": Stage("normalize", normalize.VERSION, Normalized, normalize.normalize, _furniture),
    "extract": Stage("extract", extract.VERSION, Extracted, extract.extract),
    "index": Stage("index", index_stage.VERSION, type(None)),
}
VERSIONS = {stage.name: stage.version for stage in STAGES.values()}


@dataclass(frozen=True, slots=True)
class Step:
    """What a stage left: the job as it now is, the stage that follows (None at the end), and its artefact in memory.

    ``SCAN`` follows where the pages of a document have to be recognised: it is converted anew when its turn comes.

    ``made`` is what stages made in this process and ``store_outputs`` has not stored yet, ``settled`` what it stored
    just now; ``also`` are keys to be looked at beside it: children of a container.
    """

    job: Job
    follows: str | None
    artefact: Any = None
    made: tuple[StageOutput, ...] = ()
    settled: tuple[StageOutput, ...] = ()
    also: tuple[str, ...] = ()


def run_stage(name: str, job: Job, context: Context, *, given: Step | None = None) -> Step:
    """Run one stage of one job and say what follows.

    Args:
        name: A key of ``STAGES``.
        job: The work.
        context: What the stage may use.
        given: The step before, where it ran in this process; its artefact is used instead of the stored one.

    Raises:
        DependencyError: A server does not answer; the same call may be made again later.
    """
    wall, cpu, began, tries = time.perf_counter(), time.thread_time(), time.time(), 0

    def work() -> Step:
        nonlocal tries
        tries += 1
        return _run(STAGES[name], job, context, given)

    if name == "convert":
        looked = record_outcome(name, job, lambda: _look(job, context))
        if looked.follows != "convert":
            return looked
        job = looked.job
    step = record_outcome(
        name,
        job,
        lambda: retry_policy.call_with_retries(work, context.stopping, chance=random.random),
        made=given.made if given else (),
    )
    if job.new and step.job.failure and step.job.failure.category is Category.CRASH and not step.job.etag:
        return run_stage(name, replace(job, new=False), context)  # it is not known on which version: look first
    spent = {**step.job.cpu, name: step.job.cpu.get(name, 0.0) + time.thread_time() - cpu}
    seconds = time.perf_counter() - wall
    metrics.count_work(name, job.key, seconds=seconds)
    done = step_of(SCAN if job.scan and name == "convert" else name, job, began=began, seconds=seconds, tries=tries)
    steps = (*step.job.steps, done)
    return replace(step, job=replace(step.job, seconds=step.job.seconds + seconds, cpu=spent, steps=steps))


def record_outcome(name: str, job: Job, action: Callable[[], Step], *, made: tuple[StageOutput, ...] = ()) -> Step:
    """Return what ``action`` returns; whatever it dies of is this one document's outcome, never the queue's.

    What the stages before ``made`` is stored all the same: whoever tries it again may begin at the stage that failed.

    Raises:
        DependencyError: A server does not answer.
        ObjectChangedError: The work starts again from the bucket.
        Exception: An outcome of this stage could not be recorded either, so that nothing more can be done.
    """
    try:
        return action()
    except DocumentError as error:
        return _failure_record(job, Problem(name, str(error), error.category, page=error.page), made)
    except (DependencyError, ObjectChangedError):
        raise
    except Exception as error:
        log.exception("stage %s crashed on %s", name, job.key)
        if name == ORDER[-1] and job.failure is not None and job.failure.stage == name:
            raise
        message = f"{name} failed on it: {type(error).__name__}: {error}"
        # What could not be looked at cannot be compared with what it was either.
        job = job if job.looked_at else replace(job, looked_at=time.time())
        return _failure_record(job, Problem(name, message, Category.CRASH), made)


def _look(job: Job, context: Context) -> Step:
    job, needed = convert_stage.look_at_object(job, context, VERSIONS)
    if needed:
        return Step(job, "convert")
    return Step(job, "index") if job.gone else Step(job, None, also=_children(job, context))


def _run(stage: Stage, job: Job, context: Context, given: Step | None) -> Step:
    if stage.name == "convert":
        try:
            received = convert_stage.fetch_and_convert(job, context, stage.version)
        except ScanFoundError as found:
            log.info("put aside, to be recognised: %s", found)
            return Step(job, SCAN)
        if received.converted is None:
            return Step(received.job, "index" if received.job.failure or received.job.gone else None)
        return Step(received.job, "normalize", received.converted, received.made)
    if stage.name == "index":
        index_stage.index(job, _extract(job, context, given), context, VERSIONS)
        return Step(job, None, also=_children(job, context))
    before, follows = (STAGES[ORDER[ORDER.index(stage.name) + d]] for d in (-1, 1))
    made = given.made if given else ()
    # What was made just now cannot have been worked on before; nor, as it is now to be, what is to be made again.
    artefact = None if made or job.again else context.artefacts.get(job.content, stage.name, stage.version, stage.makes)
    if artefact is None:
        source = given.artefact if given else load(before, job, context)
        artefact = stage.run(source, **stage.given(job, context)) if stage.run else None
        made = (*made, StageOutput(stage.name, stage.version, artefact))
    return Step(job, follows.name, artefact, made)


def store_outputs(step: Step, context: Context) -> Step:
    """Store what was made in this process; before the index stage, and before another process goes on.

    Raises:
        DependencyError: The object store does not answer.
    """
    before = ORDER[ORDER.index(step.follows) - 1] if step.follows in ORDER[1:] else ORDER[-1]
    return record_outcome(before, step.job, lambda: _settle(step, context))


def _settle(step: Step, context: Context) -> Step:
    made = tuple(part.ready() for part in step.made)
    if made:
        context.artefacts.put(step.job.content, made)
    return replace(step, made=(), settled=made)


def _extract(job: Job, context: Context, given: Step | None) -> Extracted | None:
    if job.failure or job.gone:
        return None
    found: Extracted = given.artefact if given else load(STAGES["extract"], job, context)
    return found


def _children(job: Job, context: Context) -> tuple[str, ...]:
    """Return the children of a container, or what was one, whose records disagree with it: their work comes next."""
    concerned = job.family is not None or job.had_children
    return tuple(containers.list_differing(job.key, context, VERSIONS)) if concerned else ()


def load(stage: Stage, job: Job, context: Context) -> Any:
    """Return the artefact a stage left for this job's content.

    Raises:
        ObjectChangedError: It is not there any more; the work starts again from the bucket.
    """
    artefact = context.artefacts.get(job.content, stage.name, stage.version, stage.makes)
    if artefact is None:
        raise ObjectChangedError(f"the {stage.name} artefact of {job.key} is gone; it is made again from the inbox")
    return artefact


def _failure_record(job: Job, problem: Problem, made: tuple[StageOutput, ...]) -> Step:
    return Step(replace(job, failure=problem), "index", made=made)
