"""Work that takes longer than a request: sweeps, audits and retries go on beside it, and what they did is noted.

A run is noted in the derived store, so that any process of the API tells how far it is. Each is harmless to repeat: a
run whose process ended is simply asked for again. The same idempotency key by the same owner is the same run.
"""

import hashlib
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import uuid4

from ops.maintenance.audit.books import AuditReport
from ops.maintenance.failures import Retried
from schemas.codec import decode, encode
from schemas.errors import DependencyError, GongkaiError
from workers.reconcile.audit import AuditEntry
from workers.reconcile.sweep import Report
from workers.storage.protocol import ObjectStore

log = logging.getLogger(__name__)

PLACE, LISTS = "operations/runs/", "operations/lists/"
KEPT = 100
AT_ONCE = 4
WRITE_SECONDS = 1.0
# A run that nobody has written of for so long has lost its process.
SILENT_SECONDS = 120.0


class Kind(StrEnum):
    """What a run does."""

    SWEEP = "sweep"
    AUDIT = "audit"
    RETRY = "retry"


class RunState(StrEnum):
    """How a run stands: ``LOST`` is one whose process ended; ask for it again."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Run:
    """One run; the report of its kind says what it did so far.

    Attributes:
        id: 32 hexadecimal digits.
        kind: What it does.
        state: How it stands.
        asked: What it was asked for.
        worker: Host and process.
        started_at: Seconds since 1970.
        written_at: When the report was written, seconds since 1970.
        ended_at: Seconds since 1970; None while it goes on.
        problem: Why it failed.
    """

    id: str
    kind: Kind
    state: RunState
    asked: dict[str, Any]
    worker: str
    started_at: float
    written_at: float
    ended_at: float | None = None
    problem: str | None = None
    sweep: Report | None = None
    audit: AuditReport | None = None
    retry: Retried | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    entries: tuple[AuditEntry, ...]


class TooManyRunsError(GongkaiError):
    """As many runs go on in this process as may at once."""


class KeyReusedError(GongkaiError):
    """An idempotency key was sent before with another request."""


class Progress:
    """What a run says of itself while it goes on; it is written down once a second at most."""

    def __init__(self, runs: "Runs", run: Run) -> None:
        self.run = run
        self._runs = runs
        self._listed = 0

    def say(self, **report: Any) -> None:
        """Put the report of the run's kind (``sweep=``, ``audit=``, ``retry=``) in place of what it was."""
        self.run = replace(self.run, **report)
        if time.time() - self.run.written_at >= WRITE_SECONDS:
            self.write()

    def write(self, **changes: Any) -> None:
        """Write the run down, with these changes."""
        self.run = replace(self.run, written_at=time.time(), **changes)
        self._runs.write(self.run)

    def keep(self, entries: list[AuditEntry]) -> None:
        """Add to the list of entries that can be read, a page each time."""
        self._runs.write_entries(self.run.id, self._listed, entries)
        self._listed += 1


Work = Callable[[Progress], object]


class Runs:
    """The runs of a system, noted in its derived store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def begin(self, kind: Kind, asked: dict[str, Any], work: Work, *, owner: str = "", key: str = "") -> Run:
        """Start ``work`` in a thread of its own and return its run, or the one there is of that key.

        Args:
            kind: What it does.
            asked: What it was asked for, as JSON.
            work: Called with what it tells its progress.
            owner: Who asks.
            key: Idempotency key; empty for a new run in any case.

        Raises:
            TooManyRunsError: ``AT_ONCE`` go on already.
            KeyReusedError: The key was used for something else.
            DependencyError: The store does not answer.
        """
        with self._lock:
            identifier = _identifier(owner, key) if key else uuid4().hex
            known = self.find(identifier) if key else None
            if known is not None and (known.kind, known.asked) != (kind, asked):
                raise KeyReusedError(f"the Idempotency-Key was sent before with another request: {known.kind}")
            if known is not None and known.state in {RunState.RUNNING, RunState.DONE}:
                return known
            if not self._free.acquire(blocking=False):
                raise TooManyRunsError(f"{AT_ONCE} runs go on already; ask again when one of them has ended")
            return self._start(identifier, kind, asked, work)

    def find(self, identifier: str) -> Run | None:
        """Return a run, or None."""
        data = self._store.read(PLACE + identifier)
        return None if data is None else _seen(decode(Run, data))

    def all(self) -> list[Run]:
        """Return the runs that are kept, newest first."""
        found = (self.find(info.key.removeprefix(PLACE)) for info in self._store.list(PLACE))
        return sorted((run for run in found if run is not None), key=lambda run: (-run.started_at, run.id))

    def write(self, run: Run) -> None:
        """Note a run as it stands."""
        self._store.write(PLACE + run.id, encode(run))

    def entries(self, identifier: str, part: int) -> tuple[AuditEntry, ...] | None:
        """Return one part of the entries a run listed, None behind the last."""
        data = self._store.read(f"{LISTS}{identifier}/{part:06}")
        return None if data is None else decode(_Part, data).entries

    def write_entries(self, identifier: str, part: int, entries: list[AuditEntry]) -> None:
        """Note one part of the entries a run lists."""
        self._store.write(f"{LISTS}{identifier}/{part:06}", encode(_Part(tuple(entries))))

    def _start(self, identifier: str, kind: Kind, asked: dict[str, Any], work: Work) -> Run:
        now = time.time()
        run = Run(identifier, kind, RunState.RUNNING, asked, f"{socket.gethostname()}:{os.getpid()}", now, now)
        try:
            self.write(run)
            self._forget_old()
        except DependencyError:
            self._free.release()
            raise
        threading.Thread(target=self._perform, args=(run, work), name=f"{kind} {run.id}", daemon=True).start()
        return run

    def _perform(self, run: Run, work: Work) -> None:
        progress = Progress(self, run)
        try:
            work(progress)
            progress.write(state=RunState.DONE, ended_at=time.time())
        except GongkaiError as error:
            log.warning("%s %s ended: %s", run.kind, run.id, error)
            self._note_failure(progress, str(error))
        finally:
            self._free.release()

    def _note_failure(self, progress: Progress, problem: str) -> None:
        try:
            progress.write(state=RunState.FAILED, ended_at=time.time(), problem=problem)
        except DependencyError as error:  # it counts as lost before long
            log.warning("%s is not noted as failed: %s", progress.run.id, error)

    def _forget_old(self) -> None:
        for run in self.all()[KEPT:]:
            if run.state is not RunState.RUNNING:
                for info in list(self._store.list(f"{LISTS}{run.id}/")):
                    self._store.remove(info.key)
                self._store.remove(PLACE + run.id)


def _identifier(owner: str, key: str) -> str:
    return hashlib.sha256(json.dumps([owner, key]).encode()).hexdigest()[:32]


def _seen(run: Run) -> Run:
    silent = run.state is RunState.RUNNING and time.time() - run.written_at > SILENT_SECONDS
    return replace(run, state=RunState.LOST) if silent else run
