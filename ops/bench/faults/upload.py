"""Uploads the scenario and sends faulty events: doubled, out of order, and some never.

If the object store sends events itself, as MinIO does, only the duplicates are sent here.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote_plus

import redis

from ops.bench.faults.scenario import Write
from schemas.errors import DependencyError
from workers.storage.protocol import ObjectStore

DOUBLED, WITHHELD = 0.1, 0.1
SHUFFLED_BATCH_SIZE = 20
RETRY_SECONDS = 0.5


class Uploader(threading.Thread):
    """Applies all changes to the inbox; waits for a server that is down, as any client would."""

    def __init__(
        self,
        store: ObjectStore,
        writes: Sequence[Write],
        *,
        bucket: str,
        redis_url: str,
        events: str,
        seed: int,
        seconds: float,
        told_by_store: bool = False,
    ) -> None:
        """Set the changes, where and by whom events are sent, and the seconds over which to spread them."""
        super().__init__(name="uploader", daemon=True)
        self.done = 0
        self.told: Counter[str] = Counter()
        self.final: dict[str, Write] = {}
        self._given_up = threading.Event()
        self._store, self._writes, self._bucket = store, writes, bucket
        self._redis, self._events = redis.Redis.from_url(redis_url), events
        self._source = random.Random(seed)
        self._seconds = seconds
        self._told_by_store = told_by_store

    @property
    def undone(self) -> int:
        """Number of changes not applied yet."""
        return len(self._writes) - self.done

    def give_up(self) -> None:
        """Apply no more changes."""
        self._given_up.set()

    def run(self) -> None:
        """Apply all changes, in order."""
        started = time.monotonic()
        for start in range(0, len(self._writes), SHUFFLED_BATCH_SIZE):
            due = started + self._seconds * start / len(self._writes)
            self._given_up.wait(max(0.0, due - time.monotonic()))
            batch = self._writes[start : start + SHUFFLED_BATCH_SIZE]
            for one in batch:
                if not self._happen(one):
                    return
                self.final[one.key] = one
                self.done += 1
            self._tell(batch)

    def _happen(self, one: Write) -> bool:
        while not self._given_up.is_set():
            try:
                if one.content is None:
                    self._store.remove(one.key)
                else:
                    self._store.write(one.key, one.content)
                return True
            except DependencyError:
                self._given_up.wait(RETRY_SECONDS)
        return False

    def _tell(self, batch: Sequence[Write]) -> None:
        told = [one for one in batch if self._told_by_store or self._source.random() >= WITHHELD]
        doubled = [one for one in told if self._source.random() < DOUBLED]
        self.told.update(sent=len(told), doubled=len(doubled), withheld=len(batch) - len(told))
        ours = doubled if self._told_by_store else [*told, *doubled]
        messages = [message(one, self._bucket) for one in ours]
        self._source.shuffle(messages)
        while messages and not self._given_up.is_set():
            try:
                self._redis.rpush(self._events, *messages)
                return
            except redis.RedisError:
                self._given_up.wait(RETRY_SECONDS)


def message(one: Write, bucket: str) -> str:
    """Return the message (format ``access``) that MinIO puts on the event list for one change."""
    kind = "s3:ObjectRemoved:Delete" if one.content is None else "s3:ObjectCreated:Put"
    record = {
        "eventSource": "minio:s3",
        "eventName": kind,
        "s3": {"bucket": {"name": bucket}, "object": {"key": quote_plus(one.key)}},
    }
    return json.dumps([{"Event": [record], "EventTime": "2026-11-21T08:00:00Z"}])
