"""Which objects are waiting for a worker and which are being worked on; everything else about work lives in the index.

``waiting`` keeps an object from being queued twice. ``running`` is a lease that a live worker renews: no two tasks work
on one key at once. What arrives after the first stage looked at an object marks its key ``dirty``, also while it waits
for a later stage, so that whoever brings it to its end starts it once more.
Losing all of this costs at most some work done twice: the sweep compares the bucket with the index, not with this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from schemas.journeys import Journey

# The stage that looks at the object: what arrived before it started needs no second look.
FIRST_STAGE = "convert"
# Conversion of what was found to be a scan, which takes long: it waits in lanes and a queue of its own.
SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many objects wait and run.

    Attributes:
        waiting: For a worker, wherever they wait.
        running: Held by a worker.
        oldest_seconds: Age of the one that waited longest, scans apart.
        lined: Of those waiting, how many in lanes.
        scans: Of those waiting, how many to be recognised.
        scan_seconds: Age of the scan that waited longest.
    """

    waiting: int
    running: int
    oldest_seconds: float
    lined: int = 0
    scans: int = 0
    scan_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LeaseStart:
    """A lease that was taken.

    Attributes:
        attempt: How often the key was started since it last came to an end, this time included.
        deaths: What the deaths of workers that held it count together: two for one that died alone, one for one whose
            whole worker died with it.
    """

    attempt: int = 1
    deaths: int = 0


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


class LeaseStore(Protocol):
    """The ledger of work in flight. Every method may be called from any thread and any process."""

    def line_up(self, keys: Iterable[str]) -> int:
        """Put keys into their lanes and return how many were new; those that wait in a queue become dirty."""
        ...

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """Take the keys that are next out of their lanes, with the time they came, and mark them as waiting.

        Each needs a message. None where intake is paused, or where over half of ``most`` are in the queue; else as many
        as it has room for.
        """
        ...

    def wait(self, keys: Iterable[str]) -> list[str]:
        """Mark keys as waiting and return those that were not waiting before: these need a message."""
        ...

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """Take back ``wait`` for keys whose message could not be sent."""
        ...

    def start(self, key: str, stage: str = "") -> LeaseStart | None:
        """Take the lease of a key; None where another holds it, which then is told to start it once more.

        Starting at ``FIRST_STAGE`` sees all that arrived before.
        """
        ...

    def at(self, key: str, stage: str) -> None:
        """Note that a key whose lease is held here has come to another stage; shown within a beat of the lease."""
        ...

    def hand_over(self, key: str) -> int:
        """Give the lease back, mark the key as waiting for its next stage, and return how many keys wait in queues."""
        ...

    def put_aside(self, key: str, since: float) -> bool:
        """Give the lease back and let the key wait for recognition; True where work arrived meanwhile, as ``finish``.

        It waits until a scan worker takes it, or until somebody looks at the object again at ``FIRST_STAGE``.
        """
        ...

    def scans_wanted(self, queue: str) -> int:
        """Return how many messages that queue has room for, as there are scans for: each has one scan taken."""
        ...

    def take_scan(self) -> TakenScan | None:
        """Take the lease of the scan that is next, None where none waits; this sees all that arrived before."""
        ...

    def finish(self, key: str) -> bool:
        """Give the lease back for good; True where work arrived meanwhile: the key has to be queued again."""
        ...

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """Return which of the keys run, or wait (since ``waiting_since`` or later, if given, in seconds since 1970)."""
        ...

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """Return keys whose worker died, and keys waiting since before this time, which are unmarked: all to be sent.

        Args:
            before: Seconds since 1970; a message of that time can no longer be waiting.
            most: How many of each kind.
        """
        ...

    def list_running(self) -> list[RunningKey]:
        """Return what is being worked on, the longest first."""
        ...

    def counts(self) -> Counts:
        """Count what waits and runs."""
        ...

    def pause(self, names: Iterable[str]) -> None:
        """Have no more messages taken from these queues, or, under ``lanes.INTAKE``, out of the lanes."""
        ...

    def resume(self, names: Iterable[str]) -> None:
        """Take ``pause`` back."""
        ...

    def list_paused(self) -> set[str]:
        """Return what is paused."""
        ...

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """Note how these keys came here, until they are taken to be worked on; a later note replaces an earlier one."""
        ...

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """Return and forget what is noted of these keys; those without a note are absent."""
        ...

    def heartbeat(self) -> None:
        """Note that this process lives; its children's deaths are their own while it does so every few seconds."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
