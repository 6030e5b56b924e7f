"""A process that starts does not import what a client takes along unasked; what is asked for later can be had."""

import subprocess
import sys

SCRIPT = """
import sys
from workers.runtime.client_imports import SPARED, STAND_INS, import_clients
import_clients()
import_clients("minio")
import elasticsearch, minio, redis
spared = {*SPARED, "Crypto", "argon2", "cffi", *(name for modules in STAND_INS.values() for name in modules)}
found = {name.partition(".")[0] for name in sys.modules} | set(sys.modules)
assert not found & spared, found & spared
parts = [name for name in sys.modules if name.startswith("elasticsearch._sync.client.")]
assert sorted(parts) == [f"elasticsearch._sync.client.{name}" for name in ("_base", "utils")], parts
client = elasticsearch.Elasticsearch("http://127.0.0.1:9")
assert client.indices.exists.__func__ is client.options(request_timeout=3).indices.exists.__func__
from elasticsearch._sync.client.indices import IndicesClient
assert client.indices.exists.__func__ is IndicesClient.exists
assert not hasattr(client.cat, "no_such_method")
client.close()
redis.Redis.from_url("redis://127.0.0.1:9").close()
minio.Minio("127.0.0.1:9", access_key="a", secret_key="b")
for absent in (minio.MinioAdmin, elasticsearch.AsyncElasticsearch):
    try:
        absent("127.0.0.1:9")
    except ImportError as error:
        assert absent.__name__ in str(error)
    else:
        raise AssertionError(absent)
import httpx, requests, opentelemetry.sdk.metrics
assert isinstance(redis.asyncio.Redis(), redis.asyncio.client.Redis)
import redis.asyncio.observability.recorder
from minio.minioadmin import MinioAdmin
from elasticsearch.helpers import scan
from minio.credentials.providers import StaticProvider
MinioAdmin(endpoint="127.0.0.1:9", credentials=StaticProvider("a", "b"))
"""
STARTED = """
import sys
from workers.runtime.client_imports import import_clients
import_clients()
import ops.processes.intake
print(*sys.modules)
"""


def test_clients_come_without_what_they_take_along_and_that_can_be_had_later() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, timeout=100)


def test_intake_starts_without_stores_stages_and_segmenter() -> None:
    found = subprocess.run([sys.executable, "-c", STARTED], check=True, timeout=100, capture_output=True, text=True)
    loaded = set(found.stdout.split())
    assert "redis" in loaded
    assert not loaded & {"minio", "rjieba", "workers.pipeline.runner", "workers.pipeline.context", "celery.worker"}
