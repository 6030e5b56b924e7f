"""The fault suite ends with a verdict in any case: so many faults, so much time, whatever the servers do."""

import random
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import redis
from minio import Minio

from ops import testservers
from ops.bench.faults import fault_injector
from ops.bench.faults.fault_injector import FaultInjector, Stage
from ops.bench.faults.scenario import Write
from ops.bench.faults.servers import Killable, _redis
from ops.bench.faults.upload import Uploader
from ops.testservers import Server
from schemas.errors import DependencyError
from tests.support.servers.session import session_places


def test_no_more_faults_happen_than_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_injector, "FAULTS", {"one": (1, lambda stage: None), "other": (1, lambda stage: None)})
    nowhere = cast(Any, SimpleNamespace())
    faults = FaultInjector(
        Stage(nowhere, nowhere, nowhere, nowhere, random.Random(1)), pause=0.001, most=7, say=lambda line: None
    )
    faults.start()
    deadline = time.monotonic() + 20
    while not faults.over and time.monotonic() < deadline:
        time.sleep(0.01)
    faults.end()
    assert faults.happened.total() == 7
    assert set(faults.happened) == {"one", "other"}


def test_what_no_store_takes_is_given_up_and_counted() -> None:
    class Down:
        def write(self, key: str, content: bytes) -> None:
            raise DependencyError("object store", "down")

    writes = [Write(f"{n}.txt", b"text") for n in range(3)]
    uploader = Uploader(
        cast(Any, Down()), writes, bucket="b", redis_url="redis://127.0.0.1:9/0", events="e", seed=1, seconds=1.0
    )
    uploader.start()
    uploader.join(0.2)
    assert uploader.is_alive()
    uploader.give_up()
    uploader.join(10)
    assert not uploader.is_alive()
    assert uploader.undone == 3
    assert uploader.final == {}


@pytest.mark.s3
def test_a_killed_object_store_comes_back_with_its_keys_and_its_objects(s3_server: Server, tmp_path: Path) -> None:
    """MinIO has its keys from the environment, and takes well-known ones where it has none."""
    server = testservers.start("s3", session_places())
    try:
        process = server.processes[-1]
        killable = Killable("s3", server.url, process, process.command(), Path(server.run_dir), server)
        client = Minio(urlsplit(server.url).netloc, server.access_key, server.secret_key, secure=False)
        client.make_bucket("kept")
        killable.kill()
        killable.revive()
        assert [bucket.name for bucket in client.list_buckets()] == ["kept"]
        killable.process.stop()
    finally:
        testservers.stop(server)


@pytest.mark.redis
def test_a_killed_redis_comes_back_with_what_it_held(redis_url: str, tmp_path: Path) -> None:
    killable = _redis(tmp_path, testservers.free_port())
    with redis.Redis.from_url(killable.url) as client:
        client.set("key", "value")
        killable.kill()
        killable.revive()
        assert client.get("key") == b"value"
        killable.kill()
        killable.forget()
        killable.revive()
        assert client.get("key") is None
    killable.process.stop()
