"""Fixtures for the real servers; a test that asks for one, or carries its marker, gets it or is left out with a reason.

``redis_url``, ``s3_server`` and ``elasticsearch_url`` are shared; take a corner of your own with ``redis_db``,
``s3_bucket`` and ``index_prefix`` (for each test) or their ``module_`` forms.
"""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from ops.testservers import Server
from tests.support.servers import plugin
from tests.support.servers.isolation import fresh_bucket, fresh_index_prefix, fresh_redis_db
from tests.support.servers.plugin import pytest_collection_modifyitems, pytest_runtest_setup, pytest_terminal_summary

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_setup", "pytest_terminal_summary"]

# A shell starts what it puts in the background with SIGINT ignored, and every program a test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def redis_url(pytestconfig: pytest.Config) -> str:
    """URL of a real Redis; its database 0 is shared."""
    return plugin.server(pytestconfig, "redis").url


@pytest.fixture(scope="session")
def s3_server(pytestconfig: pytest.Config) -> Server:
    """A real S3 server: ``url``, ``access_key``, ``secret_key`` and ``kind`` (minio or radosgw)."""
    return plugin.server(pytestconfig, "s3")


@pytest.fixture(scope="session")
def elasticsearch_url(pytestconfig: pytest.Config) -> str:
    """URL of a real Elasticsearch with IK."""
    return plugin.server(pytestconfig, "elasticsearch").url


@pytest.fixture
def redis_db(redis_url: str) -> Iterator[str]:
    """URL of an empty Redis database for one test."""
    with fresh_redis_db(redis_url) as url:
        yield url


@pytest.fixture(scope="module")
def module_redis_db(redis_url: str) -> Iterator[str]:
    """URL of an empty Redis database for the tests of one module."""
    with fresh_redis_db(redis_url) as url:
        yield url


@pytest.fixture
def s3_bucket(s3_server: Server) -> Iterator[str]:
    """Name of an empty bucket for one test."""
    with fresh_bucket(s3_server) as name:
        yield name


@pytest.fixture(scope="module")
def module_s3_bucket(s3_server: Server) -> Iterator[str]:
    """Name of an empty bucket for the tests of one module."""
    with fresh_bucket(s3_server) as name:
        yield name


@pytest.fixture
def index_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Prefix for the names of indexes, for one test."""
    with fresh_index_prefix(elasticsearch_url) as prefix:
        yield prefix


@pytest.fixture(scope="module")
def module_index_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Prefix for the names of indexes, for the tests of one module."""
    with fresh_index_prefix(elasticsearch_url) as prefix:
        yield prefix
