"""Events of a bucket arrive at the webhook, with its token, as the S3 server itself sends them."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from queue import Empty, Queue
from typing import Any
from urllib.parse import unquote_plus, urlsplit

import pytest
import urllib3
from minio import Minio
from redis import Redis

from ops.maintenance.bucket_notifications import ensure_rule
from ops.testservers import CannotRunError, Server
from ops.testservers.event_relay import relay
from ops.testservers.events import MINIO_LIST, listed_events, pushed_events
from ops.testservers.minio import EVENTS_LIST
from schemas.events import parse_events

Received = tuple[str, dict[str, Any]]


@pytest.fixture
def webhook() -> Iterator[tuple[str, "Queue[Received]"]]:
    received: Queue[Received] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.put((self.headers["Authorization"], json.loads(body)))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/events", received
        server.shutdown()


@pytest.mark.s3
def test_uploads_and_removals_of_a_bucket_are_pushed_with_the_token(
    s3_server: Server, s3_bucket: str, webhook: tuple[str, "Queue[Received]"]
) -> None:
    address, received = webhook
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    with pushed_events(s3_server, s3_bucket, to=address, token="secret"):
        client.put_object(s3_bucket, "政务公开/报告.txt", io.BytesIO(b"text"), 4)
        client.remove_object(s3_bucket, "政务公开/报告.txt")
        # What the server kept of other buckets while nobody listened comes, too.
        pushed = list(islice((each for each in _pushed(received) if each[1] == s3_bucket), 2))
    assert {authorization for authorization, _, _ in pushed} == {"Bearer secret"}
    records = [record for _, _, record in pushed]
    assert {unquote_plus(record["s3"]["object"]["key"]) for record in records} == {"政务公开/报告.txt"}
    assert {record["s3"]["bucket"]["name"] for record in records} == {s3_bucket}
    assert [record["eventName"].split(":")[-2] for record in records] == ["ObjectCreated", "ObjectRemoved"]


@pytest.mark.s3
def test_a_rule_is_set_once(s3_server: Server, s3_bucket: str, webhook: tuple[str, "Queue[Received]"]) -> None:
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    with pushed_events(s3_server, s3_bucket, to=webhook[0], token="secret"):
        found = client.get_bucket_notification(s3_bucket)
        rules = [*(found.topic_config_list or ()), *(found.queue_config_list or ())]
        arns = [getattr(rule, "topic", None) or getattr(rule, "queue", None) for rule in rules]
        assert len(arns) == 1
        assert ensure_rule(client, s3_bucket, str(arns[0])) == []


@pytest.mark.s3
def test_minio_appends_uploads_and_removals_to_a_list_and_keeps_them_while_it_is_down(
    s3_server: Server, s3_bucket: str
) -> None:
    if s3_server.kind != "minio":
        with pytest.raises(CannotRunError, match="MinIO alone"), listed_events(s3_server, s3_bucket):
            pass
        return
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    ensure_rule(client, s3_bucket, MINIO_LIST)
    client.put_object(s3_bucket, "政务公开/报告 1+.txt", io.BytesIO(b"text"), 4)
    with listed_events(s3_server, s3_bucket) as url, Redis.from_url(url, decode_responses=True) as redis:
        client.remove_object(s3_bucket, "政务公开/报告 1+.txt")
        # What MinIO kept of other buckets while this Redis was down comes, too.
        messages = list(islice((each for each in _messages(redis) if _bucket(each) == s3_bucket), 2))
    assert [event.key for message in messages for event in parse_events(message)] == ["政务公开/报告 1+.txt"] * 2
    names = [entry["Event"][0]["eventName"] for message in messages for entry in json.loads(message)]
    assert [name.split(":")[1] for name in names] == ["ObjectCreated", "ObjectRemoved"]


def test_an_event_that_cannot_be_passed_on_is_refused() -> None:
    with relay("http://127.0.0.1:9/events", "secret") as address:
        assert urllib3.request("POST", address, body=b"{}").status == 502


@pytest.mark.s3
def test_nothing_is_pushed_when_it_has_ended(
    s3_server: Server, s3_bucket: str, webhook: tuple[str, "Queue[Received]"]
) -> None:
    client = Minio(urlsplit(s3_server.url).netloc, s3_server.access_key, s3_server.secret_key, secure=False)
    with pushed_events(s3_server, s3_bucket, to=webhook[0], token="secret"):
        pass
    found = client.get_bucket_notification(s3_bucket)
    assert not [*(found.topic_config_list or ()), *(found.queue_config_list or ())]


def _pushed(received: "Queue[Received]") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield authorization, bucket and record of each event, until none has come for 20 seconds."""
    with suppress(Empty):
        while True:
            authorization, message = received.get(timeout=20)
            for record in message["Records"]:
                yield authorization, record["s3"]["bucket"]["name"], record


def _messages(redis: "Redis[str]") -> Iterator[str]:
    """Take what is appended to the list, until nothing is for 20 seconds."""
    while taken := redis.blpop(EVENTS_LIST, 20):
        yield taken[1]


def _bucket(message: str) -> str:
    (event,) = parse_events(message)
    return event.bucket
