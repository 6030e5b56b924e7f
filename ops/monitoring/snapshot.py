"""A snapshot of the system now and over the last hour, for `gongkai top` and the operations page."""

import time
from dataclasses import dataclass

from ops.monitoring.gauges import gauges
from ops.system import System
from schemas.errors import DependencyError
from workers.leases.fair_queue import INTAKE
from workers.leases.protocol import RunningKey
from workers.pipeline.stage_names import QUEUES
from workers.telemetry.last_hour import MINUTE, MINUTES, Hour, Slow
from workers.telemetry.last_hour_store import open_board

LISTED = 10
# Number of whole minutes over which the rate is averaged.
RATE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: waiting messages, age of the oldest in seconds, and whether it is paused."""

    stage: str
    messages: int
    oldest_seconds: float
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the system at one moment.

    Attributes:
        at: Time of the snapshot, seconds since 1970.
        servers: Whether broker, index and objects answer.
        queues: In the order of the stages; ``intake`` precedes the first.
        unacked: Messages taken by a worker and not finished.
        waiting: Documents that wait for a worker, at any stage.
        running: Documents being processed.
        oldest_seconds: Wait of the document that has waited longest.
        events: Event messages that no intake has taken yet.
        records: Documents on record by state.
        minutes: Outcomes of each minute of the last hour, oldest first; the last minute is not over.
        states: Outcomes of the last hour by state.
        failures: Failures of the last hour by category, most frequent first.
        slowest: Slowest documents of the last hour, longest first.
        working: Running jobs, the longest first.
        rate: Documents per second, over the last whole minutes in which any ended.
        left_seconds: Seconds until the waiting documents are done at that rate; None if unknown.
    """

    at: float
    servers: dict[str, bool]
    queues: tuple[Queue, ...]
    unacked: int
    waiting: int
    running: int
    oldest_seconds: float
    events: int
    records: dict[str, int]
    minutes: tuple[int, ...]
    states: dict[str, int]
    failures: dict[str, int]
    slowest: tuple[Slow, ...]
    working: tuple[RunningKey, ...]
    rate: float
    left_seconds: float | None


def take_snapshot(system: System) -> Snapshot:
    """Query every server once; values of a server that is down are empty."""
    values = gauges(system)
    hour, working, paused = _broker(system)
    now = time.time()
    minutes = minutes_of(hour, now)
    rate = rate_of(minutes, now)
    waiting, running = _one(values, "waiting_documents"), _one(values, "running_documents")
    queues = tuple(
        Queue(
            stage,
            int(values.get(("queue_messages", (stage,)), [0])[0]),
            values.get(("queue_oldest_seconds", (stage,)), [0.0])[0],
            stage in paused,
        )
        for stage in (INTAKE, *QUEUES)
    )
    return Snapshot(
        at=now,
        servers={labels[0]: bool(numbers[0]) for (name, labels), numbers in values.items() if name == "server_up"},
        queues=queues,
        unacked=int(_one(values, "unacked_messages")),
        waiting=int(waiting),
        running=int(running),
        oldest_seconds=_one(values, "oldest_waiting_seconds"),
        events=int(_one(values, "events_waiting")),
        records={labels[0]: int(numbers[0]) for (name, labels), numbers in values.items() if name == "records"},
        minutes=minutes,
        states=hour.by_state(),
        failures=hour.by_category(),
        slowest=hour.slowest,
        working=tuple(working[:LISTED]),
        rate=rate,
        left_seconds=seconds_left(int(waiting + running), rate),
    )


def _broker(system: System) -> tuple[Hour, list[RunningKey], set[str]]:
    inflight = system.context.inflight
    try:
        return open_board(system.settings).read(), inflight.list_running(), inflight.list_paused()
    except DependencyError:
        return Hour(), [], set()


def _one(values: dict[tuple[str, tuple[str, ...]], list[float]], name: str) -> float:
    return values.get((name, ()), [0.0])[0]


def minutes_of(hour: Hour, now: float) -> tuple[int, ...]:
    """Return the outcomes of each minute of the hour that ends now, oldest first."""
    counts, last = hour.by_minute(), int(now) // MINUTE * MINUTE
    return tuple(counts.get(last - n * MINUTE, 0) for n in reversed(range(MINUTES)))


def rate_of(minutes: tuple[int, ...], now: float) -> float:
    """Return documents per second over the last minutes; idle minutes before work began do not count."""
    recent = list(minutes[-RATE_MINUTES - 1 :])
    while recent and not recent[0]:
        recent.pop(0)
    if not recent:
        return 0.0
    return sum(recent) / max((len(recent) - 1) * MINUTE + now % MINUTE, 1.0)


def seconds_left(documents: int, rate: float) -> float | None:
    """Return the seconds that ``documents`` take at ``rate``; None if no document ended recently."""
    if not documents:
        return 0.0
    return documents / rate if rate > 0 else None
