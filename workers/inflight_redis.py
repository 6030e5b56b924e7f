"""The ledger of work in flight on Redis: two sorted sets by time and a set of dirty keys, changed by small scripts.

A lease runs out after ``LEASE_SECONDS`` unless a thread of the process that holds it renews it, so that the work of a
worker that died is free again soon, while that of a live one is never taken from it.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

from schemas.errors import DependencyError
from workers.broker import connect, reaching
from workers.inflight import Counts
from workers.settings import Settings

log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
BEAT_SECONDS = 15.0

START = """
redis.call('ZREM', KEYS[1], ARGV[1])
local lease = redis.call('ZSCORE', KEYS[2], ARGV[1])
if lease and tonumber(lease) > tonumber(ARGV[2]) then
  redis.call('SADD', KEYS[3], ARGV[1])
  return 0
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
"""
HAND_OVER = """
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1])
"""
FINISH = """
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('SREM', KEYS[3], ARGV[1])
"""


class RedisInflight:
    """See ``workers.inflight.Inflight``; every method raises ``DependencyError`` where Redis does not answer."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        prefix = settings.broker_prefix
        self._waiting, self._running, self._dirty = (f"{prefix}{name}" for name in ("waiting", "running", "dirty"))
        self._keys = [self._waiting, self._running, self._dirty]
        self._start = self._redis.register_script(START)
        self._hand_over = self._redis.register_script(HAND_OVER)
        self._finish = self._redis.register_script(FINISH)
        self._held: set[str] = set()
        self._closed = threading.Event()
        self._beat: threading.Thread | None = None

    def wait(self, keys: Iterable[str]) -> list[str]:
        """See ``Inflight``."""
        wanted, now = list(dict.fromkeys(keys)), time.time()
        added = self._pipelined([("ZADD", self._waiting, "NX", now, key) for key in wanted])
        return [key for key, new in zip(wanted, added, strict=True) if new]

    def unwait(self, keys: Iterable[str]) -> None:
        """See ``Inflight``."""
        self._pipelined([("ZREM", self._waiting, key) for key in keys])

    def start(self, key: str) -> bool:
        """See ``Inflight``."""
        now = time.time()
        taken = bool(self._call(self._start, keys=self._keys, args=[key, now, now + LEASE_SECONDS]))
        if taken:
            self._held.add(key)
            self._keep_beating()
        return taken

    def hand_over(self, key: str) -> None:
        """See ``Inflight``."""
        self._call(self._hand_over, keys=self._keys, args=[key, time.time()])
        self._held.discard(key)

    def finish(self, key: str) -> bool:
        """See ``Inflight``."""
        # First: where Redis does not answer, the lease has to run out by itself.
        self._held.discard(key)
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
            lease = time.time() + LEASE_SECONDS
            try:
                self._pipelined([("ZADD", self._running, "XX", lease, key) for key in tuple(self._held)])
            except DependencyError as error:
                log.warning("leases not renewed: %s", error)

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
