"""Limit the rate, concurrency and duration of requests, for each address and for each access key.

The address is that of the connection, or the one that a trusted proxy forwards. The key is taken unverified from the
request; a wrong one is refused later, and still counts against its address.
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.http.bounds import Bounds
from search.http.errors import problem

BURST_SECONDS = 10.0
_MOST_CALLERS = 20_000
_KEY = re.compile(rb"gongkai_([0-9a-f]{12})_", re.ASCII)
_TRANSFERS = re.compile(
    r"/v1/uploads|/(?:v1/)?documents/[^/]+/original|/v1/search/export|/v1/statistics.*|/v1/mcp.*|/mcp.*"
)


@dataclass(slots=True)
class _Caller:
    tokens: float
    at: float
    running: int = 0


class RequestLimits:
    """Refuses requests beyond the limits with 429, and ends those that take too long with 503."""

    def __init__(self, app: ASGIApp, *, bounds: Bounds, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._bounds, self._clock = app, bounds, clock
        self._callers: dict[str, _Caller] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        callers = [self._caller(name) for name in names_of(scope, self._bounds)]
        refusal = next((reason for caller in callers if (reason := self._refusal(caller))), None)
        if refusal:
            await problem(Request(scope), 429, detail=refusal, headers={"Retry-After": "1"})(scope, receive, send)
            return
        with _running(callers):
            await self._within_time(scope, receive, send)

    async def _within_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        transfer = _TRANSFERS.fullmatch(scope["path"]) is not None
        seconds = self._bounds.transfer_seconds if transfer else self._bounds.seconds
        name = "GONGKAI_TRANSFER_SECONDS" if transfer else "GONGKAI_REQUEST_SECONDS"
        began = False

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            async with asyncio.timeout(seconds or None):
                await self._app(scope, receive, noted)
        except TimeoutError:
            if began:
                raise  # half an answer cannot be taken back: the connection ends
            detail = f"the request took longer than {name}, {seconds:g} s"
            answer = problem(Request(scope), 503, detail=detail, headers={"Retry-After": "5", "Connection": "close"})
            await answer(scope, receive, send)

    def _caller(self, name: str) -> _Caller:
        now, rate = self._clock(), self._bounds.rate
        caller = self._callers.get(name)
        if caller is None:
            if len(self._callers) >= _MOST_CALLERS:
                self._forget_idle()
            caller = self._callers[name] = _Caller(rate * BURST_SECONDS, now)
        caller.tokens = min(rate * BURST_SECONDS, caller.tokens + (now - caller.at) * rate)
        caller.at = now
        return caller

    def _refusal(self, caller: _Caller) -> str | None:
        if self._bounds.concurrency and caller.running >= self._bounds.concurrency:
            return f"more than {self._bounds.concurrency} requests at once (GONGKAI_REQUEST_CONCURRENCY)"
        if self._bounds.rate and caller.tokens < 1:
            return f"more than {self._bounds.rate:g} requests a second (GONGKAI_REQUEST_RATE)"
        caller.tokens -= 1
        return None

    def _forget_idle(self) -> None:
        busy = {name: caller for name, caller in self._callers.items() if caller.running}
        self._callers = busy


@contextmanager
def _running(callers: list[_Caller]) -> Iterator[None]:
    for caller in callers:
        caller.running += 1
    try:
        yield
    finally:
        for caller in callers:
            caller.running -= 1


def names_of(scope: Scope, bounds: Bounds) -> list[str]:
    """Return the names a request counts against: its address, and the identifier of the key it claims."""
    headers = dict(scope["headers"])
    names = [_address(scope, headers.get(b"x-forwarded-for", b"").decode("latin-1"), bounds)]
    if claimed := _KEY.search(headers.get(b"authorization", b"")):
        names.append(f"key {claimed[1].decode()}")
    return names


def _address(scope: Scope, forwarded: str, bounds: Bounds) -> str:
    """Return the nearest address that is not a trusted proxy; entries further away can be forged."""
    near = str((scope.get("client") or ("",))[0])
    for hop in reversed([each.strip() for each in forwarded.split(",")]):
        if not hop or not _is_proxy(near, bounds):
            break
        near = hop[:45]
    return near


def _is_proxy(address: str, bounds: Bounds) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in bounds.proxies if network.version == found.version)
