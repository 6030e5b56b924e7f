"""Which objects wait for a worker and which are worked on; everything else about work lives in the index.

A key waits first in its tenant queue and, once admitted, for its message at the broker. It runs while a live worker
renews its lease: no two tasks work on one key at once. An event that arrives after the object was looked at marks the
key as changed again, also while it waits for a later stage; the worker that finishes the key then starts it once more.
Losing this whole state costs at most some work done twice: the sweep compares the bucket with the index, not with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from schemas.journeys import Journey


@dataclass(frozen=True, slots=True)
class Counts:
    """How many objects wait and run.

    Attributes:
        waiting: For a worker, wherever they wait.
        running: Held by a worker.
        oldest_seconds: Age of the longest-waiting key, scans excluded.
        unadmitted: How many of the waiting are still in tenant queues.
        scans: How many of the waiting are scans to be recognised.
        scan_seconds: Age of the longest-waiting scan.
    """

    waiting: int
    running: int
    oldest_seconds: float
    unadmitted: int = 0
    scans: int = 0
    scan_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LeaseStart:
    """A lease that was taken.

    Attributes:
        attempt: How often the key was started since it last finished, this start included.
        crash_score: Sum over the crashes during its leases: 2 if only this child died, 1 if its whole worker did.
    """

    attempt: int = 1
    crash_score: int = 0


@dataclass(frozen=True, slots=True)
class TakenScan:
    """A scan whose lease was taken, and when its work was asked for, seconds since 1970."""

    key: str
    since: float
    started: LeaseStart


@dataclass(frozen=True, slots=True)
class RunningKey:
    """One key that is being worked on.

    Attributes:
        key: Of the object.
        stage: The current one; after a hand-over to another process, the one that process began with.
        worker: Host and process.
        attempt: As in ``LeaseStart``.
        since: When this attempt began, seconds since 1970.
        alive: False if its worker no longer renews the lease.
    """

    key: str
    stage: str
    worker: str
    attempt: int
    since: float
    alive: bool


class AdmissionQueue(Protocol):
    """The waiting keys and their order: for producers of work, and for the process that admits it."""

    def line_up(self, keys: Iterable[str]) -> int:
        """Put keys into their tenant queues and return how many were new; mark those with a message as changed."""
        ...

    def admit(self, queue: str, most: int, *, batch: int = 1) -> list[tuple[str, float]]:
        """Take the next keys, with their arrival times, out of the tenant queues and mark them as waiting.

        The caller must send a message for each. Returns none if intake is paused or more than half of ``most`` are in
        the queue, else as many as there is room for; each message in it counts as ``batch`` keys.
        """
        ...

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """Undo ``admit`` for keys whose message could not be sent, or was lost."""
        ...

    def count_scan_room(self, queue: str) -> int:
        """Return how many messages to publish for waiting scans, as the queue has room; each takes one scan."""
        ...

    def wait_for_work(self, seconds: float) -> None:
        """Wait until there may be something to admit, at most ``seconds``; each signal wakes one waiter."""
        ...

    def find_busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """Return the keys that run, or wait (since ``waiting_since`` or later, if given, in seconds since 1970)."""
        ...


class JourneyNotes(Protocol):
    """Notes on how waiting keys arrived."""

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """Store the journey of these keys until their work starts; a later note replaces an earlier one."""
        ...

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """Remove and return the notes on these keys; keys without a note are absent."""
        ...


class Leases(Protocol):
    """The right to work on a key: for the tasks of a worker."""

    def start(self, key: str, stage: str = "", *, looks: bool = False) -> LeaseStart | None:
        """Take the lease of a key; None if another worker holds it, which then restarts the key when it finishes.

        Args:
            key: Of the object.
            stage: Where the work begins.
            looks: Whether that stage looks at the object, and so sees every change that arrived before.
        """
        ...

    def set_stage(self, key: str, stage: str) -> None:
        """Set the stage of a key leased by this process; others see it after the next heartbeat."""
        ...

    def hand_over(self, key: str) -> int:
        """Release the lease, mark the key as waiting for its next stage, and return how many keys wait in queues."""
        ...

    def put_aside(self, key: str, since: float) -> bool:
        """Release the lease and let the key wait for recognition; return True if work arrived meanwhile, as ``finish``.

        It waits until a scan worker takes it, or until it is started at a stage that looks at the object.
        """
        ...

    def take_scan(self, stage: str) -> TakenScan | None:
        """Take the lease of the next scan, None if none waits; this start sees every change that arrived before."""
        ...

    def finish(self, key: str) -> bool:
        """Release the lease for good; return True if work arrived meanwhile and the key must be queued again."""
        ...


class Recovery(Protocol):
    """Recovery of work lost with a worker: for the workers' main processes and ``reconcile.lost_work``."""

    def heartbeat(self) -> None:
        """Record that this process lives; while it does so every few seconds, a child's death is its own."""
        ...

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """Return the keys to resend: those of dead workers, and those waiting since before ``before``, now unmarked.

        Args:
            before: Seconds since 1970; a message of that time can no longer be waiting.
            most: Limit for each of the two kinds.
        """
        ...


class Inspection(Protocol):
    """What runs and waits: for operators and metrics."""

    def list_running(self) -> list[RunningKey]:
        """Return the running keys, longest-running first."""
        ...

    def counts(self) -> Counts:
        """Count what waits and runs."""
        ...


class Pauses(Protocol):
    """Which queues are paused: set by operators, followed by workers."""

    def pause(self, names: Iterable[str]) -> None:
        """Stop workers from taking messages from these queues; ``fair_queue.INTAKE`` stops admission."""
        ...

    def resume(self, names: Iterable[str]) -> None:
        """Undo ``pause``."""
        ...

    def list_paused(self) -> set[str]:
        """Return what is paused."""
        ...


class LeaseStore(AdmissionQueue, JourneyNotes, Leases, Recovery, Inspection, Pauses, Protocol):
    """The state of all work in flight. Every method may be called from any thread and any process."""

    def close(self) -> None:
        """Close the connections."""
        ...
