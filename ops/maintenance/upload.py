"""Uploads files into the inbox, queues them at once, and waits for their outcomes."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from search.protocol import RecordReader
from workers.confinement.confine import close_memory
from workers.leases.open import open_lease_store
from workers.settings import Settings
from workers.storage.claims import Claims
from workers.storage.etags import is_content
from workers.storage.object_keys import KeyRefusedError
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore
from workers.tasks.key_queue import KeyQueue
from workers.telemetry.log_context import from_upload, new_trace

THREADS = 16
WINDOW = 5_000  # files whose folders are looked at together
BATCH = 200  # files queued together
POLL_SECONDS = 0.05
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class UploadedObject:
    """One uploaded object.

    Attributes:
        key: Its key.
        etag: Its ETag in the inbox.
        at: When it arrived, in seconds since 1970.
        size: In bytes.
        sent: False if the inbox had the same content under its key before.
    """

    key: str
    etag: str
    at: float
    size: int = 0
    sent: bool = True


class UploadTarget(Protocol):
    """Where files are stored and queued: a whole ``System``, or only as much of it as an upload needs."""

    @property
    def inbox(self) -> ObjectStore:
        """The bucket the files go to."""
        ...

    @property
    def dispatch(self) -> KeyQueue:
        """The tenant queues."""
        ...


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """An ``UploadTarget`` of its own: to import a whole ``System`` takes a second of CPU time."""

    inbox: ObjectStore
    dispatch: KeyQueue


@contextmanager
def open_target(settings: Settings) -> Iterator[OpenTarget]:
    """Open inbox and queues for one upload and close them after it; no server is contacted before it is used."""
    close_memory()
    with closing(open_lease_store(settings)) as inflight:
        yield OpenTarget(open_store(settings.objects_url, settings), KeyQueue(inflight))


def upload(
    target: UploadTarget,
    files: Iterable[tuple[str, Path]],
    *,
    prefix: str = "",
    received: Callable[[Sequence[UploadedObject]], Any] = lambda _: None,
    refused: Callable[[KeyRefusedError], Any] = lambda _: None,
) -> Iterator[UploadedObject]:
    """Store files below ``prefix`` and queue them at once, without waiting for the store's event.

    An upload that was interrupted may be repeated: what the inbox has by size and checksum is queued, not sent.

    Args:
        target: Where to upload to.
        files: (key, path) pairs; a generator is consumed as it goes.
        prefix: Put before each key, with a slash between.
        received: Called with the objects of each batch, once they are queued.
        refused: Called with the store's error for each file whose key it refuses; the others are stored.

    Raises:
        DependencyError: A server does not answer.
    """
    start = f"{prefix.rstrip('/')}/" if prefix else ""
    claims, trace, began = Claims(target.inbox), new_trace(), time.time()
    tried = _store_all(target.inbox, ((start + key, path) for key, path in files), claims)
    while batch := list(islice(tried, BATCH)):
        stored = [one for one in batch if isinstance(one, UploadedObject)]
        for one in batch:
            if isinstance(one, KeyRefusedError):
                refused(one)
        target.dispatch.send([one.key for one in stored], journey=from_upload(trace, began))
        began = time.time()
        received(stored)
        yield from stored


def _store_all(
    inbox: ObjectStore, files: Iterator[tuple[str, Path]], claims: Claims
) -> Iterator[UploadedObject | KeyRefusedError]:
    """Store files in parallel and yield what became of each, in order; threads go on while a batch is queued."""
    with ThreadPoolExecutor(THREADS, "upload") as pool:
        while window := list(islice(files, WINDOW)):
            claims.expect([key for key, _ in window])
            yield from pool.map(lambda item: _store(inbox, item[0], item[1], claims), window)


def _store(inbox: ObjectStore, key: str, path: Path, claims: Claims) -> UploadedObject | KeyRefusedError:
    try:
        claims.claim(key)
        found = claims.find(key)
        if found is not None and is_content(found, path):
            return UploadedObject(key, found.etag, time.time(), found.size, sent=False)
        size = path.stat().st_size
        return UploadedObject(key, inbox.upload(key, path), time.time(), size)
    except KeyRefusedError as error:
        return error


def outcomes(
    records: RecordReader,
    uploaded: Iterable[UploadedObject],
    *,
    seconds: float,
    waiting: Callable[[], Any] = lambda: None,
) -> Iterator[tuple[UploadedObject, DocumentRecord]]:
    """Yield each uploaded object with its outcome as soon as it has one, in no particular order.

    Args:
        records: Of the system they were uploaded to.
        uploaded: The uploaded objects.
        seconds: Longest wait for the next outcome.
        waiting: Called after each poll.

    Raises:
        TimeoutError: No outcome came for ``seconds``; the message says how many are left.
    """
    left, since = deque(uploaded), time.monotonic()
    while left:
        started, most_were_done = time.monotonic(), True
        while left and most_were_done:
            looked_at = [left.popleft() for _ in range(min(LOOKED_AT, len(left)))]
            done = _list_done(records, looked_at)
            left.extend(one for one in looked_at if one.key not in done)
            most_were_done = len(done) * 2 > len(looked_at)
            since = time.monotonic() if done else since
            yield from done.values()
        if left and time.monotonic() - since > seconds:
            raise TimeoutError(f"{len(left)} of the uploaded files have no outcome yet; `gongkai status` follows them")
        waiting()
        # Ten times the poll's duration, so that polling takes a bounded share of the index's time.
        time.sleep(POLL_SECONDS + 10 * (time.monotonic() - started) if left else 0)


def _list_done(
    records: RecordReader, looked_at: list[UploadedObject]
) -> dict[str, tuple[UploadedObject, DocumentRecord]]:
    """Return the records that have an outcome, by key."""
    newest = records.records_of([document_id(one.key) for one in looked_at])
    found = ((one, newest.get(document_id(one.key))) for one in looked_at)
    return {
        one.key: (one, record)
        for one, record in found
        if record is not None and (record.etag == one.etag or record.state is State.REMOVED)
    }
