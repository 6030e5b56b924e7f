"""The ledger of work in flight on Redis: two sorted sets by time, a set of dirty keys, and who holds each lease.

A lease runs out after ``LEASE_SECONDS`` unless a thread of the process that holds it renews it, so that the work of a
worker that died is free again soon, while that of a live one is never taken from it.
"""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psutil

from schemas.codec import decode, encode
from schemas.errors import DependencyError
from schemas.journeys import Journey
from workers.leases import redis_scripts as scripts
from workers.leases.fair_queue import INTAKE, queue_of
from workers.leases.protocol import FIRST_STAGE, SCAN, Counts, LeaseStart, RunningKey, TakenScan
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings
from workers.telemetry.log_context import worker_name

log = logging.getLogger(__name__)

LEASE_SECONDS = 40.0
BEAT_SECONDS = 10.0
# How long after its last sign a worker's main process counts as alive: see ``workers.tasks.supervisor``.
ALIVE_SECONDS = 20

NAMES = (
    *("waiting", "running", "dirty", "runs", "lanes", "lined", "turn", "paused"),
    *("scans", "scan-lanes", "scan-turn"),
)
LANES_LOOKED_AT = 20
# Messages in the queue of scans at most; which scan one stands for is decided when it is taken.
SCANS_CALLED = 16


