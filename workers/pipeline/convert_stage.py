"""The first stage's work: look at the object as it is now, fetch it, have it converted unless that was done before."""

import random
import time
from dataclasses import dataclass, replace
from pathlib import Path

from schemas.blocks import Converted
from schemas.errors import DependencyError, DocumentError, KilledError, ObjectChangedError
from schemas.jobs import Job
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from workers.convert.source import suffix_of
from workers.furniture import is_due_again
from workers.pipeline import containers, retry_policy
from workers.pipeline.artefacts import StageOutput, content_id
from workers.pipeline.checksum import digest
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import was_released
from workers.sandbox.fork_server_client import SandboxError
from workers.sandbox.outcome import Conversion
from workers.sandbox.protocol import Reached
from workers.storage.protocol import ObjectInfo


@dataclass(frozen=True, slots=True)
class ReceivedObject:
    """The job as it now is, the converted document, and what has to be kept of it: nothing where it was found.

    Without a converted document the job says why: it failed, or its object is not there.
    """

    job: Job
    converted: Converted | None
    made: tuple[StageOutput, ...]


def look_at_object(job: Job, context: Context, versions: dict[str, int]) -> tuple[Job, bool]:
    """Look at the object as it is now; return the job with what was seen, and whether there is anything to convert.

    A job whose object is gone, but of which the index still holds something, comes back as ``gone``: that has to be
    removed.

    Raises:
        ObjectChangedError: What the container of a child held was lost.
        DependencyError: A server does not answer.
    """
    if job.new:
        return job, True  # there is nothing to compare with, and fetching it looks at it as well
    info, parent = containers.stat(job.key, context)
    record = context.index.record(document_id(job.key))
    job = replace(job, parent=parent, had_children=record is not None and record.container)
    live = record is not None and record.state is not State.REMOVED
    if info is None:
        gone = live or (record is None and _has_unrecorded_rows(job, context))
        return replace(job, gone=gone, parent=record.parent if record else None), False
    done = record is not None and live and record.etag == info.etag and record.stages == versions
    if record is not None and done:
        job = replace(job, again=is_due_again(context.derived, job.key))
        done = not (job.again or was_released(context.derived, record)) and containers.is_complete(record, context)
    return replace(_with_observation(job, info), first_at=_first_at(record, info)), not done


def fetch_and_convert(job: Job, context: Context, version: int) -> ReceivedObject:
    """Fetch the object of a job and convert it unless its content was converted before.

    Raises:
        DocumentError: The document cannot be read; of a new one the job that comes back says so.
        ObjectChangedError: The object went away meanwhile.
        ScanFoundError: Its pages have to be recognised, and it has not waited for that.
        DependencyError: A server does not answer.
    """
    if job.deaths:
        raise DocumentError(
            Category.CRASH, "took its worker down twice and is set aside; `gongkai retry KEY` tries it again"
        )
    containers.check_depth(job, context)
    _check_size(job, context)
    try:
        with context.sandbox.scratch() as folder:
            path = folder / "object"
            fetched = containers.fetch(job, path, context)
            if job.new:
                return _first(job, fetched, path, context, version)
            if fetched is None or fetched.etag != job.etag:
                raise ObjectChangedError(f"{job.key} changed while it was fetched")
            return _convert(job, path, context, version)
    except SandboxError as error:  # our own process does not start: no document may pay for that
        raise DependencyError("sandbox", str(error)) from error


def _first(job: Job, fetched: ObjectInfo | None, path: Path, context: Context, version: int) -> ReceivedObject:
    """Convert what nobody looked at before it was fetched: only from here on it is known which version it is."""
    if fetched is None:
        return ReceivedObject(replace(job, gone=_has_unrecorded_rows(job, context)), None, ())
    job = _with_observation(job, fetched)
    try:
        _check_size(job, context)
        return _convert(job, path, context, version)
    except DocumentError as error:
        failure = Problem("convert", str(error), error.category, page=error.page)
        return ReceivedObject(replace(job, failure=failure), None, ())


def _has_unrecorded_rows(job: Job, context: Context) -> bool:
    """Tell whether rows stand in the index without a record: whoever wrote them died, or the index did, in between."""
    return bool(context.index.sections(document_id(job.key)))


def _check_size(job: Job, context: Context) -> None:
    allowed = context.limits.input_bytes
    if job.size > allowed:
        raise DocumentError(
            Category.TOO_LARGE, f"{job.size:,} bytes, more than the {allowed:,} of GONGKAI_LIMIT_INPUT_BYTES"
        )


def _convert(job: Job, path: Path, context: Context, version: int) -> ReceivedObject:
    hint = suffix_of(job.key)
    job = replace(job, content=content_id(digest(path), hint))
    converted = context.artefacts.get(job.content, "convert", version, Converted)
    if converted is not None:
        return ReceivedObject(_with_family(job, converted), converted, ())
    with _conversion(job, path, context) as conversion:
        # The children before the artefact: where that is found, they are there.
        converted = containers.keep(conversion, context)
        encoded = None if converted.children else conversion.data
    job = replace(job, cpu={**job.cpu, "convert": job.cpu.get("convert", 0.0) + conversion.cpu_seconds})
    return ReceivedObject(
        _with_family(job, converted), converted, (StageOutput("convert", version, converted, encoded),)
    )


def _conversion(job: Job, path: Path, context: Context) -> Conversion:
    def convert() -> Conversion:
        hint = suffix_of(job.key)
        return context.sandbox.convert(path, hint=hint, progress=lambda at: _note(job, at, context), scans=job.scan)

    try:
        return retry_policy.call_with_retries(convert, context.stopping, chance=random.random)
    except KilledError as error:  # often enough: from here on it is the document's own fault
        raise DocumentError(error.category, str(error)) from error


def _note(job: Job, at: Reached, context: Context) -> None:
    context.inflight.set_stage(job.key, f"convert {at.page}/{at.pages}")


def _with_family(job: Job, converted: Converted) -> Job:
    return replace(job, family=containers.family_of(job.key, converted))


def _with_observation(job: Job, info: ObjectInfo) -> Job:
    return replace(job, etag=info.etag, size=info.size, modified_at=info.modified_at, looked_at=time.time())


def _first_at(record: DocumentRecord | None, info: ObjectInfo) -> float:
    same = record is not None and record.etag == info.etag and record.state in {State.INDEXED, State.PARTIAL}
    return (record.first_at or record.indexed_at) if record is not None and same else 0.0
