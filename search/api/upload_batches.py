"""The progress of a batch: each file is looked up in the index, unfinished ones also in the inbox."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from search.api.responses import Batch, FileState, UploadedFile
from search.http.ports import Services, Uploaded, Uploads

# The store's clock may be behind ours by this much.
_CLOCK_SECONDS = 60.0
THREADS = 8
_DONE = (FileState.INDEXED, FileState.PARTIAL)
_LEFT = FileState.WAITING


def batch_answer(services: Services, uploads: Uploads, batch: str, *, files: Sequence[Uploaded]) -> Batch:
    """Return the state of a batch: counts, an estimate of the remaining time, and each file."""
    return count_batch(batch, look_up_files(services, uploads, files))


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One file of a batch as it is now; ``record`` is that of its version, None until it has one."""

    file: Uploaded
    state: FileState
    record: DocumentRecord | None


def look_up_files(services: Services, uploads: Uploads, files: Sequence[Uploaded]) -> tuple[SeenFile, ...]:
    """Return what became of each file, in the order given."""
    with ThreadPoolExecutor(THREADS) as pool:
        return tuple(pool.map(lambda file: _look_up(services, uploads, file), files))


def count_batch(batch: str, seen: Sequence[SeenFile]) -> Batch:
    """Return the answer for a batch whose files were looked up."""
    left = sum(one.state is _LEFT for one in seen)
    ended = len(seen) - left
    elapsed = time.time() - min((one.file.at for one in seen), default=0.0)
    return Batch(
        batch=batch,
        received=len(seen),
        done=sum(one.state in _DONE for one in seen),
        failed=sum(one.state is FileState.FAILED for one in seen),
        held=sum(one.state is FileState.HELD for one in seen),
        left=left,
        seconds_left=round(elapsed / ended * left, 1) if ended else (None if left else 0.0),
        files=tuple(map(_answer, seen)),
    )


def _answer(seen: SeenFile) -> UploadedFile:
    shown = seen.record if seen.state in {FileState.FAILED, FileState.PARTIAL} else None
    why = shown.problems[0].message if shown and shown.problems else None
    return UploadedFile(seen.file.key, document_id(seen.file.key), seen.file.size, seen.state, why)


def _look_up(services: Services, uploads: Uploads, file: Uploaded) -> SeenFile:
    record = services.index.record(document_id(file.key))
    if record is not None and _is_outcome_of(record, file):
        return SeenFile(file, _LEFT if record.is_due_again else FileState(record.state), record)
    state = _LEFT if uploads.etag(file.key) == file.etag else FileState.REPLACED
    return SeenFile(file, state, None)


def _is_outcome_of(record: DocumentRecord, file: Uploaded) -> bool:
    return record.etag == file.etag or (record.state is State.REMOVED and record.indexed_at > file.at - _CLOCK_SECONDS)
