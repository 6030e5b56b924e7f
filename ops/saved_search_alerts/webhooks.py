"""Sends what saved searches found to their webhooks, signed (Standard Webhooks 1.0), and to no address inside.

A name is resolved here, each address it has is judged, and the connection goes to the judged one: a name that
resolves to another address a moment later (DNS rebinding) leads nowhere else. Redirections are not followed.
"""

import hmac
import ipaddress
import json
import socket
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import urllib3

from ops.saved_search_alerts.special_addresses import Address, is_public
from schemas.errors import GongkaiError

TIMEOUT = urllib3.Timeout(connect=5, read=10)
# Seconds to wait after each attempt that failed; when they are used up, so is the delivery.
DELAYS = (30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 43_200)

# Of a whole exchange, from the connection to the status, however a receiver spreads its bytes.
DEADLINE_SECONDS = 20.0


class WebhookError(GongkaiError):
    """A message did not arrive; the text says why.

    Attributes:
        gone: Whether the receiver says that it will never take one again (410).
    """

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: ``id`` is the same for a repetition."""

    id: str
    body: dict[str, object]


def delay_after(attempt: int) -> float | None:
    """Return how many seconds to wait after the ``attempt``-th failure (1-based), or None to give up."""
    return DELAYS[attempt - 1] if attempt <= len(DELAYS) else None


def sign(secret: str, *, identifier: str, moment: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``: HMAC-SHA256 over identifier, moment and body."""
    key = b64decode(secret.removeprefix("whsec_"))
    return "v1," + b64encode(hmac.new(key, f"{identifier}.{moment}.".encode() + body, sha256).digest()).decode()


def send(
    url: str, message: Message, *, secret: str, moment: int, also: Sequence[str] = (), private: bool = False
) -> None:
    """Post a message.

    Args:
        url: Of the receiver.
        message: What is posted.
        secret: To sign with.
        moment: Now, seconds since 1970.
        also: Secrets that sign beside it; a receiver that knows one of them is content (Standard Webhooks, rotation).
        private: Whether the receiver may be on this machine or in a private network.

    Raises:
        WebhookError: It did not arrive.
    """
    body = json.dumps(message.body, ensure_ascii=False).encode("utf-8", "replace")
    parts = urlsplit(url)
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "User-Agent": "gongkai",
        "webhook-id": message.id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(
            sign(each, identifier=message.id, moment=moment, body=body) for each in (secret, *also)
        ),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connect(url, private=private) as pool, _deadline(pool):
            answer = pool.urlopen("POST", path, body=body, headers=headers, redirect=False, preload_content=False)
            status = answer.status
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
        raise WebhookError(f"cannot be reached ({type(error).__name__})") from error
    if not 200 <= status < 300:
        raise WebhookError(f"answered {status}", gone=status == 410)


@contextmanager
def _deadline(pool: urllib3.HTTPConnectionPool) -> Iterator[None]:
    """End the exchange of the block when its time is over: each read has a limit of its own, all together had none."""
    sockets: list[socket.socket] = []
    over = threading.Event()

    def end() -> None:
        over.set()
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(DEADLINE_SECONDS, end)

    class Bounded(pool.ConnectionCls):  # type: ignore[name-defined,misc]
        def _new_conn(self) -> socket.socket:
            made: socket.socket = super()._new_conn()
            sockets.append(made)
            return made

    pool.ConnectionCls = Bounded
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():  # what was read until then looks like a whole answer
        raise TimeoutError("the exchange took too long")


def _connect(url: str, *, private: bool) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = str(_judged_address(host, port, private=private))
    settings: dict[str, Any] = {"timeout": TIMEOUT, "retries": False, "maxsize": 1}
    if not secure:
        return urllib3.HTTPConnectionPool(address, port, **settings)
    return urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **settings)


def _judged_address(host: str, port: int, *, private: bool) -> Address:
    found = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in
             socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]  # fmt: skip
    # One address inside is enough to refuse the name: which of them answers is not ours to choose.
    if not private and not all(map(is_public, found)):
        raise WebhookError("is an address inside; GONGKAI_WEBHOOK_PRIVATE allows those")
    return found[0]
