"""A bucket that keeps versions shows the current ones: what was overwritten or deleted is not there."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.commonconfig import ENABLED
from minio.versioningconfig import VersioningConfig

from ops.testservers import Server
from workers.storage.s3 import S3Store


@pytest.mark.s3
def test_only_current_versions_are_listed_and_deleted_ones_are_gone(
    s3_server: Server, s3_bucket: str, tmp_path: Path
) -> None:
    address = urlsplit(s3_server.url).netloc
    client = Minio(address, s3_server.access_key, s3_server.secret_key, secure=False)
    client.set_bucket_versioning(s3_bucket, VersioningConfig(ENABLED))
    store = S3Store(
        address, s3_bucket, access_key=s3_server.access_key, secret_key=s3_server.secret_key, region="us-east-1"
    )
    for text in (b"first", b"second"):
        store.write("甲.txt", text)
        store.write("乙.txt", text)
    store.remove("乙.txt")
    (listed,) = store.list()
    assert (listed.key, listed.size) == ("甲.txt", 6)
    assert store.read("甲.txt") == b"second"
    found = store.stat("甲.txt")
    assert found is not None
    assert found.etag == listed.etag
    assert store.stat("乙.txt") is None
    assert store.fetch("乙.txt", tmp_path / "乙") is None
    store.remove("乙.txt")
    store.write("乙.txt", b"third")
    assert [one.key for one in store.list()] == ["乙.txt", "甲.txt"]
    assert len(list(client.list_objects(s3_bucket, include_version=True))) > 4
