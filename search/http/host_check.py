"""Accept requests only under this service's own host names, against DNS rebinding.

Exempt are paths with their own token, which internal machines call under any name.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from search.http.errors import problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_BY_ANY_NAME = frozenset({"/healthz", "/metrics", "/v1/events", "/events"})


class HostCheck:
    """Refuses with 421 a host that is not that of ``public_url``, one of ``more`` or this machine."""

    def __init__(self, app: ASGIApp, *, public_url: str, more: Collection[str] = ()) -> None:
        self._app = app
        own = urlsplit(public_url).hostname
        self._names = {own, *(name.lower() for name in more), *LOOPBACK} if own else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] == "http" and self._names is not None and scope["path"] not in _BY_ANY_NAME:
            asked = _host_name(Headers(scope=scope).get("host", ""))
            if asked not in self._names:
                detail = "this service has another name: that of GONGKAI_PUBLIC_URL, or one of GONGKAI_HOSTS"
                await problem(Request(scope), 421, detail=detail)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
