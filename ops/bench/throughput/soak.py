"""A long run of tiny documents: is the last tenth as fast as the first, and does no process grow?

Tiny documents show what grows with their number, not what a single one takes.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psutil

from ops.bench.throughput.stack import Stack
from schemas.events import ObjectEvent

TEXT = "关于第{0}号事项的通知\n\n一、事项\n办理第{0}号事项。\n\n二、要求\n按时办结。\n"
BATCH = 200
# Most documents in progress: the queue stays filled, and waiting documents are not measured.
BACKLOG = 1000
THREADS = 8
LOOK_SECONDS = 2.0
QUIET_SECONDS = 120.0
# Settling time: imports, connections and caches grow first; growth after that is the fault to find.
SETTLED = 0.2
TOLERANCE = 0.10
# Our roles in stack.processes; servers are drawn but not judged.
OURS = ("worker", "intake", "all in one")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: seconds since the start, documents done, resident bytes of each role's largest process."""

    at: float
    done: int
    memory: dict[str, int]


@dataclass(frozen=True, slots=True)
class Soak:
    """The result of a long run.

    Attributes:
        documents: Number of documents.
        seconds: From the first upload to the last outcome.
        documents_per_second: Over those seconds.
        first_tenth: Documents a second in the first tenth after the start had settled.
        last_tenth: In the last tenth.
        megabytes: Per role, of its largest process: after it had settled, and in the last tenth.
        steady: Whether the last tenth is not slower than the first by over ``TOLERANCE``.
        grown: Our roles whose largest process grew by over ``TOLERANCE``.
        missing: Documents without an outcome after ``QUIET_SECONDS`` without a new one.
        looks: The samples, in order.
    """

    documents: int
    seconds: float
    documents_per_second: float
    first_tenth: float
    last_tenth: float
    megabytes: dict[str, tuple[float, float]]
    steady: bool
    grown: tuple[str, ...]
    missing: int
    looks: tuple[Sample, ...] = field(repr=False)


def soak(stack: Stack, count: int, *, tell: Callable[[int], Any] = lambda _: None) -> Soak:
    """Send ``count`` tiny documents through a running stack.

    Args:
        stack: The stack to observe.
        count: Number of documents.
        tell: Called with the number of documents done.
    """
    system = stack.system
    looks: list[Sample] = []
    before, sent = _count_done(stack), 0
    started = moved = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        while True:
            done = _count_done(stack) - before
            now = time.monotonic()
            moved = now if not looks or done > looks[-1].done else moved
            looks.append(Sample(now - started, done, _memory(stack)))
            tell(done)
            if done >= count or now - moved > QUIET_SECONDS:
                break
            while sent < count and sent - done < BACKLOG:
                keys = list(_keys(sent, min(BATCH, count - sent)))
                list(pool.map(lambda key: system.context.inbox.write(key, TEXT.format(key).encode()), keys))
                system.sink.send([ObjectEvent(key) for key in keys])
                sent += len(keys)
            time.sleep(max(0.0, now + LOOK_SECONDS - time.monotonic()))
    return judge(count, tuple(looks))


def _keys(first: int, number: int) -> Iterator[str]:
    return (f"soak/{n // 1000:04d}/{n:07d}.txt" for n in range(first, first + number))


def _count_done(stack: Stack) -> int:
    return sum(stack.system.context.index.counts("soak/").values())


def _memory(stack: Stack) -> dict[str, int]:
    """Return the resident size of the largest process of each role, children included."""
    found: dict[str, int] = {}
    seen: set[int] = set()  # a process that started others is named last and counts alone
    for role, pid in stack.processes.items():
        try:
            processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
        for process in processes:
            if process.pid not in seen:
                found[role] = max(found.get(role, 0), _resident(process))
        seen.update(process.pid for process in processes)
    return found


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def judge(count: int, looks: tuple[Sample, ...]) -> Soak:
    """Return the result of these samples."""
    settled = next((look for look in looks if look.done >= count * SETTLED), looks[-1])
    end = next(look for look in looks if look.done >= looks[-1].done)
    looks = looks[: looks.index(end) + 1]
    rates = [_rate(looks, count * share, count * (share + 0.1)) for share in (SETTLED, 0.9)]
    last = [look for look in looks if look.done >= count * 0.9]
    megabytes = {
        role: (round(size / 1e6, 1), round(max(look.memory.get(role, 0) for look in last) / 1e6, 1))
        for role, size in settled.memory.items()
    }
    grown = tuple(
        role
        for role, (then, now) in megabytes.items()
        if any(name in role for name in OURS) and now > then * (1 + TOLERANCE)
    )
    return Soak(
        documents=count,
        seconds=round(end.at, 1),
        documents_per_second=round(count / end.at, 1) if end.at else 0.0,
        first_tenth=rates[0],
        last_tenth=rates[1],
        megabytes=megabytes,
        steady=rates[1] >= rates[0] * (1 - TOLERANCE),
        grown=grown,
        missing=count - end.done,
        looks=looks,
    )


def _rate(looks: tuple[Sample, ...], first: float, last: float) -> float:
    begun = next((look for look in reversed(looks) if look.done <= first), looks[0])
    ended = next((look for look in looks if look.done >= last), looks[-1])
    return round((ended.done - begun.done) / (ended.at - begun.at), 1) if ended.at > begun.at else 0.0
