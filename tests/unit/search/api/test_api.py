"""The JSON interface."""

import json

import pytest
from fastapi.testclient import TestClient

from schemas.access import Scope
from schemas.outcomes import State
from schemas.records import document_id
from tests.support.http_application import TOKEN, World, make_world
from tests.support.library import HOSTILE

OBJECT = {"bucket": {"name": "inbox"}, "object": {"key": "2011/%E6%80%BB+%E7%BB%93.docx"}}
EVENT = {"Records": [{"eventSource": "aws:s3", "eventName": "s3:ObjectCreated:Put", "s3": OBJECT}]}


def test_search_answers_with_hits_grouped_by_article_and_ranges_to_mark(world: World) -> None:
    answer = world.client.get("/v1/search", params={"q": "责任追究", "size": 2}).json()
    assert answer["documents"] == 4
    assert len(answer["hits"]) == 2
    section = answer["hits"][0]["sections"][0]
    start, end = section["text"]["marks"][0]
    assert section["text"]["text"][start:end] == "责任追究"


def test_filters_and_paging_reach_the_index(world: World) -> None:
    asked = {"q": "公开", "issuer": "某市水利局", "year": 2012, "prefix": "2012/", "page": 3, "size": 5}
    assert world.client.get("/v1/search", params=asked).status_code == 200
    query = world.index.asked[-1]
    assert (query.issuer, query.year, query.prefix, query.offset, query.size) == ("某市水利局", 2012, "2012/", 10, 5)


@pytest.mark.parametrize("given", [{"page": 0}, {"size": 101}, {"year": "abc"}, {"page": 5000, "size": 100}])
def test_a_bad_parameter_is_a_problem_document_that_says_what_is_allowed(world: World, given: dict[str, str]) -> None:
    answer = world.client.get("/v1/search", params=given)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 422
    assert answer.json()["detail"]


def test_document_has_outline_sections_and_what_was_removed(world: World, first: str) -> None:
    answer = world.client.get(f"/v1/documents/{first}").json()
    assert [(line["depth"], line["number"]) for line in answer["outline"]] == [
        (1, "一、"), (2, "(一)"), (3, "1."), (1, "二、"),
    ]  # fmt: skip
    assert answer["document"]["articles"][0]["issuer"] == "牡丹江市残疾人联合会"
    assert len(answer["sections"]) == 6
    assert answer["removals"][0]["rule"] == "injected_pinyin"
    assert answer["damages"][0]["rule"] == "broken_pinyin"


def test_unknown_removed_and_held_documents_are_not_shown(world: World) -> None:
    removed = world.add("gone.txt", state=State.REMOVED)
    for identifier, status in (("nothing", 404), (removed, 410), (document_id("bad/held.docx"), 403)):
        for path in (f"/v1/documents/{identifier}", f"/v1/documents/{identifier}/original", f"/d/{identifier}"):
            answer = world.client.get(path)
            assert answer.status_code == status, path
            assert "名单" not in answer.text


def test_a_server_that_is_down_is_a_503_that_names_it(world: World) -> None:
    world.index.down = True
    answer = world.client.get("/v1/search", params={"q": "公开"})
    assert answer.status_code == 503
    assert answer.json()["server"] == "index"
    assert answer.headers["retry-after"]


def test_where_a_server_is_that_is_down_is_told_to_who_may_operate_alone(world: World) -> None:
    world.index.down = True
    for accept in ("application/json", "text/html"):
        stranger = world.client.get("/v1/search", params={"q": "公开"}, headers={"Accept": accept}).text
        assert "9200" not in stranger
        assert "refused" not in stranger
    told = world.client.get("/v1/search", params={"q": "公开"}, headers=world.sent(Scope.READ, Scope.OPERATE)).json()
    assert told["server"] == "index http://index:9200"
    assert "connection refused" in told["detail"]


