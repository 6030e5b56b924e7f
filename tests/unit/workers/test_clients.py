"""A process that starts does not import what a client takes along unasked; whoever asks for it later gets it."""

import subprocess
import sys

SCRIPT = """
import sys
from workers.runtime.client_imports import SPARED, import_clients
import_clients()
import elasticsearch, redis
assert not {name.partition(".")[0] for name in sys.modules} & set(SPARED), "imported after all"
import httpx, opentelemetry.sdk.metrics
elasticsearch.Elasticsearch("http://127.0.0.1:9").close()
redis.Redis.from_url("redis://127.0.0.1:9").close()
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
