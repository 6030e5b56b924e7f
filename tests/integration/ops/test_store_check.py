"""A round with the S3 server tells what it does, proves that its events come, and leaves nothing behind."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio

from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.diagnosis.doctor import Check
from ops.maintenance.diagnosis.store_check import check_store
from ops.system import System, open_system
from ops.testservers import Server
from ops.testservers.events import listed_events, pushed_events
from ops.testservers.minio import EVENTS_LIST
from schemas.events import parse_events
from tests.integration.ops.test_wrong_settings import variables
from tests.support.command_line import gongkai
from workers.intake import CHECKS
from workers.settings import load

pytestmark = pytest.mark.s3
# What was measured of each server; docs/operation.md has the same as a table.
BESIDE = {"minio": "NOT listed", "radosgw": "stored and listed", "seaweedfs": "stored and listed"}
BACKSLASH = {"minio": "is kept", "radosgw": "is kept", "seaweedfs": "under one with a slash"}


@contextmanager
def a_system(server: Server, bucket: str, folder: Path, **more: str) -> Iterator[System]:
    given = {"GONGKAI_DATA_DIR": str(folder), **variables(server, bucket), **more}
    with open_system(load(given)) as system:
        bootstrap(system)
        yield system


@contextmanager
def receiving(system: System) -> Iterator[str]:
    """Take events over as ``POST /v1/events`` does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            system.sink.send(parse_events(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response_only(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/events"
        server.shutdown()


def found(system: System, seconds: float) -> dict[str, Check]:
    return {check.name: check for check in check_store(system, seconds=seconds)}


def test_a_round_tells_what_the_server_does_and_leaves_nothing(
    s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    with (
        a_system(s3_server, s3_bucket, tmp_path) as system,
        receiving(system) as address,
        pushed_events(s3_server, s3_bucket, to=address, token="t"),
    ):
        checks = found(system, 60)
        assert {name: check.state for name, check in checks.items()} == dict.fromkeys(checks, "fine"), checks
        assert "came in after" in checks["events"].line
        assert BESIDE[s3_server.kind] in checks["beside"].line
        assert BACKSLASH[s3_server.kind] in checks["backslash"].line
        assert list(checks) == ["order", "beside", "backslash", "etag", "condition", "events"]
        client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
        assert not list(client.list_objects(s3_bucket, recursive=True))
        assert not list(system.context.derived.list(CHECKS))
        assert not list(system.context.index.record_keys(""))
        assert system.sweep().objects == 0


def test_events_that_are_configured_and_never_come_are_found(s3_server: Server, s3_bucket: str, tmp_path: Path) -> None:
    with a_system(s3_server, s3_bucket, tmp_path, GONGKAI_EVENT_TOKEN="t") as system:
        check = found(system, 1)["events"]
    assert check.state == "down"
    assert "configured, and none came within 1 s" in check.line
    assert "GONGKAI_SWEEP_SECONDS" in check.line


def test_where_none_are_configured_the_sweep_is_named(s3_server: Server, s3_bucket: str, tmp_path: Path) -> None:
    with a_system(s3_server, s3_bucket, tmp_path) as system:
        check = found(system, 1)["events"]
    assert check.state == "missing"
    assert "every 300 s" in check.line


def test_the_command_prints_a_line_for_each_and_ends_with_one_where_events_do_not_come(
    s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    given = variables(s3_server, s3_bucket, GONGKAI_EVENT_TOKEN="t")
    assert gongkai("doctor", "--bootstrap", folder=tmp_path, **given).returncode == 0
    done = gongkai("doctor", "--store-check", "--patience", "1", folder=tmp_path, **given)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 6), done.stderr
    assert done.stdout.splitlines()[-1].startswith("DOWN     events")


def test_a_folder_as_inbox_needs_no_check(tmp_path: Path) -> None:
    done = gongkai("doctor", "--store-check", folder=tmp_path)
    assert done.returncode == 0
    assert "is watched" in done.stdout


@pytest.mark.redis
def test_events_nobody_takes_from_the_list_are_told_from_none(
    s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    if s3_server.kind != "minio":
        pytest.skip("only MinIO appends to a list")
    with listed_events(s3_server, s3_bucket) as url:
        more = {"GONGKAI_BROKER_URL": url, "GONGKAI_EVENTS_LIST": EVENTS_LIST}
        with a_system(s3_server, s3_bucket, tmp_path, **more) as system:
            check = found(system, 8)["events"]
    assert check.state == "down"
    assert "start `gongkai intake`" in check.line
