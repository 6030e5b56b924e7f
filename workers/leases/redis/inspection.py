"""Queries on the lease store in Redis for operators and the sweep: running, waiting, lost and paused keys."""

import json
import time
from collections.abc import Iterable

from workers.leases.protocol import Counts, RunningKey
from workers.leases.redis.connection import RedisConnection

# The oldest key is searched in this many of the longest tenant queues.
SAMPLED_QUEUES = 20


class RedisInspection(RedisConnection):
    """See ``protocol.Inspection``, ``protocol.Recovery`` and ``protocol.Pauses``."""

    def list_lost(self, before: float, *, most: int = 1000) -> list[str]:
        """See ``Recovery``."""
        return list(self._run_script("list_lost", time.time(), before, most))

    def list_running(self) -> list[RunningKey]:
        """See ``Inspection``."""
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
        """See ``Inspection``."""
        waiting, running, scans, unadmitted, tenants = self._pipelined(
            [
                ("ZCARD", self._waiting),
                ("ZCARD", self._running),
                ("ZCARD", self._scans),
                ("GET", self._unadmitted),
                ("ZREVRANGE", self._tenants, 0, SAMPLED_QUEUES - 1),
            ]
        )
        firsts = [self._scans, self._waiting, *(self._tenant_prefix + tenant for tenant in tenants)]
        scan, *oldest = self._pipelined([("ZRANGE", name, 0, 0, "WITHSCORES") for name in firsts])
        now = time.time()
        since = min((float(first[0][1]) for first in oldest if first), default=now)
        return Counts(
            waiting=waiting + int(unadmitted or 0) + scans,
            running=running,
            oldest_seconds=max(0.0, now - since),
            unadmitted=int(unadmitted or 0),
            scans=scans,
            scan_seconds=max(0.0, now - float(scan[0][1])) if scan else 0.0,
        )

    def pause(self, names: Iterable[str]) -> None:
        """See ``Pauses``."""
        self._pipelined([("SADD", self._paused, name) for name in names])

    def resume(self, names: Iterable[str]) -> None:
        """See ``Pauses``."""
        self._pipelined([("SREM", self._paused, name) for name in names])

    def list_paused(self) -> set[str]:
        """See ``Pauses``."""
        return set(self._pipelined([("SMEMBERS", self._paused)])[0])
