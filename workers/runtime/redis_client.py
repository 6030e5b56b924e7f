"""Connections to the broker's Redis for purposes beyond Celery: leases, events, queue lengths."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import redis

from schemas.errors import DependencyError
from workers.settings import Settings

TIMEOUT_SECONDS = 10.0


def broker_url(settings: Settings) -> str:
    """Return the broker's URL, with the password added if that is a separate setting."""
    parts = urlsplit(settings.broker_url)
    if parts.scheme == "memory" or not settings.broker_password or "@" in parts.netloc:
        return settings.broker_url
    user, password = quote(settings.broker_user, safe=""), quote(settings.broker_password, safe="")
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.netloc}"))


def connect(settings: Settings) -> "redis.Redis":
    """Return a client of the broker's Redis; it connects on first use."""
    return redis.Redis.from_url(
        broker_url(settings),
        decode_responses=True,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        health_check_interval=30,
        **tls_options(settings),
    )


def tls_options(settings: Settings) -> dict[str, Any]:
    """Return the TLS options of a broker client, beside the URL's ``rediss://``; certificates are verified."""
    if urlsplit(settings.broker_url).scheme != "rediss":
        return {}
    return {"ssl_cert_reqs": "required", **({"ssl_ca_certs": settings.ca_file} if settings.ca_file else {})}


@contextmanager
def translate_redis_errors() -> Iterator[None]:
    """Translate a Redis connection error within the block into ``DependencyError``.

    Raises:
        DependencyError: It does not answer.
    """
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError) as error:
        raise DependencyError("broker", f"Redis does not answer: {error}") from error
