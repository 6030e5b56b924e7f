"""Waiting keys on Redis: tenant queues, admission, and how each key arrived."""

import time
from collections.abc import Iterable

from schemas.codec import decode, encode
from schemas.journeys import Journey
from workers.leases.fair_queue import INTAKE, queue_of
from workers.leases.redis.connection import RedisConnection
from workers.runtime.redis_client import TIMEOUT_SECONDS

# Most messages in the queue of scans; a message is matched to a scan only when it is taken.
MAX_SCAN_MESSAGES = 16


class RedisAdmissionQueue(RedisConnection):
    """See ``protocol.AdmissionQueue`` and ``protocol.JourneyNotes``."""

    def line_up(self, keys: Iterable[str]) -> int:
        """See ``AdmissionQueue``."""
        pairs = [part for key in dict.fromkeys(keys) for part in (queue_of(key), key)]
        return int(self._run_script("line_up", time.time(), self._tenant_prefix, *pairs)) if pairs else 0

    def admit(self, queue: str, most: int, *, batch: int = 1) -> list[tuple[str, float]]:
        """See ``AdmissionQueue``."""
        found = self._run_script("admit", time.time(), self._tenant_prefix, self._prefix + queue, most, INTAKE, batch)
        return [(key, float(since)) for key, since in zip(found[::2], found[1::2], strict=True)]

    def cancel_wait(self, keys: Iterable[str]) -> None:
        """See ``AdmissionQueue``."""
        self._pipelined([("ZREM", self._waiting, key) for key in keys])

    def find_busy(self, keys: Iterable[str], *, waiting_since: float | None = None) -> set[str]:
        """See ``AdmissionQueue``."""
        wanted, now = list(keys), time.time()
        scores = self._pipelined(
            [
                ("ZSCORE", name, key)
                for key in wanted
                for name in (self._running, self._waiting, self._tenant_prefix + queue_of(key), self._scans)
            ]
        )
        times = zip(scores[::4], scores[1::4], scores[2::4], scores[3::4], strict=True)
        return {
            key
            for key, (lease, wait, lined_up, scan) in zip(wanted, times, strict=True)
            if (lease is not None and float(lease) > now)
            or (wait is not None and float(wait) >= (waiting_since or 0.0))
            or lined_up is not None
            or scan is not None
        }

    def count_scan_room(self, queue: str) -> int:
        """See ``AdmissionQueue``."""
        scans, messages = self._pipelined([("ZCARD", self._scans), ("LLEN", self._prefix + queue)])
        return max(0, min(int(scans), MAX_SCAN_MESSAGES) - int(messages))

    def wait_for_work(self, seconds: float) -> None:
        """See ``AdmissionQueue``."""
        self._call(self._redis.blpop, [self._wake], timeout=min(seconds, TIMEOUT_SECONDS / 2))

    def keep_journey(self, keys: Iterable[str], journey: Journey) -> None:
        """See ``JourneyNotes``."""
        noted = encode(journey).decode()
        self._pipelined([("HSET", self._journeys, key, noted) for key in keys])

    def take_journeys(self, keys: Iterable[str]) -> dict[str, Journey]:
        """See ``JourneyNotes``."""
        wanted = list(keys)
        if not wanted:
            return {}
        noted, _ = self._pipelined([("HMGET", self._journeys, *wanted), ("HDEL", self._journeys, *wanted)])
        return {key: decode(Journey, found.encode()) for key, found in zip(wanted, noted, strict=True) if found}