class RedisLeaseStore:
    """See ``protocol.LeaseStore``; every method raises ``DependencyError`` where Redis does not answer."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        prefix = settings.broker_prefix
        self._keys = [f"{prefix}{name}" for name in NAMES]
        self._waiting, self._running, _, self._runs, self._lanes, self._lined, _, self._paused, self._scans, *_ = (
            self._keys
        )
        self._prefix, self._alive, self._lane = prefix, f"{prefix}alive:", f"{prefix}lane:"
        self._scan_lane = f"{prefix}scan-lane:"
        self._journeys = f"{prefix}journeys"
        self._start = self._redis.register_script(scripts.START)
        self._hand_over = self._redis.register_script(scripts.HAND_OVER)
        self._finish = self._redis.register_script(scripts.FINISH)
        self._lost = self._redis.register_script(scripts.LOST)
        self._line_up = self._redis.register_script(scripts.LINE_UP)
        self._take_scan = self._redis.register_script(scripts.TAKE_SCAN)
        self._put_aside = self._redis.register_script(scripts.PUT_ASIDE)
        self._admit = self._redis.register_script(scripts.ADMIT)
        self._held: dict[str, str] = {}
        # A lease renewed after it was given back would keep everybody out of a key that nobody works on.
        self._renewing = threading.Lock()
        self._closed = threading.Event()
        self._beat: threading.Thread | None = None
        self._worker, self._main = worker_name(), main_process(os.getppid())

    def line_up(self, keys: Iterable[str]) -> int:
        """See ``LeaseStore``."""
        pairs = [part for key in dict.fromkeys(keys) for part in (queue_of(key), key)]
        return int(self._call(self._line_up, keys=self._keys, args=[time.time(), self._lane, *pairs])) if pairs else 0

    def admit(self, queue: str, most: int) -> list[tuple[str, float]]:
        """See ``LeaseStore``."""
        arguments = [time.time(), self._lane, self._prefix + queue, most, INTAKE]
        found = self._call(self._admit, keys=self._keys, args=arguments)
        return [(key, float(since)) for key, since in zip(found[::2], found[1::2], strict=True)]

    def wait(self, keys: Iterable[str]) -> list[str]:
        """See ``LeaseStore``."""
        wanted, now = list(dict.fromkeys(keys)), time.time()
        added = self._pipelined([("ZADD", self._waiting, "NX", now, key) for key in wanted])
        return [key for key, new in zip(wanted, added, strict=True) if new]

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        self._pipelined([("ZREM", self._waiting, key) for key in keys])

    def start(self, key: str, stage: str = "") -> LeaseStart | None:
        """See ``LeaseStore``."""
        arguments = [*self._lease(stage), key, queue_of(key), FIRST_STAGE]
        taken = self._call(self._start, keys=self._keys, args=arguments)
        return None if taken is None else self._hold(key, taken)

    def put_aside(self, key: str, since: float) -> bool:
        """See ``LeaseStore``."""
        arguments = [key, queue_of(key), since, self._scan_lane]
        with self._letting_go(key):
            return bool(self._call(self._put_aside, keys=self._keys, args=arguments))

    def scans_wanted(self, queue: str) -> int:
        """See ``LeaseStore``."""
        scans, called = self._pipelined([("ZCARD", self._scans), ("LLEN", self._prefix + queue)])
        return max(0, min(int(scans), SCANS_CALLED) - int(called))

    def take_scan(self) -> TakenScan | None:
        """See ``LeaseStore``."""
        taken = self._call(self._take_scan, keys=self._keys, args=self._lease(SCAN))
        if taken is None:
            return None
        key, since, *started = taken
        return TakenScan(key, float(since), self._hold(key, started))

    def _lease(self, stage: str) -> list[Any]:
        now = time.time()
        return [now, now + LEASE_SECONDS, stage, self._worker, self._alive, self._main, self._scan_lane]

    def _hold(self, key: str, taken: Sequence[Any]) -> LeaseStart:
        self._held[key] = ""
        self._keep_beating()
        return LeaseStart(int(taken[0]), int(taken[1]))

    def at(self, key: str, stage: str) -> None:
        """See ``LeaseStore``."""
        if key in self._held:
            self._held[key] = stage

    def hand_over(self, key: str) -> int:
        """See ``LeaseStore``."""
        with self._letting_go(key):
            return int(self._call(self._hand_over, keys=self._keys, args=[key, time.time()]))

    def finish(self, key: str) -> bool:
        """See ``LeaseStore``."""
        # Where Redis does not answer, the lease has to run out by itself.
        with self._renewing:
            self._held.pop(key, None)
        return bool(self._call(self._finish, keys=self._keys, args=[key]))

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``LeaseStore``."""
        wanted, now = list(keys), time.time()
        scores = self._pipelined(
            [
                ("ZSCORE", name, key)
                for key in wanted
                for name in (self._running, self._waiting, self._lane + queue_of(key), self._scans)
            ]
        )
        times = zip(scores[::4], scores[1::4], scores[2::4], scores[3::4], strict=True)
        return {
            key
            for key, (lease, wait, lined, scan) in zip(wanted, times, strict=True)
            if (lease is not None and float(lease) > now)
            or (wait is not None and float(wait) >= (waiting_since or 0.0))
            or lined is not None
            or scan is not None
        }

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``LeaseStore``."""
        return list(self._call(self._lost, keys=self._keys, args=[time.time(), before, most]))

    def list_running(self) -> list[RunningKey]:
        """See ``LeaseStore``."""
        leases, runs = self._pipelined([("ZRANGE", self._running, 0, -1, "WITHSCORES"), ("HGETALL", self._runs)])
        found = dict(runs) if isinstance(runs, dict) else dict(zip(runs[::2], runs[1::2], strict=True))
        now = time.time()
        listed = [
            RunningKey(key, stage, worker, int(attempt), float(since), alive=float(lease) > now)
            for key, lease in leases
            for attempt, stage, worker, _, _, since in [json.loads(found.get(key) or '[1, "", "", "", 0, 0]')]
        ]
        return sorted(listed, key=lambda one: one.since)

    def counts(self) -> Counts:
        """See ``LeaseStore``."""
        waiting, running, scans, lined, lanes = self._pipelined(
            [
                ("ZCARD", self._waiting),
                ("ZCARD", self._running),
                ("ZCARD", self._scans),
                ("GET", self._lined),
                ("ZREVRANGE", self._lanes, 0, LANES_LOOKED_AT - 1),
            ]
        )
        firsts = [self._scans, self._waiting, *(self._lane + lane for lane in lanes)]
        scan, *oldest = self._pipelined([("ZRANGE", name, 0, 0, "WITHSCORES") for name in firsts])
        now = time.time()
        since = min((float(first[0][1]) for first in oldest if first), default=now)
        return Counts(
            waiting=waiting + int(lined or 0) + scans,
            running=running,
            oldest_seconds=max(0.0, now - since),
            lined=int(lined or 0),
            scans=scans,
            scan_seconds=max(0.0, now - float(scan[0][1])) if scan else 0.0,
        )

    def pause(self, names: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        self._pipelined([("SADD", self._paused, name) for name in names])

    def resume(self, names: Iterable[str]) -> None:
        """See ``LeaseStore``."""
        self._pipelined([("SREM", self._paused, name) for name in names])

    def list_paused(self) -> set[str]:
        """See ``LeaseStore``."""
        return set(self._pipelined([("SMEMBERS", self._paused)])[0])

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """See ``LeaseStore``."""
        noted = encode(journey).decode()
        self._pipelined([("HSET", self._journeys, key, noted) for key in keys])

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """See ``LeaseStore``."""
        wanted = list(keys)
        if not wanted:
            return {}
        noted, _ = self._pipelined([("HMGET", self._journeys, *wanted), ("HDEL", self._journeys, *wanted)])
        return {key: decode(Journey, found.encode()) for key, found in zip(wanted, noted, strict=True) if found}

    def heartbeat(self) -> None:
        """See ``LeaseStore``."""
        self._pipelined([("SET", self._alive + main_process(os.getpid()), 1, "EX", ALIVE_SECONDS)])

    def close(self) -> None:
        """See ``LeaseStore``."""
        self._closed.set()
        self._redis.close()

    def _keep_beating(self) -> None:
        if self._beat is None:
            self._beat = threading.Thread(target=self._renew, name="leases", daemon=True)
            self._beat.start()

    def _renew(self) -> None:
        while not self._closed.wait(BEAT_SECONDS):
            try:
                self._renew_once()
            except DependencyError as error:
                log.warning("leases not renewed: %s", error)

    def _renew_once(self) -> None:
        """Renew the leases held, also those that a Redis that lost its data no longer has."""
        with self._renewing:
            held, lease = dict(self._held), time.time() + LEASE_SECONDS
            self._pipelined([("ZADD", self._running, lease, key) for key in held])
            moved = {key: stage for key, stage in held.items() if stage}
            runs = self._pipelined([("HGET", self._runs, key) for key in moved])
            changed = []
            for (key, stage), run in zip(moved.items(), runs, strict=True):
                if run:
                    attempt, _, *rest = json.loads(run)
                    changed.append(("HSET", self._runs, key, json.dumps([attempt, stage, *rest])))
            self._pipelined(changed)

    @contextmanager
    def _letting_go(self, key: str) -> Iterator[None]:
        """Renew a lease no more before it is given back; again where that fails."""
        with self._renewing:
            stage = self._held.pop(key, None)
        try:
            yield
        except DependencyError:
            if stage is not None:
                self._held[key] = stage
            raise

    def _pipelined(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not commands:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)  # type: ignore[no-untyped-call]
        return list(self._call(pipeline.execute))

    def _call(self, function: Any, **arguments: Any) -> Any:
        with translate_redis_errors():
            return function(**arguments)


def main_process(pid: int) -> str:
    """Return a name for a process that no other has had, on any host."""
    try:
        return f"{socket.gethostname()}:{pid}:{psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""
