"""``python -m ops.bench.latency``: time from the upload of one document until it is found, on an idle system.

Measures ``gongkai upload``, which queues documents at once, and another client with MinIO's own events, whose delay is
measured separately. MinIO writes an event into its queue folder and looks there every three seconds
(``internal/store/store.go``).
"""

import io
import json
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from minio import Minio
from redis import Redis

from ops import testservers
from ops.bench.faults.scenario import Write
from ops.bench.faults.upload import message
from ops.bench.percentiles import p50_p95
from ops.bench.throughput.stack import Stack, services_stack, settings_of
from ops.maintenance.bucket_notifications import ensure_rule, inbox_client
from ops.maintenance.upload import upload
from ops.processes.signals import stoppable
from ops.testservers.events import MINIO_LIST, redis_of
from ops.testservers.minio import EVENTS_LIST
from schemas.queries import Query
from workers.runtime.redis_client import connect

POLL_SECONDS, PATIENCE_SECONDS = 0.002, 60.0
WARM_UP = 5
TEXT = "关于{0}的通知\n\n一、总体要求\n为做好{0}工作,现就有关事项通知如下。\n"


@contextmanager
def _store_and_index() -> Iterator[tuple[testservers.Server, testservers.Server]]:
    """Run an object store and Elasticsearch."""
    started = testservers.start_all(["s3", "elasticsearch"], testservers.Places.default(""))
    running = [one for one in started.values() if isinstance(one, testservers.Server)]
    try:
        for one in started.values():
            if isinstance(one, testservers.CannotRunError):
                raise one
        store, elastic = running
        yield store, elastic
    finally:
        for one in running:
            testservers.stop(one)


def _found_key(stack: Stack, word: str) -> Callable[[], bool]:
    return lambda: bool(stack.system.context.index.search(Query(f'"{word}"')).hits)


def _until(condition: Callable[[], bool], what: str) -> float:
    """Wait until a condition holds and return when it did."""
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not condition():
        if time.perf_counter() > deadline:
            raise TimeoutError(f"waited {PATIENCE_SECONDS:.0f} s for {what}")
        time.sleep(POLL_SECONDS)
    return time.perf_counter()


def _by_upload(stack: Stack) -> float:
    word = uuid.uuid4().hex
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-latency-") as folder:
        path = Path(folder) / "probe.txt"
        path.write_text(TEXT.format(word), "utf-8")
        begun = time.perf_counter()
        list(upload(stack.system, [(f"{word}.txt", path)]))
    return _until(_found_key(stack, word), "the document to be found") - begun


def _by_event(stack: Stack, client: Minio, bucket: str) -> float:
    word = uuid.uuid4().hex
    begun = time.perf_counter()
    _put(client, bucket, word)
    return _until(_found_key(stack, word), "the document to be found") - begun


def _to_queue(stack: Stack, bucket: str) -> float:
    """Return how long an event waits on the list until its object is queued; for an object that was never stored."""
    system, word = stack.system, uuid.uuid4().hex
    _until(system.idle, "the system to be idle")
    begun = time.perf_counter()
    connect(system.settings).rpush(EVENTS_LIST, message(Write(f"{word}.txt", b""), bucket))
    return _until(lambda: not system.idle(), "the object to be queued") - begun


def _to_list(client: Minio, redis: Redis, bucket: str) -> float:
    """Return the time from the object store's answer until the event is on the list."""
    begun = _put(client, bucket, uuid.uuid4().hex)
    if redis.blpop([EVENTS_LIST], PATIENCE_SECONDS) is None:
        raise TimeoutError("the object store appended no event")
    return time.perf_counter() - begun


def _put(client: Minio, bucket: str, word: str) -> float:
    data = TEXT.format(word).encode()
    client.put_object(bucket, f"{word}.txt", io.BytesIO(data), len(data))
    return time.perf_counter()


def _figures(probe: Callable[[], float], count: int) -> dict[str, float]:
    for _ in range(WARM_UP):
        probe()
    values = []
    for n in range(count):
        time.sleep(0.2 + 0.137 * (n % 11))  # not in step with periodic polls
        values.append(probe())
    p50, p95 = p50_p95(values)
    return {"p50": round(p50, 3), "p95": round(p95, 3), "max": round(max(values), 3)}


def _delay_of_store(store: testservers.Server, url: str, count: int) -> dict[str, float]:
    """Measure the events of a bucket that no process serves."""
    bucket = f"delay-{uuid.uuid4().hex[:8]}"
    client = Minio(store.url.removeprefix("http://"), store.access_key, store.secret_key, secure=False)
    client.make_bucket(bucket)
    ensure_rule(client, bucket, MINIO_LIST)
    with Redis.from_url(url) as redis:
        found = _figures(lambda: _to_list(client, redis, bucket), count)
    client.delete_bucket_notification(bucket)
    return found


@stoppable()
def main(count: Annotated[int, typer.Option(min=2, help="Documents of each kind.")] = 40) -> None:
    """Print p50, p95 and maximum of each path, in seconds."""
    with _store_and_index() as (store, elastic), redis_of(store) as url:
        found = {"store's answer to event": _delay_of_store(store, url, count)}
        with services_stack(settings_of(url, store, elastic), events_list=EVENTS_LIST) as stack:
            client, bucket = inbox_client(stack.system.settings)
            found["event to queue"] = _figures(lambda: _to_queue(stack, bucket), count)
            found["gongkai upload to searchable"] = _figures(lambda: _by_upload(stack), count)
            ensure_rule(client, bucket, MINIO_LIST)
            found["any client to searchable, by event"] = _figures(lambda: _by_event(stack, client, bucket), count)
    typer.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    typer.run(main)
