"""What a test writes into its corner of a server is gone afterwards, and nobody else had the same corner."""

import io
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch
from minio import Minio
from minio.commonconfig import ENABLED
from minio.versioningconfig import VersioningConfig
from redis import Redis

from ops.testservers import Server
from tests.support.servers.isolation import fresh_bucket, fresh_index_prefix, fresh_redis_db


@pytest.mark.redis
def test_two_redis_databases_at_a_time_differ_and_are_emptied(redis_url: str) -> None:
    with fresh_redis_db(redis_url) as one:
        with fresh_redis_db(redis_url) as other:
            assert one != other
        with Redis.from_url(one) as database:
            database.set("key", "value")
    with Redis.from_url(one) as database:
        assert database.dbsize() == 0


@pytest.mark.s3
def test_a_versioned_bucket_is_removed_with_all_it_held(s3_server: Server) -> None:
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    with fresh_bucket(s3_server) as name:
        client.set_bucket_versioning(name, VersioningConfig(ENABLED))
        for body in (b"first", b"second"):
            client.put_object(name, "政务公开/报告.txt", io.BytesIO(body), len(body))
        client.remove_object(name, "政务公开/报告.txt")
        assert len(list(client.list_objects(name, recursive=True, include_version=True))) == 3
    assert not client.bucket_exists(name)


@pytest.mark.elasticsearch
def test_indexes_aliases_and_templates_of_a_prefix_are_removed(elasticsearch_url: str) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        with fresh_index_prefix(elasticsearch_url) as prefix:
            client.indices.put_index_template(name=f"{prefix}-all", index_patterns=[f"{prefix}-*"])
            client.indices.create(index=f"{prefix}-one", aliases={f"{prefix}-alias": {}})
        assert not client.indices.exists(index=f"{prefix}*", allow_no_indices=False)
        assert not client.indices.exists_index_template(name=f"{prefix}-all")
