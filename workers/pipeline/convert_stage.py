"""The stages that begin at the object: look at it as it is now, fetch it, convert it unless that was done before."""

import logging
import random
import time
from dataclasses import replace
from pathlib import Path

from schemas.blocks import Converted
from schemas.errors import DependencyError, DocumentError, KilledError, ObjectChangedError, ScanFoundError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from workers.convert.source import suffix_of
from workers.furniture import is_due_again
from workers.pipeline import containers, retry_policy
from workers.pipeline.artefacts import StageOutput, content_id, digest
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import was_decided
from workers.pipeline.stage_names import INDEX, NORMALIZE, SCAN
from workers.pipeline.step import Step, WorkItem
from workers.pipeline.versions import CONVERTED, VERSIONS
from workers.sandbox.fork_server_client import SandboxError
from workers.sandbox.outcome import Conversion
from workers.sandbox.protocol import Reached
from workers.storage.protocol import ObjectInfo

log = logging.getLogger(__name__)


def look_at_object(step: Step, context: Context) -> Step:
    """Look at the object as it is now; the same stage still follows if there is anything to convert.

    If the object is gone but the index still holds rows of it, the index stage follows and removes them.

    Raises:
        ObjectChangedError: The listing of the child's container was lost.
        DependencyError: A server does not answer.
    """
    if step.item.job.new:
        return step  # there is nothing to compare with, and fetching it looks at it as well
    key = step.item.key
    info, parent = containers.stat(key, context)
    record = context.index.record(document_id(key))
    item = step.item.replace_seen(parent=parent, had_children=record is not None and record.container)
    live = record is not None and record.state is not State.REMOVED
    if info is None:
        gone = live or (record is None and _has_unrecorded_rows(item, context))
        item = item.replace_seen(gone=gone, parent=record.parent if record else None)
        if record is not None:  # its record keeps the content id, so that the artefacts can be purged
            item = item.replace_seen(content=record.content)
        return Step(item, INDEX) if gone else _end(item, context)
    done = record is not None and live and record.etag == info.etag and record.stages == VERSIONS
    if record is not None and done:
        item = item.replace_seen(again=is_due_again(context.derived, key))
        decided = was_decided(context.derived, record)
        done = not (item.seen.again or decided) and containers.is_complete(record, context)
    item = _observe(item, info).replace_seen(first_at=_first_at(record, info))
    return _end(item, context) if done else replace(step, item=item)


def convert(step: Step, context: Context) -> Step:
    """Fetch the object and convert it unless its content was converted before; a scan waits to be recognised.

    Raises:
        DocumentError: The document cannot be read; for a new object the step carries the failure instead.
        ObjectChangedError: The object changed or vanished meanwhile.
        DependencyError: A server does not answer.
    """
    try:
        return _fetch_and_convert(step.item, context, scans=False)
    except ScanFoundError as found:
        log.info("put aside, to be recognised: %s", found)
        return Step(step.item, SCAN)


def recognise(step: Step, context: Context) -> Step:
    """Do as ``convert`` for an object that waited for recognition; its pages may be recognised, which takes long.

    Raises:
        DocumentError: The document cannot be read.
        ObjectChangedError: The object changed or vanished meanwhile.
        DependencyError: A server does not answer.
    """
    return _fetch_and_convert(step.item, context, scans=True)


def _fetch_and_convert(item: WorkItem, context: Context, *, scans: bool) -> Step:
    if retry_policy.is_set_aside(item.lease.crash_score):
        raise DocumentError(Category.CRASH, Sentence.of("set-aside"))
    containers.check_depth(item, context)
    _check_size(item, context)
    try:
        with context.reader.scratch() as folder:
            path = folder / "object"
            fetched = containers.fetch(item, path, context)
            if item.job.new:
                return _convert_first(item, fetched, path, context, scans=scans)
            if fetched is None or fetched.etag != item.seen.etag:
                raise ObjectChangedError(f"{item.key} changed while it was fetched")
            return _convert(item, path, context, scans=scans)
    except SandboxError as error:  # our own process does not start: not the document's fault
        raise DependencyError("sandbox", str(error)) from error


def _convert_first(item: WorkItem, fetched: ObjectInfo | None, path: Path, context: Context, *, scans: bool) -> Step:
    """Convert a new object, which was fetched without a look first: its version is known only from the fetch."""
    if fetched is None:
        gone = _has_unrecorded_rows(item, context)
        return Step(item.replace_seen(gone=gone), INDEX if gone else None)
    item = _observe(item, fetched)
    try:
        _check_size(item, context)
        return _convert(item, path, context, scans=scans)
    except DocumentError as error:
        failure = Problem.of(CONVERTED.stage, error.said, error.category, page=error.page)
        return Step(item.replace_progress(failure=failure), INDEX)


def _convert(item: WorkItem, path: Path, context: Context, *, scans: bool) -> Step:
    item = item.replace_seen(content=content_id(digest(path), suffix_of(item.key)))
    converted = context.artefacts.get(item.seen.content, CONVERTED.stage, CONVERTED.version, Converted)
    if converted is not None:
        return Step(_with_family(item, converted), NORMALIZE, converted)
    with _conversion(item, path, context, scans=scans) as conversion:
        # Store the children before the artefact: an existing artefact implies that its children exist.
        converted = containers.keep(conversion, context)
        encoded = None if converted.children else conversion.data
    spent = item.progress.cpu.get(CONVERTED.stage, 0.0) + conversion.cpu_seconds
    item = item.replace_progress(cpu={**item.progress.cpu, CONVERTED.stage: spent})
    made = StageOutput(CONVERTED.stage, CONVERTED.version, converted, encoded)
    return Step(_with_family(item, converted), NORMALIZE, converted, (made,))


def _conversion(item: WorkItem, path: Path, context: Context, *, scans: bool) -> Conversion:
    def note(at: Reached) -> None:
        context.inflight.set_stage(item.key, f"{CONVERTED.stage} {at.page}/{at.pages}")

    def run() -> Conversion:
        return context.reader.convert(path, hint=suffix_of(item.key), progress=note, scans=scans)

    try:
        return retry_policy.call_with_retries(run, context.stopping, chance=random.random)
    except KilledError as error:  # after all attempts it counts as the document's own fault
        raise DocumentError(error.category, error.said) from error


def _end(item: WorkItem, context: Context) -> Step:
    return Step(item, None, also=containers.children_to_look_at(item, context))


def _has_unrecorded_rows(item: WorkItem, context: Context) -> bool:
    """Return whether the index has rows without a record: a crash between the two writes leaves them."""
    return bool(context.index.sections(document_id(item.key)))


def _check_size(item: WorkItem, context: Context) -> None:
    size, allowed = item.seen.size, context.limits.input_bytes
    if size > allowed:
        raise DocumentError(
            Category.TOO_LARGE,
            Sentence.of("object-too-large", size=size, limit=allowed),
        )


def _with_family(item: WorkItem, converted: Converted) -> WorkItem:
    return item.replace_progress(family=containers.family_of(item.key, converted))


def _observe(item: WorkItem, info: ObjectInfo) -> WorkItem:
    return item.replace_seen(etag=info.etag, size=info.size, modified_at=info.modified_at, looked_at=time.time())


def _first_at(record: DocumentRecord | None, info: ObjectInfo) -> float:
    if record is None or record.etag != info.etag or not record.state.is_searchable:
        return 0.0
    return record.first_at or record.indexed_at
