"""Opens the lease store that matches the broker; the only place that knows all kinds of store."""

from urllib.parse import urlsplit

from workers.leases.protocol import LeaseStore
from workers.settings import Settings


def open_lease_store(settings: Settings) -> LeaseStore:
    """Return the lease store that matches the broker."""
    if urlsplit(settings.broker_url).scheme == "memory":
        from workers.leases.memory_store import MemoryLeaseStore  # noqa: PLC0415 - and a distributed one none of these

        return MemoryLeaseStore(scans=settings.scan_processes())
    from workers.leases.redis.store import RedisLeaseStore  # noqa: PLC0415 - an embedded system needs no Redis client

    return RedisLeaseStore(settings)
