"""Kombu's transport over Redis, whose channels say in its own terms that their connection is gone."""

from typing import Any

import redis
from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombu_redis


class _Channel(kombu_redis.Channel):  # type: ignore[misc, unused-ignore]
    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        # Messages not acknowledged yet are acknowledged or put back over a channel that an outage has closed. Kombu
        # 5.7 fails then with an ``AttributeError``, at which Celery ends the worker instead of connecting again.
        if self.connection is None or self.connection.client is None:
            raise redis.ConnectionError("the connection of this channel is closed")
        found: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[no-untyped-call]
        return found


class RedisTransport(kombu_redis.Transport):  # type: ignore[misc, unused-ignore]
    """The transport of ``redis://`` and ``rediss://`` once ``use_own_transport`` was called."""

    Channel = _Channel


def use_own_transport() -> None:
    """Have Kombu reach every Redis broker of this process through ``RedisTransport``, under the usual addresses."""
    path = f"{__name__}:{RedisTransport.__name__}"
    TRANSPORT_ALIASES.update({"redis": path, "rediss": path})
