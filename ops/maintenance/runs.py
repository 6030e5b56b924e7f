"""Runs sweeps, audits and retries, which outlast a request, in threads and records their progress.

A run is recorded in the derived store, so that every API process can report its progress. Runs are idempotent: request
a run again if its process ended. The same idempotency key of the same owner names the same run.
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
# Without an update for this many seconds a run counts as lost.
SILENT_SECONDS = 120.0


class Kind(StrEnum):
    """Kind of a run."""

    SWEEP = "sweep"
    AUDIT = "audit"
    RETRY = "retry"


class RunState(StrEnum):
    """State of a run; ``LOST`` means that its process ended: request it again."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Run:
    """One run, with the report of its kind so far.

    Attributes:
        id: 32 hexadecimal digits.
        kind: What it does.
        state: Its state.
        asked: Its parameters.
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
    """This process already has the maximum number of runs."""


class KeyReusedError(GongkaiError):
    """The idempotency key belongs to another request."""


class Progress:
    """Records the progress of a run, at most once a second."""

    def __init__(self, runs: "Runs", run: Run) -> None:
        self.run = run
        self._runs = runs
        self._listed = 0

    def say(self, **report: Any) -> None:
        """Replace the report of the run's kind (``sweep=``, ``audit=``, ``retry=``)."""
        self.run = replace(self.run, **report)
        if time.time() - self.run.written_at >= WRITE_SECONDS:
            self.write()

    def write(self, **changes: Any) -> None:
        """Store the run with these changes."""
        self.run = replace(self.run, written_at=time.time(), **changes)
        self._runs.write(self.run)

    def keep(self, entries: list[AuditEntry]) -> None:
        """Add a page of entries to the run's list."""
        self._runs.write_entries(self.run.id, self._listed, entries)
        self._listed += 1


Work = Callable[[Progress], object]


class Runs:
    """The runs of a system, recorded in its derived store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def begin(self, kind: Kind, asked: dict[str, Any], work: Work, *, owner: str = "", key: str = "") -> Run:
        """Start ``work`` in a thread and return its run, or the existing run of that idempotency key.

        Args:
            kind: What it does.
            asked: Its parameters, as JSON.
            work: Called with the ``Progress`` it reports to.
            owner: Who requests it.
            key: Idempotency key; empty for a new run in any case.

        Raises:
            TooManyRunsError: ``AT_ONCE`` runs are already going on.
            KeyReusedError: The key belongs to another request.
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
        """Return the stored runs, newest first."""
        found = (self.find(info.key.removeprefix(PLACE)) for info in self._store.list(PLACE))
        return sorted((run for run in found if run is not None), key=lambda run: (-run.started_at, run.id))

    def write(self, run: Run) -> None:
        """Store a run in its present state."""
        self._store.write(PLACE + run.id, encode(run))

    def entries(self, identifier: str, part: int) -> tuple[AuditEntry, ...] | None:
        """Return one page of a run's entries, None past the last."""
        data = self._store.read(f"{LISTS}{identifier}/{part:06}")
        return None if data is None else decode(_Part, data).entries

    def write_entries(self, identifier: str, part: int, entries: list[AuditEntry]) -> None:
        """Store one page of a run's entries."""
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
        except DependencyError as error:  # It will count as lost after ``SILENT_SECONDS``.
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
