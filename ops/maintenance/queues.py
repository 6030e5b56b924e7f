"""Queues that stand still, go on, or run empty."""

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
    """A queue was named that there is not."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue.

    Attributes:
        name: ``intake``, the way from all sources to the first stage; a stage; or ``scan``.
        messages: How many wait there; of ``intake``, how many objects.
        paused: Whether it gives out no more.
        can_pause: Whether this stack can hold it.
    """

    name: str
    messages: int
    paused: bool
    can_pause: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Where work stands.

    Attributes:
        queues: In the order of the stages.
        waiting: Documents that wait, wherever.
        running: Documents that are being worked on.
        left: Documents behind the intake that have no outcome yet; 0 with ``intake`` paused means drained.
        oldest_seconds: How long the document that waited longest has waited.
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
    """Return where work stands.

    Raises:
        OutOfReachError: The ledger lies in another process.
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
    """Have queues (all that can be held by default) give out no more messages; what is in hand is finished.

    Raises:
        NoSuchQueueError: A name is none of a queue.
        OutOfReachError: This stack cannot hold that queue, or the ledger lies in another process.
        DependencyError: The broker does not answer.
    """
    return _change(system, names, system.context.inflight.pause)


def resume(system: System, names: Iterable[str] = ()) -> Flow:
    """Have queues give out messages again; raises as ``pause``."""
    return _change(system, names, system.context.inflight.resume)


def drain(system: System) -> Flow:
    """Pause the intake, so that what is behind it runs empty; raises as ``pause``."""
    return pause(system, [INTAKE])


def list_running(system: System, prefix: str = "") -> list[RunningKey]:
    """Return what is being worked on below ``prefix``, the longest first; raises as ``flow``."""
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
