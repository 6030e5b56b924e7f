"""The Redis behind the broker, for what Celery does not do: the ledger of work in flight, events, queue lengths."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import redis

from schemas.errors import DependencyError
from workers.settings import Settings

TIMEOUT_SECONDS = 10.0


def broker_url(settings: Settings) -> str:
    """Return the broker's URL with its password, where that is a setting of its own."""
    parts = urlsplit(settings.broker_url)
    if parts.scheme == "memory" or not settings.broker_password or "@" in parts.netloc:
        return settings.broker_url
    user, password = quote(settings.broker_user, safe=""), quote(settings.broker_password, safe="")
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.netloc}"))


def connect(settings: Settings) -> "redis.Redis":
    """Return a client of the broker's Redis; nothing is reached before it is used."""
    return redis.Redis.from_url(
        broker_url(settings),
        decode_responses=True,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        health_check_interval=30,
        **tls_options(settings),
    )


def tls_options(settings: Settings) -> dict[str, Any]:
    """Return what a client of the broker is told of TLS, beside the URL's ``rediss://``; certificates are verified."""
    if urlsplit(settings.broker_url).scheme != "rediss":
        return {}
    return {"ssl_cert_reqs": "required", **({"ssl_ca_certs": settings.ca_file} if settings.ca_file else {})}


@contextmanager
def translate_redis_errors() -> Iterator[None]:
    """Say of a Redis that does not answer what every server that is down is said of.

    Raises:
        DependencyError: It does not answer.
    """
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError) as error:
        raise DependencyError("broker", f"Redis does not answer: {error}") from error
