"""An object that the store keeps beside another and does not list is neither lost, nor sent again and again."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.error import S3Error

from ops.maintenance.backup import backup, restore
from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from ops.testservers import Server
from schemas.jobs import Job
from schemas.records import document_id
from workers.pipeline.stage_names import ORDER
from workers.pipeline.step import Step, WorkItem
from workers.reconcile.audit import Audit
from workers.settings import load
from workers.storage.folder import FolderStore
from workers.storage.open import open_store
from workers.tasks.perform import perform

pytestmark = pytest.mark.s3
KEYS = ("甲", "甲/乙.txt", "丙.txt")


def variables(server: Server, bucket: str, folder: Path) -> dict[str, str]:
    return {
        "GONGKAI_DATA_DIR": str(folder),
        "GONGKAI_OBJECTS_URL": f"s3://{urlsplit(server.url).netloc}/{bucket}",
        "GONGKAI_S3_ACCESS_KEY": server.access_key,
        "GONGKAI_S3_SECRET_KEY": server.secret_key,
    }


@pytest.fixture
def system(s3_server: Server, s3_bucket: str, tmp_path: Path) -> Iterator[System]:
    with open_system(load(variables(s3_server, s3_bucket, tmp_path / "data"))) as system:
        bootstrap(system)
        yield system


@pytest.fixture
def stored(system: System, s3_server: Server, s3_bucket: str) -> list[str]:
    """Put objects past our own check, as any client may; tell their events; return what the server took."""
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    taken = []
    for key in KEYS:
        data = f"通知\n\n一、{key}\n".encode()
        with suppress(S3Error):
            client.put_object(s3_bucket, key, io.BytesIO(data), len(data))
            taken.append(key)
    for key in taken:
        perform(Step(WorkItem(Job(key, "t", 0.0)), "convert"), system.context, system.dispatch, served=ORDER)
    return taken


def test_each_stored_object_is_recorded_and_no_sweep_sends_it_again(system: System, stored: list[str]) -> None:
    listed = {info.key for info in system.context.inbox.list()}
    assert all(system.context.index.record(document_id(key)) for key in stored)
    for _ in range(2):
        report = system.sweep()
        assert report.sent == 0
        assert report.differences.get("unlisted", 0) == len(set(stored) - listed)
        assert set(report.differences) <= {"unlisted"}


def test_the_audit_balances_and_names_what_is_not_listed(system: System, stored: list[str]) -> None:
    listed = {info.key for info in system.context.inbox.list()}
    books = Audit(system.context)
    named = {entry.key for entry in books.entries() if entry.reason == "unlisted"}
    assert named == set(stored) - listed
    assert books.total.balanced
    assert (books.total.received, books.total.standings["indexed"]) == (len(stored), len(stored))  # type: ignore[index]
    assert (books.total.unlisted, books.total.stale) == (len(named), 0)


def test_one_that_was_removed_is_gone_all_the_same(
    system: System, stored: list[str], s3_server: Server, s3_bucket: str
) -> None:
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    client.remove_object(s3_bucket, stored[-1])
    assert system.sweep().differences["gone"] == 1


def test_a_backup_copies_what_it_can_names_the_rest_and_is_restored(
    system: System, stored: list[str], s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    target = FolderStore(tmp_path / "backup")
    copied = backup(system, target)
    # A folder keeps no file beside a folder of its name; every other object is there.
    in_the_way = [key for key in stored if any(other.startswith(f"{key}/") for other in stored)]
    assert len(copied.refused) == len(in_the_way)
    assert all("in its way" in line for line in copied.refused)
    assert copied.objects == len(stored) - len(in_the_way)
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path / "other")})) as other:
        assert restore(other, target).objects == copied.objects


def test_a_key_too_long_for_the_backup_costs_no_other(system: System, s3_bucket: str, s3_server: Server) -> None:
    long = "/".join(["长" * 80] * 4) + "/" + "a" * 57
    assert len(long.encode()) == 1021
    system.context.inbox.write(long, b"1")
    system.context.inbox.write("short", b"1")
    settings = load(variables(s3_server, s3_bucket, Path("unused")))

    target = open_store(settings.objects_url + "-copy", settings)
    try:
        copied = backup(system, target)
        assert (copied.objects, len(copied.refused)) == (1, 1)
        assert "is longer than 1024 bytes" in copied.refused[0]
    finally:
        client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
        for info in target.list():
            target.remove(info.key)
        client.remove_bucket(f"{s3_bucket}-copy")
