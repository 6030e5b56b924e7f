"""Which objects are waiting for a worker and which are being worked on; everything else about work lives in the index.

A key waits first in its tenant queue, once admitted for the message at the broker that it was given. It runs while a
live worker renews its lease: no two tasks work on one key at once. An event that comes after the object was looked at
marks its key as changed again, also while it waits for a later stage, so that whoever brings it to its end starts it
once more. Losing all of this costs at most some work done twice: the sweep compares the bucket with the index, not with
this.
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
        oldest_seconds: Age of the one that waited longest, scans apart.
        unadmitted: Of those waiting, how many in tenant queues.
        scans: Of those waiting, how many to be recognised.
        scan_seconds: Age of the scan that waited longest.
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
        attempt: How often the key was started since it last came to an end, this time included.
        crash_score: What the deaths of workers that held it count together: two for one that died alone, one for one
            whose whole worker died with it.
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
        stage: Where it is; of one that was handed to another process, where it began there.
        worker: Host and process.
        attempt: As in ``LeaseStart``.
        since: When this attempt began, seconds since 1970.
        alive: False where its worker no longer renews the lease.
    """

    key: str
    stage: str
    worker: str
    attempt: int
    since: float
    alive: bool


class AdmissionQueue(Protocol):
    """Who waits, and who is next: for those who bring work, and for the one who admits it."""

    def line_up(self, keys: Iterable[str]) -> int:
        """Put keys into their tenant queues and return how many were new; those that have a message change again."""
        ...

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """Take the keys that are next out of the tenant queues, with the time they came, and mark them as waiting.

        Each needs a message. None where intake is paused, or where over half of ``most`` are in the queue; else as many
        as it has room for.
        """
        ...

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """Take the mark of ``admit`` from keys whose message could not be sent, or was lost."""
        ...

    def count_scan_room(self, queue: str) -> int:
        """Return how many messages that queue has room for, as there are scans for: each has one scan taken."""
        ...

    def wait_for_work(self, seconds: float) -> None:
        """Wait until there may be something to admit, but no longer than this; one of those who wait is woken."""
        ...

    def find_busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """Return which of the keys run, or wait (since ``waiting_since`` or later, if given, in seconds since 1970)."""
        ...


class JourneyNotes(Protocol):
    """How keys that wait came here."""

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """Note how these keys came here, until they are taken to be worked on; a later note replaces an earlier one."""
        ...

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """Return and forget what is noted of these keys; those without a note are absent."""
        ...


class Leases(Protocol):
    """The right to work on a key: for the tasks of a worker."""

    def start(self, key: str, stage: str = "", *, looks: bool = False) -> LeaseStart | None:
        """Take the lease of a key; None where another holds it, which then starts it once more at its end.

        Args:
            key: Of the object.
            stage: Where the work begins.
            looks: Whether that is a stage that looks at the object, and so sees all that arrived before.
        """
        ...

    def set_stage(self, key: str, stage: str) -> None:
        """Set the stage of a key leased by this process; others see it after the next heartbeat."""
        ...

    def hand_over(self, key: str) -> int:
        """Give the lease back, mark the key as waiting for its next stage, and return how many keys wait in queues."""
        ...

    def put_aside(self, key: str, since: float) -> bool:
        """Give the lease back and let the key wait for recognition; True where work arrived meanwhile, as ``finish``.

        It waits until a scan worker takes it, or until somebody starts it at a stage that looks at the object.
        """
        ...

    def take_scan(self, stage: str) -> TakenScan | None:
        """Take the lease of the scan that is next, None where none waits; this sees all that arrived before."""
        ...

    def finish(self, key: str) -> bool:
        """Give the lease back for good; True where work arrived meanwhile: the key has to be queued again."""
        ...


class Recovery(Protocol):
    """What was lost with a worker: for the workers' main processes, and whoever sends the lost work again."""

    def heartbeat(self) -> None:
        """Note that this process lives; its children's deaths are their own while it does so every few seconds."""
        ...

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """Return keys whose worker died, and keys waiting since before this time, which are unmarked: all to be sent.

        Args:
            before: Seconds since 1970; a message of that time can no longer be waiting.
            most: How many of each kind.
        """
        ...


class Inspection(Protocol):
    """What is going on: for operators and metrics."""

    def list_running(self) -> list[RunningKey]:
        """Return what is being worked on, the longest first."""
        ...

    def counts(self) -> Counts:
        """Count what waits and runs."""
        ...


class Pauses(Protocol):
    """Which queues stand still: set by operators, followed by workers."""

    def pause(self, names: Iterable[str]) -> None:
        """Have no more messages taken from these queues, or, under ``fair_queue.INTAKE``, none admitted."""
        ...

    def resume(self, names: Iterable[str]) -> None:
        """Take ``pause`` back."""
        ...

    def list_paused(self) -> set[str]:
        """Return what is paused."""
        ...


class LeaseStore(AdmissionQueue, JourneyNotes, Leases, Recovery, Inspection, Pauses, Protocol):
    """All that is known of work in flight. Every method may be called from any thread and any process."""

    def close(self) -> None:
        """Let go of connections."""
        ...
