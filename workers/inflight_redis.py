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
from collections.abc import Iterable, Sequence
from typing import Any

import psutil

from schemas.errors import DependencyError
from workers.broker import connect, reaching
from workers.inflight import Counts, Running, Started
from workers.settings import Settings

log = logging.getLogger(__name__)

LEASE_SECONDS = 40.0
BEAT_SECONDS = 10.0
# How long after its last sign a worker's main process counts as alive: see ``Heartbeat``.
ALIVE_SECONDS = 20

START = """
redis.call('ZREM', KEYS[1], ARGV[1])
local lease = redis.call('ZSCORE', KEYS[2], ARGV[1])
if lease and tonumber(lease) > tonumber(ARGV[2]) then
  redis.call('SADD', KEYS[3], ARGV[1])
  return false
end
local before = redis.call('HGET', KEYS[4], ARGV[1])
before = before and cjson.decode(before) or {0, '', '', '', 0}
local attempt, deaths = before[1] + 1, before[5]
if lease then
  deaths = deaths + (redis.call('EXISTS', ARGV[6] .. before[4]) == 1 and 2 or 1)
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[4], ARGV[1], cjson.encode({attempt, ARGV[4], ARGV[5], ARGV[7], deaths, ARGV[2]}))
return {attempt, deaths}
"""
HAND_OVER = """
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
local run = redis.call('HGET', KEYS[4], ARGV[1])
if run and cjson.decode(run)[5] == 0 then redis.call('HDEL', KEYS[4], ARGV[1]) end
redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1])
"""
FINISH = """
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
return redis.call('SREM', KEYS[3], ARGV[1])
"""
LOST = """
local lost = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  if not redis.call('ZSCORE', KEYS[1], key) then lost[#lost + 1] = key end
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZREM', KEYS[1], key)
  lost[#lost + 1] = key
end
return lost
"""


class RedisInflight:
    """See ``workers.inflight.Inflight``; every method raises ``DependencyError`` where Redis does not answer."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        prefix = settings.broker_prefix
        self._waiting, self._running, self._dirty, self._runs = (
            f"{prefix}{name}" for name in ("waiting", "running", "dirty", "runs")
        )
        self._keys = [self._waiting, self._running, self._dirty, self._runs]
        self._alive = f"{prefix}alive:"
        self._start = self._redis.register_script(START)
        self._hand_over = self._redis.register_script(HAND_OVER)
        self._finish = self._redis.register_script(FINISH)
        self._lost = self._redis.register_script(LOST)
        self._held: dict[str, str] = {}
        self._closed = threading.Event()
        self._beat: threading.Thread | None = None
        self._worker, self._main = f"{socket.gethostname()}:{os.getpid()}", main_process(os.getppid())

    def wait(self, keys: Iterable[str]) -> list[str]:
        """See ``Inflight``."""
        wanted, now = list(dict.fromkeys(keys)), time.time()
        added = self._pipelined([("ZADD", self._waiting, "NX", now, key) for key in wanted])
        return [key for key, new in zip(wanted, added, strict=True) if new]

    def unwait(self, keys: Iterable[str]) -> None:
        """See ``Inflight``."""
        self._pipelined([("ZREM", self._waiting, key) for key in keys])

    def start(self, key: str, stage: str = "") -> Started | None:
        """See ``Inflight``."""
        now = time.time()
        arguments = [key, now, now + LEASE_SECONDS, stage, self._worker, self._alive, self._main]
        taken = self._call(self._start, keys=self._keys, args=arguments)
        if taken is None:
            return None
        self._held[key] = ""
        self._keep_beating()
        return Started(int(taken[0]), int(taken[1]))

    def at(self, key: str, stage: str) -> None:
        """See ``Inflight``."""
        if key in self._held:
            self._held[key] = stage

    def hand_over(self, key: str) -> None:
        """See ``Inflight``."""
        self._call(self._hand_over, keys=self._keys, args=[key, time.time()])
        self._held.pop(key, None)

    def finish(self, key: str) -> bool:
        """See ``Inflight``."""
        # First: where Redis does not answer, the lease has to run out by itself.
        self._held.pop(key, None)
        return bool(self._call(self._finish, keys=self._keys, args=[key]))

    def busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``Inflight``."""
        wanted, now = list(keys), time.time()
        scores = self._pipelined([("ZSCORE", name, key) for key in wanted for name in (self._running, self._waiting)])
        leases, waits = scores[::2], scores[1::2]
        return {
            key
            for key, lease, wait in zip(wanted, leases, waits, strict=True)
            if (lease is not None and float(lease) > now)
            or (wait is not None and float(wait) >= (waiting_since or 0.0))
        }

    def lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``Inflight``."""
        return list(self._call(self._lost, keys=self._keys, args=[time.time(), before, most]))

    def running(self) -> list[Running]:
        """See ``Inflight``."""
        leases, runs = self._pipelined([("ZRANGE", self._running, 0, -1, "WITHSCORES"), ("HGETALL", self._runs)])
        found = dict(runs) if isinstance(runs, dict) else dict(zip(runs[::2], runs[1::2], strict=True))
        now = time.time()
        listed = [
            Running(key, stage, worker, int(attempt), float(since), alive=float(lease) > now)
            for key, lease in leases
            for attempt, stage, worker, _, _, since in [json.loads(found.get(key) or '[1, "", "", "", 0, 0]')]
        ]
        return sorted(listed, key=lambda one: one.since)

    def counts(self) -> Counts:
        """See ``Inflight``."""
        oldest, waiting, running = self._pipelined(
            [
                ("ZRANGE", self._waiting, 0, 0, "WITHSCORES"),
                ("ZCARD", self._waiting),
                ("ZCARD", self._running),
            ]
        )
        since = float(oldest[0][1]) if oldest else time.time()
        return Counts(waiting, running, max(0.0, time.time() - since))

    def close(self) -> None:
        """See ``Inflight``."""
        self._closed.set()
        self._redis.close()

    def _keep_beating(self) -> None:
        if self._beat is None:
            self._beat = threading.Thread(target=self._renew, name="leases", daemon=True)
            self._beat.start()

    def _renew(self) -> None:
        while not self._closed.wait(BEAT_SECONDS):
            try:
                self._renew_once(dict(self._held))
            except DependencyError as error:
                log.warning("leases not renewed: %s", error)

    def _renew_once(self, held: dict[str, str]) -> None:
        """Renew the leases held, also those that a Redis that lost its data no longer has."""
        lease = time.time() + LEASE_SECONDS
        self._pipelined([("ZADD", self._running, lease, key) for key in held])
        moved = {key: stage for key, stage in held.items() if stage}
        runs = self._pipelined([("HGET", self._runs, key) for key in moved])
        changed = []
        for (key, stage), run in zip(moved.items(), runs, strict=True):
            if run:
                attempt, _, *rest = json.loads(run)
                changed.append(("HSET", self._runs, key, json.dumps([attempt, stage, *rest])))
        self._pipelined(changed)
        # What ended meanwhile must not look as if it still ran.
        self._pipelined([("ZREM", self._running, key) for key in held if key not in self._held])

    def _pipelined(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not commands:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)  # type: ignore[no-untyped-call]
        return list(self._call(pipeline.execute))

    def _call(self, function: Any, **arguments: Any) -> Any:
        with reaching():
            return function(**arguments)


def main_process(pid: int) -> str:
    """Return a name for a process that no other has had, on any host."""
    try:
        return f"{socket.gethostname()}:{pid}:{psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""