def test_a_defect_is_a_problem_document_without_its_inner_life(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(query: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(world.index, "search", broken)
    answer = world.client.get("/v1/search", params={"q": "公开"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_unknown_paths_and_methods_are_problem_documents(world: World) -> None:
    assert world.client.get("/nothing").json()["status"] == 404
    assert "openapi" in world.client.get("/nothing").json()["detail"]
    assert world.client.delete("/v1/search").json()["status"] == 405
    answer = world.client.options("/v1/saved-searches/" + "0" * 32)
    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, GET, PUT")


def test_events_are_closed_without_a_configured_token() -> None:
    world = make_world(token="")
    answer = world.client.post("/v1/events", json=EVENT, headers={"Authorization": "Bearer "})
    assert answer.status_code == 403
    assert "GONGKAI_EVENT_TOKEN" in answer.json()["detail"]
    assert world.events.received == []


@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer ", "Bearer 令牌".encode()])
def test_events_need_the_right_token(world: World, given: str | bytes) -> None:
    answer = world.client.post("/v1/events", json=EVENT, headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "GONGKAI_EVENT_TOKEN" in answer.json()["detail"]
    assert world.events.received == []


def test_events_are_taken_over_with_their_keys_decoded(world: World) -> None:
    answer = world.client.post("/v1/events", json=EVENT, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1})
    assert world.events.received[0].key == "2011/总 结.docx"


@pytest.mark.parametrize(("body", "status"), [(b"no json", 400), (b"{}", 400), (b"[" + b" " * 1_100_000 + b"]", 413)])
def test_events_that_cannot_be_read_are_refused(world: World, body: bytes, status: int) -> None:
    answer = world.client.post("/v1/events", content=body, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_an_event_is_not_acknowledged_while_the_broker_is_down(world: World) -> None:
    world.events.down = True
    answer = world.client.post("/v1/events", json=EVENT, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 503
    assert answer.json()["server"].startswith("broker")


def test_health_has_a_line_for_each_server_for_who_may_operate(world: World) -> None:
    sent = world.sent(Scope.OPERATE)
    answer = world.client.get("/healthz", headers=sent)
    assert answer.status_code == 200
    assert answer.json() == {
        "healthy": True,
        "lines": {"index": "memory index", "objects": "memory objects", "broker": "memory broker"},
    }
    world.objects.down = True
    answer = world.client.get("/healthz", headers=sent)
    assert answer.status_code == 503
    assert "not reachable" in answer.json()["lines"]["objects"]
    assert answer.json()["lines"]["index"] == "memory index"


@pytest.mark.parametrize("host", ["127.0.0.1", "203.0.113.7"])
def test_a_stranger_is_told_only_whether_all_is_healthy(world: World, host: str) -> None:
    stranger = TestClient(world.client.app, base_url="http://localhost", client=(host, 50_000))
    assert stranger.get("/healthz").json() == {"healthy": True}
    wrong = stranger.get("/healthz", headers={"Authorization": "Bearer wrong"})
    assert (wrong.status_code, wrong.json()) == (200, {"healthy": True})
    assert "lines" not in stranger.get("/healthz", headers=world.sent(Scope.READ)).json()
    world.objects.down = True
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"healthy": False})


def test_every_answer_forbids_guessing_and_framing(world: World, first: str) -> None:
    for path in (
        "/v1/search",
        f"/v1/documents/{first}",
        "/healthz",
        "/",
        f"/d/{first}",
        "/static/page.css",
        "/nothing",
    ):
        headers = world.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        if path.startswith("/v1/"):
            assert {"private", "no-store"} & set(headers["cache-control"].split(", ")), path


def test_the_interface_describes_itself(world: World) -> None:
    description = world.client.get("/openapi.json").json()
    assert {
        "/v1/search",
        "/v1/documents/{identifier}",
        "/v1/documents/{identifier}/original",
        "/v1/events",
        "/healthz",
    } <= set(description["paths"])


def test_hostile_text_is_data_in_json(world: World) -> None:
    answer = world.client.get("/v1/search", params={"prefix": "bad/xss"})
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["hits"][0]["title"]["text"] == HOSTILE
