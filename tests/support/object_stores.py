"""A fresh object store of each kind, for contracts that hold on all of them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from minio import Minio

from ops.testservers import Server
from workers.settings import Settings
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore


class OnAnyStore:
    """A fresh store; a subclass per backend says where it is."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    @pytest.fixture
    def store(self, url: str, settings: Settings) -> ObjectStore:
        store = open_store(url, settings)
        store.bootstrap()
        return store


class OnFolder(OnAnyStore):
    """A folder."""

    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"file://{tmp_path}/bucket"


class OnS3(OnAnyStore):
    """A bucket of the S3 server, removed afterwards."""

    @pytest.fixture
    def settings(self, s3_server: Server) -> Settings:
        return Settings(s3_access_key=s3_server.access_key, s3_secret_key=s3_server.secret_key)

    @pytest.fixture
    def url(self, s3_server: Server, settings: Settings) -> Iterator[str]:
        endpoint, bucket = urlsplit(s3_server.url).netloc, f"contract-{uuid4().hex}"
        url = f"s3://{endpoint}/{bucket}"
        yield url
        client = Minio(endpoint, s3_server.access_key, s3_server.secret_key, secure=False)
        if client.bucket_exists(bucket):
            for info in open_store(url, settings).list():
                client.remove_object(bucket, info.key)
            client.remove_bucket(bucket)
