"""The progress of a batch: each file is looked up in the index, unfinished ones also in the inbox."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

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
    with ThreadPoolExecutor(THREADS) as pool:
        looked_up = tuple(pool.map(lambda file: _look_up(services, uploads, file), files))
    left = sum(one.state is _LEFT for one in looked_up)
    ended = len(looked_up) - left
    elapsed = time.time() - min((file.at for file in files), default=0.0)
    return Batch(
        batch=batch,
        received=len(looked_up),
        done=sum(one.state in _DONE for one in looked_up),
        failed=sum(one.state is FileState.FAILED for one in looked_up),
        held=sum(one.state is FileState.HELD for one in looked_up),
        left=left,
        seconds_left=round(elapsed / ended * left, 1) if ended else (None if left else 0.0),
        files=looked_up,
    )


def _look_up(services: Services, uploads: Uploads, file: Uploaded) -> UploadedFile:
    record = services.index.record(document_id(file.key))
    state = FileState(record.state) if record is not None and _is_outcome_of(record, file) else None
    if state is None:
        state = _LEFT if uploads.etag(file.key) == file.etag else FileState.REPLACED
    shown = record if record is not None and state in {FileState.FAILED, FileState.PARTIAL} else None
    why = shown.problems[0].message if shown and shown.problems else None
    return UploadedFile(file.key, document_id(file.key), file.size, state, why)


def _is_outcome_of(record: DocumentRecord, file: Uploaded) -> bool:
    return record.etag == file.etag or (record.state is State.REMOVED and record.indexed_at > file.at - _CLOCK_SECONDS)
