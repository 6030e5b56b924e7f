"""Sends matches of saved searches to webhooks, signed (Standard Webhooks 1.0), and never to private addresses.

A name is resolved here, each of its addresses is checked, and the connection goes to a checked one: a name that
resolves to another address a moment later (DNS rebinding) has no effect. Redirections are not followed.
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
# Seconds to wait after each failed attempt; after the last one the delivery is given up.
DELAYS = (30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 43_200)

# Limit of a whole exchange, from connection to status, however slowly a receiver sends its bytes.
DEADLINE_SECONDS = 20.0


class WebhookError(GongkaiError):
    """A message did not arrive; the text says why.

    Attributes:
        gone: Whether the receiver refuses all further messages (410).
    """

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Message:
    """A message to post; a repetition has the same ``id``."""

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
        url: Address of the receiver.
        message: The message to post.
        secret: Secret to sign with.
        moment: Now, seconds since 1970.
        also: Further secrets to sign with; a receiver accepts any it knows (Standard Webhooks, rotation).
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
    """End the block's exchange at its deadline; the timeout of each read does not limit their sum."""
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
    if over.is_set():  # a partial answer looks like a complete one
        raise TimeoutError("the exchange took too long")


def _connect(url: str, *, private: bool) -> urllib3.HTTPConnectionPool:
    host, port = _receiver_of(url)
    secure = urlsplit(url).scheme == "https"
    address = str(_judged_address(host, port, private=private))
    settings: dict[str, Any] = {"timeout": TIMEOUT, "retries": False, "maxsize": 1}
    if not secure:
        return urllib3.HTTPConnectionPool(address, port, **settings)
    return urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **settings)


def find_refusal(url: str, *, private: bool) -> str | None:
    """Return why ``send`` would refuse to post to ``url``, or None; a name that cannot be resolved now is no reason.

    Args:
        url: Address of the receiver.
        private: Whether the receiver may be on this machine or in a private network.
    """
    try:
        _judged_address(*_receiver_of(url), private=private)
    except WebhookError as error:
        return str(error)
    except (OSError, UnicodeError):
        return None
    return None


def _receiver_of(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _judged_address(host: str, port: int, *, private: bool) -> Address:
    found = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in
             socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]  # fmt: skip
    # A single private address refuses the name: we cannot choose which of its addresses answers.
    if not private and not all(map(is_public, found)):
        raise WebhookError("resolves to a private address; set GONGKAI_WEBHOOK_PRIVATE=true to allow it")
    return found[0]
