"""Pauses, resumes and drains queues, and reports their state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ops.maintenance.reach import OutOfReachError, held_queues, require_ledger
from ops.system import System
from schemas.errors import GongkaiError
from workers.leases.fair_queue import INTAKE
from workers.leases.protocol import RunningKey
from workers.pipeline.stage_names import QUEUES

NAMES = (INTAKE, *QUEUES)


class NoSuchQueueError(GongkaiError):
    """There is no queue of that name."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue.

    Attributes:
        name: ``intake`` (from all sources to the first stage), a stage, or ``scan``.
        messages: Number of waiting messages; for ``intake``, of objects.
        paused: Whether workers take no messages from it.
        can_pause: Whether it can be paused on this stack.
    """

    name: str
    messages: int
    paused: bool
    can_pause: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """The state of all queues.

    Attributes:
        queues: In the order of the stages.
        waiting: Documents that wait in any queue.
        running: Documents being processed.
        left: Documents past the intake without an outcome; 0 with ``intake`` paused means drained.
        oldest_seconds: Wait of the document that has waited longest.
    """

    queues: tuple[QueueState, ...]
    waiting: int
    running: int
    left: int
    oldest_seconds: float

    @property
    def paused(self) -> tuple[str, ...]:
        """The queues that are paused."""
        return tuple(queue.name for queue in self.queues if queue.paused)


def flow(system: System) -> Flow:
    """Return the state of all queues.

    Raises:
        OutOfReachError: The lease store is in another process.
        DependencyError: The broker does not answer.
    """
    require_ledger(system)
    inflight = system.context.inflight
    counts, paused, can_pause = inflight.counts(), inflight.list_paused(), held_queues(system)
    lengths = {**system.queues.lengths(), INTAKE: counts.unadmitted}
    return Flow(
        queues=tuple(QueueState(name, int(lengths.get(name, 0)), name in paused, name in can_pause) for name in NAMES),
        waiting=counts.waiting,
        running=counts.running,
        left=counts.waiting - counts.unadmitted + counts.running,
        oldest_seconds=counts.oldest_seconds,
    )


def pause(system: System, names: Iterable[str] = ()) -> Flow:
    """Stop workers taking messages from queues (default: all that can be paused); running jobs finish.

    Raises:
        NoSuchQueueError: There is no queue of that name.
        OutOfReachError: This stack cannot pause that queue, or the lease store is in another process.
        DependencyError: The broker does not answer.
    """
    return _change(system, names, system.context.inflight.pause)


def resume(system: System, names: Iterable[str] = ()) -> Flow:
    """Let workers take messages from queues again; raises as ``pause``."""
    return _change(system, names, system.context.inflight.resume)


def drain(system: System) -> Flow:
    """Pause the intake, so that the queues of the stages empty; raises as ``pause``."""
    return pause(system, [INTAKE])


def list_running(system: System, prefix: str = "") -> list[RunningKey]:
    """Return the running jobs below ``prefix``, the longest first; raises as ``flow``."""
    require_ledger(system)
    return [one for one in system.context.inflight.list_running() if one.key.startswith(prefix)]


def _change(system: System, names: Iterable[str], change: Callable[[Iterable[str]], None]) -> Flow:
    require_ledger(system)
    can_pause = held_queues(system)
    wanted = tuple(names) or can_pause
    if unknown := sorted(set(wanted) - set(NAMES)):
        raise NoSuchQueueError(f"no queue is called {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if beyond := sorted(set(wanted) - set(can_pause)):
        raise OutOfReachError(
            f"GONGKAI_BROKER_URL is memory://: stages follow one another in one process, without a queue before "
            f"{', '.join(beyond)} that could be held; hold {', '.join(can_pause)}"
        )
    change(wanted)
    return flow(system)
