"""Makes an S3 test server push the events of a bucket to our webhook or to a Redis list, until the block ends.

MinIO's targets are environment variables of the server, on reserved loopback ports; SeaweedFS has a single address in
its configuration, and sends the events of all buckets. Ceph gets a topic, to which it pushes before it answers
the upload. Its persistent topics are no choice here: version 16.2 starts a new one up to 30 seconds late and stops for
good at the first receiver that is down. So an event is lost while nobody listens, and the sweep finds the object.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4
from xml.etree import ElementTree

import urllib3
from minio import Minio
from minio.credentials.credentials import Credentials
from minio.signer import sign_v4_s3

from ops.maintenance.bucket_notifications import ensure_rule
from ops.testservers.event_relay import relay
from ops.testservers.redis import launch
from ops.testservers.server import CannotRunError, Server

MINIO_WEBHOOK = "arn:minio:sqs::GONGKAI:webhook"
MINIO_LIST = "arn:minio:sqs::GONGKAI:redis"
NOT_OURS = "this server was not started here; set its notification target and rule by hand"
SNS = "{https://sns.amazonaws.com/doc/2010-03-31/}"
REGION = "us-east-1"


@contextmanager
def pushed_events(server: Server, bucket: str, *, to: str, token: str) -> Iterator[None]:
    """Push the events of ``bucket`` to the address ``to`` with a bearer token, for as long as this is open.

    Raises:
        CannotRunError: The server was not started by us, so that its target is unknown, or refused the topic.
    """
    client = _client(server)
    if server.kind in {"minio", "seaweedfs"} and not server.push_port:
        raise CannotRunError(NOT_OURS)
    with relay(to, token, port=server.push_port) as address:
        if server.kind == "seaweedfs":
            yield
            return
        arn = MINIO_WEBHOOK if server.kind == "minio" else _create_topic(server, address)
        ensure_rule(client, bucket, arn)
        try:
            yield
        finally:
            _remove_rule(server, client, bucket, arn)


@contextmanager
def listed_events(server: Server, bucket: str) -> Iterator[str]:
    """Append the events of ``bucket`` to the list ``minio.EVENTS_LIST`` on Redis, for as long as this is open.

    Yields:
        The address of that Redis; see ``redis_of``.

    Raises:
        CannotRunError: As of ``redis_of``.
    """
    with redis_of(server) as url:
        client = _client(server)
        ensure_rule(client, bucket, MINIO_LIST)
        try:
            yield url
        finally:
            _remove_rule(server, client, bucket, MINIO_LIST)


@contextmanager
def redis_of(server: Server) -> Iterator[str]:
    """Run the Redis to which an object store appends its events, and yield its address.

    Raises:
        CannotRunError: The server knows no Redis, or was not started by us.
    """
    if server.kind != "minio":
        raise CannotRunError(f"{server.kind} appends its events to no list on Redis; MinIO alone does")
    if not server.list_port:
        raise CannotRunError(NOT_OURS)
    with tempfile.TemporaryDirectory(prefix="gongkai-events-") as folder:
        redis = launch(Path(folder), server.list_port, {"appendonly": "no"})
        try:
            yield f"redis://127.0.0.1:{server.list_port}/0"
        finally:
            redis.stop()


def _client(server: Server) -> Minio:
    parts = urlsplit(server.url)
    return Minio(parts.netloc, server.access_key, server.secret_key, secure=parts.scheme == "https")


def _create_topic(server: Server, address: str) -> str:
    """Create a topic that pushes to ``address`` (Simple Notification Service, as Ceph has it) and return its ARN."""
    attribute = {"Attributes.entry.1.key": "push-endpoint", "Attributes.entry.1.value": address}
    parameters = {"Action": "CreateTopic", "Name": f"gongkai-{uuid4().hex[:12]}", **attribute}
    status, text = _send_signed(server, "POST", "/", body=urlencode(parameters))
    arn = ElementTree.fromstring(text).findtext(f".//{SNS}TopicArn") if status == 200 else None
    if not arn:
        raise CannotRunError(f"{server.url} made no topic: {status} {text[:300]}")
    return arn


def _remove_rule(server: Server, client: Minio, bucket: str, arn: str) -> None:
    if server.kind == "minio":
        if client.bucket_exists(bucket):
            client.delete_bucket_notification(bucket)
        return
    # Ceph has its own request for this, and treats an empty configuration as malformed.
    _send_signed(server, "DELETE", f"/{bucket}?notification=")
    _send_signed(server, "POST", "/", body=urlencode({"Action": "DeleteTopic", "TopicArn": arn}))


def _send_signed(server: Server, method: str, path: str, *, body: str = "") -> tuple[int, str]:
    """Send one request that the client library lacks, signed, and return status and answer."""
    data, now = body.encode(), datetime.now(UTC)
    digest, url = hashlib.sha256(data).hexdigest(), f"{server.url}{path}"
    headers: dict[str, str | list[str] | tuple[str]] = {
        "Host": urlsplit(url).netloc,
        "Content-Type": "application/x-www-form-urlencoded",
        "x-amz-content-sha256": digest,
        "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
    }
    signed = sign_v4_s3(
        method=method,
        url=urlsplit(url),
        region=REGION,
        headers=headers,
        credentials=Credentials(server.access_key, server.secret_key),
        content_sha256=digest,
        date=now,
    )
    sent = {name: str(value) for name, value in signed.items()}
    answer = urllib3.request(method, url, headers=sent, body=data, retries=False)
    return answer.status, answer.data.decode("utf-8", "replace")
