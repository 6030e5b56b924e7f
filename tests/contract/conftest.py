"""A ledger of work in flight on the real Redis."""

import time
from collections.abc import Iterator

import pytest

from workers.leases.redis_store import RedisLeaseStore
from workers.settings import load


@pytest.fixture
def redis_ledger(redis_url: str) -> Iterator[RedisLeaseStore]:
    """An empty ledger under names of its own."""
    settings = load({"GONGKAI_BROKER_URL": redis_url, "GONGKAI_BROKER_PREFIX": f"test:{time.time_ns()}:"})
    ledger = RedisLeaseStore(settings)
    yield ledger
    ledger.close()
