"""Webhook messages: signed, never to an address inside, never on to where they are redirected."""

import hmac
import ipaddress
import json
import re
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from ops.saved_search_alerts import webhooks
from ops.saved_search_alerts.special_addresses import is_public
from ops.saved_search_alerts.webhooks import DELAYS, Message, WebhookError, delay_after, find_refusal, send, sign
from tests.support.fakes.webhook_receiver import Receiver, receiving

SECRET = "whsec_" + b64encode(b"0123456789abcdef0123456789abcdef").decode()
MESSAGE = Message("an id", {"名": "值"})

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1",
    "192.0.0.9", "192.31.196.1", "192.88.99.2", "198.19.255.1", "203.0.113.1", "240.0.0.1", "64:ff9b:1::808:808",
    "100::1", "100:0:0:1::1", "2001::1", "2001:20::1", "2001:1::1", "3fff::1", "5f00::1", "fec0::1", "::808:808",
    "2002:a9fe:a9fe::1", "64:ff9b::c0a8:101", "2620:4f:8000::1", "::ffff:192.0.0.8",
]  # fmt: skip


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as listening:
        yield listening


def test_a_message_arrives_with_a_signature_that_its_receiver_can_check(receiver: Receiver) -> None:
    send(f"{receiver.url}/in?a=%20b", MESSAGE, secret=SECRET, moment=1_790_000_000, private=True)
    ((path, headers, body),) = receiver.received
    assert path == "/in?a=%20b"
    assert json.loads(body) == {"名": "值"}
    assert headers["content-type"] == "application/json"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(SECRET.removeprefix("whsec_"))
    version, _, signature = headers["webhook-signature"].partition(",")
    assert version == "v1"
    assert b64decode(signature) == hmac.digest(key, signed, "sha256")


def test_while_a_secret_is_renewed_both_sign(receiver: Receiver) -> None:
    newer = "whsec_" + b64encode(b"another secret of 32 bytes length").decode()
    send(receiver.url, MESSAGE, secret=newer, also=(SECRET,), moment=1_790_000_000, private=True)
    ((_, headers, body),) = receiver.received
    signed = {"identifier": MESSAGE.id, "moment": 1_790_000_000, "body": body}
    assert headers["webhook-signature"].split(" ") == [sign(newer, **signed), sign(SECRET, **signed)]


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    # Standard Webhooks 1.0, as its reference libraries compute it.
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    signature = sign(secret, identifier="msg_p5jXN8AQM9LWM0D4loKWxJek", moment=1_614_265_330, body=body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500])
def test_whatever_is_no_success_did_not_arrive_and_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.answers.append(status)
    with pytest.raises(WebhookError, match=str(status)) as caught:
        send(receiver.url, MESSAGE, secret=SECRET, moment=1, private=True)
    assert not caught.value.gone
    assert len(receiver.received) == 1


def test_a_receiver_that_is_gone_says_so(receiver: Receiver) -> None:
    receiver.answers.append(410)
    with pytest.raises(WebhookError) as caught:
        send(receiver.url, MESSAGE, secret=SECRET, moment=1, private=True)
    assert caught.value.gone


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "2130706433", "127.1"])
def test_no_message_goes_inside_however_the_address_is_written(receiver: Receiver, host: str) -> None:
    url = receiver.url.replace("127.0.0.1", host)
    with pytest.raises(WebhookError, match=r"private address|reached"):
        send(url, MESSAGE, secret=SECRET, moment=1)
    assert receiver.received == []


@pytest.mark.parametrize("address", INSIDE)
def test_what_delivery_refuses_is_told_beforehand(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    for url in (f"http://{host}/in", f"https://{host}:8443/in?a=1"):
        refusal = find_refusal(url, private=False)
        assert refusal is not None
        assert "GONGKAI_WEBHOOK_PRIVATE" in refusal
        with pytest.raises(WebhookError, match=re.escape(refusal)):
            send(url, MESSAGE, secret=SECRET, moment=1)
        assert find_refusal(url, private=True) is None


def test_public_receivers_and_names_that_cannot_be_resolved_now_are_no_reason_to_refuse() -> None:
    for url in ("https://93.184.216.34/in", "http://[2606:4700::1]/in", "http://no-such-host.invalid/", "http://a..b/"):
        assert find_refusal(url, private=False) is None


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*args: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(WebhookError, match="private address"):
        send("http://rebinding.example/", MESSAGE, secret=SECRET, moment=1)


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        asked.append(host)
        address = "192.0.2.1" if host == "name.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 9))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: (_ for _ in ()).throw(ConnectionRefusedError()))
    with pytest.raises(WebhookError, match="reached"):
        send("http://name.example:9/", MESSAGE, secret=SECRET, moment=1, private=True)
    assert asked.count("name.example") == 1


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_known_as_such(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_outside_are_known_as_such(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_names_that_cannot_be_resolved_did_not_arrive() -> None:
    for host in ("no-such-host.invalid", "a" * 70 + ".invalid", "a..b"):
        with pytest.raises(WebhookError, match="reached"):
            send(f"http://{host}/", MESSAGE, secret=SECRET, moment=1)


def test_waiting_grows_and_ends() -> None:
    delays = [delay_after(attempt) for attempt in range(1, len(DELAYS) + 2)]
    assert delays[-1] is None
    assert delays[:-1] == sorted(DELAYS)
    assert 24 * 3600 <= sum(DELAYS) <= 48 * 3600


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_addresses_of_the_public_internet_are_reached(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_an_exchange_has_an_end_whatever_the_receiver_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "DEADLINE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        threading.Thread(target=trickle, args=(listening,), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(WebhookError, match="cannot be reached"):
            send(url, MESSAGE, secret=SECRET, moment=0, private=True)
    assert time.monotonic() - began < 5


def trickle(listening: socket.socket) -> None:
    """Answer with a head that never ends, a byte now and then."""
    connection, _ = listening.accept()
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(0.1)
