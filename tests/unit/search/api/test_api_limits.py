"""Limits of requests: rate, number at once, time; names of the host; a full temporary folder."""

import asyncio
import errno
from ipaddress import ip_network
from typing import Any

import pytest
from fastapi import Request
from starlette.types import Message, Receive, Scope, Send

from schemas.access import Scope as KeyScope
from search.http.bounds import Bounds
from search.http.request_limits import RequestLimits, names_of
from tests.support.http_application import TOKEN, World, make_world


def request(path: str = "/v1/search", *, client: str = "203.0.113.7", app: Any = None, **headers: str) -> Scope:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": sent, "client": (client, 1),
            "app": app, "scheme": "http", "server": ("localhost", 80)}  # fmt: skip


async def nothing() -> Message:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


class Answers:
    """Keeps the statuses an application sends."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.statuses.append(message["status"])


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await fine(scope, receive, send)


def test_more_requests_a_second_than_the_setting_are_refused_and_then_taken_again() -> None:
    now = [0.0]
    limits, answers = RequestLimits(fine, bounds=Bounds(rate=1), clock=lambda: now[0]), Answers()

    async def ask(times: int, **caller: str) -> list[int]:
        answers.statuses.clear()
        for _ in range(times):
            await limits(request(**caller), nothing, answers)
        return list(answers.statuses)

    assert asyncio.run(ask(12)) == [200] * 10 + [429] * 2
    assert asyncio.run(ask(1, client="203.0.113.8")) == [200]
    now[0] += 3
    assert asyncio.run(ask(4)) == [200] * 3 + [429]


def test_a_key_is_limited_wherever_it_is_used() -> None:
    limits, answers = RequestLimits(fine, bounds=Bounds(rate=1), clock=lambda: 0.0), Answers()
    key = "Bearer gongkai_0123456789ab_" + "x" * 43

    async def ask() -> None:
        for number in range(12):
            await limits(request(client=f"203.0.113.{number}", authorization=key), nothing, answers)

    asyncio.run(ask())
    assert answers.statuses == [200] * 10 + [429] * 2


def test_more_requests_at_once_than_the_setting_are_refused() -> None:
    limits, answers = RequestLimits(slow, bounds=Bounds(concurrency=2, seconds=0.2)), Answers()

    async def ask() -> None:
        await asyncio.gather(*(limits(request(), nothing, answers) for _ in range(3)))
        assert sorted(answers.statuses) == [429, 503, 503]
        await limits(request(), nothing, answers)

    asyncio.run(ask())
    assert answers.statuses[-1] == 503


@pytest.mark.parametrize("path", ["/v1/search", "/v1/uploads"])
def test_who_sends_nothing_is_not_waited_for_for_ever(path: str) -> None:
    limits, answers = RequestLimits(slow, bounds=Bounds(seconds=0.05, transfer_seconds=0.1)), Answers()
    asyncio.run(asyncio.wait_for(limits(request(path), nothing, answers), 5))
    assert answers.statuses == [503]


def test_only_our_proxies_are_believed_who_asks() -> None:
    bounds = Bounds(proxies=(ip_network("10.0.0.0/8"),))
    forged = "198.51.100.1, 203.0.113.9, 10.1.1.1"
    assert names_of(request(client="10.0.0.1", x_forwarded_for=forged), bounds) == ["203.0.113.9"]
    assert names_of(request(client="203.0.113.7", x_forwarded_for=forged), bounds) == ["203.0.113.7"]
    assert names_of(request(client="10.0.0.1"), bounds) == ["10.0.0.1"]


def test_the_limits_hold_for_the_whole_application() -> None:
    world = make_world(bounds=Bounds(rate=1))
    answers = [world.client.get("/v1/search") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "1"
    assert "GONGKAI_REQUEST_RATE" in answers[-1].json()["detail"]


def test_a_name_of_somebody_else_gets_nothing() -> None:
    world = make_world(public_url="https://open.example.org/base", hosts=("intern.example",))
    asked = {name: world.client.get("/v1/search", headers={"Host": name}).status_code for name in (
        "open.example.org", "open.example.org:443", "OPEN.example.org", "intern.example", "localhost:8080", "[::1]:80",
        "rebound.example", "open.example.org.rebound.example", "", "a@open.example.org.rebound.example",
    )}  # fmt: skip
    assert [name for name, status in asked.items() if status == 200] == list(asked)[:6]
    assert set(list(asked.values())[6:]) == {421}
    sent = {"Host": "api:8080", "Authorization": f"Bearer {TOKEN}"}
    assert world.client.get("/healthz", headers={"Host": "api:8080"}).status_code == 200
    assert world.client.post("/v1/events", json={"Records": []}, headers=sent).status_code != 421


@pytest.mark.parametrize("form", [True, False])
def test_a_full_temporary_folder_is_told_with_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch, form: bool
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("search.api.routes.uploads._receive", full)
    sent = {"files": ("a.txt", b"x")}
    headers = world.sent(KeyScope.WRITE)
    answer = world.client.post("/v1/uploads", files=sent if form else None, headers=headers)
    assert answer.status_code == 507
    assert "TMPDIR" in answer.json()["detail"]


def test_requests_without_a_client_are_counted_together() -> None:
    assert names_of({**request(), "client": None}, Bounds()) == [""]
    assert Request(request()).client is not None
