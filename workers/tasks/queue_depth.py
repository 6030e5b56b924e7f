"""Length of the queues and age of their oldest message; Celery itself reports neither."""

import json
import time
from typing import Protocol, cast
from urllib.parse import urlsplit

import redis

from workers.pipeline.stage_names import ORDER
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings

# Message header with the time of publication, seconds since 1970.
PUBLISHED = "published"

# Allowance for messages prefetched by a worker that is busy with another one.
GRACE_SECONDS = 30.0


class Queues(Protocol):
    """Lengths and ages of the queues of all stages."""

    def lengths(self) -> dict[str, int]:
        """Count the messages waiting for each stage, and under ``unacked`` those a worker has taken."""
        ...

    def ages(self) -> dict[str, float]:
        """Return how long the oldest message of each queue has waited, in seconds; a queue without any is absent."""
        ...

    def lost_before(self) -> float:
        """Return the time before which no message can still be waiting; keys marked earlier have lost theirs."""
        ...

    def is_new(self) -> bool:
        """Return True on the first call after the broker was created or lost its data, else False."""
        ...


class MemoryQueues:
    """The queues of a single-process system: they lose nothing, and end with it."""

    def lengths(self) -> dict[str, int]:
        """See ``Queues``."""
        return {}

    def ages(self) -> dict[str, float]:
        """See ``Queues``."""
        return {}

    def lost_before(self) -> float:
        """See ``Queues``."""
        return 0.0

    def is_new(self) -> bool:
        """See ``Queues``."""
        return False


class RedisQueues:
    """The queues on Redis, first in, first out: the oldest message is at the right end of its list."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        self._prefix = settings.broker_prefix

    def lengths(self) -> dict[str, int]:
        """See ``Queues``."""
        pipeline = self._redis.pipeline(transaction=False)
        for stage in ORDER:
            pipeline.llen(self._prefix + stage)
        pipeline.hlen(f"{self._prefix}unacked")
        return {name: int(length) for name, length in zip((*ORDER, "unacked"), self._execute(pipeline), strict=True)}

    def ages(self) -> dict[str, float]:
        """See ``Queues``."""
        now = time.time()
        return {stage: max(0.0, now - published) for stage, published in self._oldest().items()}

    def lost_before(self) -> float:
        """See ``Queues``."""
        return min([time.time(), *self._oldest().values()]) - GRACE_SECONDS

    def _oldest(self) -> dict[str, float]:
        pipeline = self._redis.pipeline(transaction=False)
        for stage in ORDER:
            pipeline.lindex(self._prefix + stage, -1)
        messages = zip(ORDER, self._execute(pipeline), strict=True)
        return {stage: self._published(message) for stage, message in messages if message}

    def is_new(self) -> bool:
        """See ``Queues``."""
        with translate_redis_errors():
            return bool(self._redis.set(f"{self._prefix}known", 1, nx=True))

    def _execute(self, pipeline: "redis.client.Pipeline") -> list[str]:
        with translate_redis_errors():
            return cast("list[str]", pipeline.execute())

    @staticmethod
    def _published(message: str) -> float:
        return float(json.loads(message)["headers"].get(PUBLISHED, 0.0))


def open_queues(settings: Settings) -> Queues:
    """Return the ``Queues`` that match the broker."""
    return MemoryQueues() if urlsplit(settings.broker_url).scheme == "memory" else RedisQueues(settings)
