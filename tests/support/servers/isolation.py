"""A corner of its own on a server that others use too, empty at first and removed afterwards.

The clients are imported by the tests that need them: together they take longer than most tests.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from ops.testservers import Server

CLAIM_SECONDS = 7200


@contextmanager
def fresh_redis_db(url: str) -> Iterator[str]:
    """Yield the URL of an empty database that nobody else was given."""
    from redis import Redis  # noqa: PLC0415

    with Redis.from_url(url) as first:
        count = int(first.config_get("databases")["databases"])
        claims = ((number, f"gongkai:test:database:{number}") for number in random.sample(range(1, count), count - 1))
        number, claim = next((n, key) for n, key in claims if first.set(key, 1, nx=True, ex=CLAIM_SECONDS))
        own = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        with Redis.from_url(own) as database:
            database.flushdb()
            try:
                yield own
            finally:
                database.flushdb()
                first.delete(claim)


@contextmanager
def fresh_bucket(server: Server) -> Iterator[str]:
    """Yield the name of a new, empty bucket."""
    from minio import Minio  # noqa: PLC0415
    from minio.deleteobjects import DeleteObject  # noqa: PLC0415

    parts = urlsplit(server.url)
    client = Minio(parts.netloc, server.access_key, server.secret_key, secure=parts.scheme == "https")
    name = f"test-{uuid4().hex[:12]}"
    client.make_bucket(name)
    try:
        yield name
    finally:
        if client.bucket_exists(name):
            # Again, because MinIO lists what lies below an object only once that is gone.
            while found := list(client.list_objects(name, recursive=True, include_version=True)):
                failed = list(client.remove_objects(name, [DeleteObject(o.object_name, o.version_id) for o in found]))
                assert not failed
            client.remove_bucket(name)


@contextmanager
def fresh_index_prefix(url: str) -> Iterator[str]:
    """Yield a prefix that no index, alias or template has."""
    from elasticsearch import Elasticsearch  # noqa: PLC0415

    prefix = f"t{uuid4().hex[:12]}"
    try:
        yield prefix
    finally:
        with Elasticsearch(url) as client:
            for index in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
                client.indices.delete(index=index)
            client.options(ignore_status=404).indices.delete_index_template(name=f"{prefix}*")
            client.options(ignore_status=404).cluster.delete_component_template(name=f"{prefix}*")
