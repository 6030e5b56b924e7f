"""Leases on Redis, renewed by a thread of the process that holds them.

A lease expires after ``LEASE_SECONDS`` unless it is renewed: a dead worker's keys are soon free again, a live worker's
are never taken from it.
"""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from schemas.errors import DependencyError
from workers.leases.fair_queue import BATCH, QUEUED, queue_of
from workers.leases.protocol import LeaseStart, TakenScan
from workers.leases.redis.connection import RedisConnection
from workers.settings import Settings
from workers.telemetry.log_context import worker_name

log = logging.getLogger(__name__)

LEASE_SECONDS = 40.0
HEARTBEAT_SECONDS = 10.0
# A worker's main process counts as alive this long after its last heartbeat: see ``workers.tasks.supervisor``.
ALIVE_SECONDS = 20


class RedisLeases(RedisConnection):
    """See ``protocol.Leases``."""

    def __init__(self, settings: Settings, *, lease_seconds: float = LEASE_SECONDS) -> None:
        super().__init__(settings)
        self._lease_seconds = lease_seconds
        # Key of each held lease → its current stage; empty for the stage it began with.
        self._held: dict[str, str] = {}
        # Renewing a lease after its release would lock a key that nobody works on.
        self._renewing = threading.Lock()
        self._closed = threading.Event()
        self._heart: threading.Thread | None = None
        self._worker, self._main = worker_name(), main_process(os.getppid())

    def start(self, key: str, stage: str = "", *, looks: bool = False) -> LeaseStart | None:
        """See ``Leases``."""
        what = (key, queue_of(key), self._scan_prefix, int(looks), self._prefix + stage, QUEUED // BATCH)
        taken = self._run_script("start", *self._describe_lease(stage), *what)
        return None if taken is None else self._hold(key, taken)

    def take_scan(self, stage: str) -> TakenScan | None:
        """See ``Leases``."""
        taken = self._run_script("take_scan", *self._describe_lease(stage), self._scan_prefix)
        if taken is None:
            return None
        key, since, *started = taken
        return TakenScan(key, float(since), self._hold(key, started))

    def set_stage(self, key: str, stage: str) -> None:
        """See ``Leases``."""
        if key in self._held:
            self._held[key] = stage

    def hand_over(self, key: str) -> int:
        """See ``Leases``."""
        with self._release(key):
            return int(self._run_script("hand_over", key, time.time()))

    def put_aside(self, key: str, since: float) -> bool:
        """See ``Leases``."""
        with self._release(key):
            return bool(self._run_script("put_aside", key, queue_of(key), since, self._scan_prefix))

    def finish(self, key: str) -> bool:
        """See ``Leases``."""
        # If Redis does not answer, the lease must expire by itself.
        with self._renewing:
            self._held.pop(key, None)
        return bool(self._run_script("finish", key))

    def heartbeat(self) -> None:
        """See ``Recovery``."""
        self._pipelined([("SET", self._alive + main_process(os.getpid()), 1, "EX", ALIVE_SECONDS)])

    def renew(self) -> None:
        """Renew all held leases, including those a Redis that lost its data no longer has, and publish their stages.

        Raises:
            DependencyError: Redis does not answer.
        """
        with self._renewing:
            held, ends = dict(self._held), time.time() + self._lease_seconds
            self._pipelined([("ZADD", self._running, ends, key) for key in held])
            moved = {key: stage for key, stage in held.items() if stage}
            runs = self._pipelined([("HGET", self._runs, key) for key in moved])
            changed = []
            for (key, stage), run in zip(moved.items(), runs, strict=True):
                if run:
                    attempt, _, *rest = json.loads(run)
                    changed.append(("HSET", self._runs, key, json.dumps([attempt, stage, *rest])))
            self._pipelined(changed)

    def close(self) -> None:
        """See ``LeaseStore``."""
        self._closed.set()
        super().close()

    def _describe_lease(self, stage: str) -> tuple[Any, ...]:
        now = time.time()
        return now, now + self._lease_seconds, stage, self._worker, self._main, self._alive

    def _hold(self, key: str, taken: Sequence[Any]) -> LeaseStart:
        self._held[key] = ""
        if self._heart is None:
            self._heart = threading.Thread(target=self._renew_regularly, name="leases", daemon=True)
            self._heart.start()
        return LeaseStart(int(taken[0]), int(taken[1]))

    def _renew_regularly(self) -> None:
        while not self._closed.wait(HEARTBEAT_SECONDS):
            try:
                self.renew()
            except DependencyError as error:
                log.warning("leases not renewed: %s", error)

    @contextmanager
    def _release(self, key: str) -> Iterator[None]:
        """Stop renewing a lease while the block releases it; resume if the release fails."""
        with self._renewing:
            stage = self._held.pop(key, None)
        try:
            yield
        except DependencyError:
            if stage is not None:
                self._held[key] = stage
            raise


def main_process(pid: int) -> str:
    """Return a name for a process that is unique over time and across hosts."""
    import psutil  # noqa: PLC0415  who only queues keys holds no lease

    try:
        return f"{socket.gethostname()}:{pid}:{psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""
