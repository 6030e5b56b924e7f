"""A ledger of work in flight on the real Redis."""

from collections.abc import Iterator

import pytest

from tests.support.lease_stores import redis_settings
from workers.leases.redis.store import RedisLeaseStore


@pytest.fixture
def redis_ledger(redis_url: str) -> Iterator[RedisLeaseStore]:
    """An empty ledger under names of its own."""
    ledger = RedisLeaseStore(redis_settings(redis_url))
    yield ledger
    ledger.close()
