"""Short ways to a state of a lease store."""

import time

from workers.leases.protocol import AdmissionQueue
from workers.settings import Settings, load

ROOM = 1000


def put_in_queue(store: AdmissionQueue, *keys: str) -> list[str]:
    """Have keys wait for a message in the queue of the first stage; return those that did not wait before, in order."""
    store.line_up(keys)
    return sorted(key for key, _ in store.admit("convert", ROOM))


def redis_settings(redis_url: str) -> Settings:
    """Return settings with this broker, and names in it that nobody else uses."""
    return load({"GONGKAI_BROKER_URL": redis_url, "GONGKAI_BROKER_PREFIX": f"test:{time.time_ns()}:"})
