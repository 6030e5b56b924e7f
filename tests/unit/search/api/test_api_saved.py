"""Saved searches over HTTP."""

import time
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from schemas.access import Scope
from schemas.outcomes import State
from schemas.searches import Match
from search.http.current_matches import section_mark
from tests.support.http_application import World, make_world
from tests.support.library import HOSTILE

ASKED = {"name": "依申请公开", "query": {"q": "依申请公开", "year_from": 2020}, "webhook": "https://example.org/in?a=1"}


def test_a_saved_search_is_made_shown_changed_and_forgotten(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=sent).json()
    path = f"/v1/saved-searches/{made['id']}"
    assert made["secret"].startswith("whsec_")
    assert world.searches.kept[made["id"]].query.year_from == 2020
    shown = world.client.get(path, headers=sent).json()
    assert shown == made | {"secret": None}
    assert world.client.get("/v1/saved-searches", headers=sent).json() == [shown]
    changed = world.client.put(path, json={**ASKED, "name": "新名", "webhook": None}, headers=sent).json()
    assert (changed["name"], changed["webhook"], changed["created_at"]) == ("新名", None, made["created_at"])
    assert world.searches.kept[made["id"]].secret == made["secret"]
    assert world.client.delete(path, headers=sent).status_code == 204
    assert world.client.get(path, headers=sent).status_code == 404


def test_the_secret_is_renewed_and_the_former_one_signs_for_a_month(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=sent).json()
    path = f"/v1/saved-searches/{made['id']}"
    assert world.client.post(f"{path}/secret", headers=world.sent(Scope.WRITE)).status_code == 404
    renewed = world.client.post(f"{path}/secret", headers=sent).json()
    assert renewed["secret"].startswith("whsec_")
    assert renewed["secret"] != made["secret"]
    assert world.client.get(path, headers=sent).json()["secret"] is None
    kept = world.searches.kept[made["id"]]
    assert kept.former_secrets(time.time()) == (made["secret"],)
    assert kept.former_secrets(time.time() + 31 * 86_400) == ()
    world.client.put(path, json={**ASKED, "name": "新名"}, headers=sent)
    assert world.searches.kept[made["id"]].former_secret == made["secret"]


def test_a_saved_search_belongs_to_its_key_and_to_who_may_operate(world: World) -> None:
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=world.sent(Scope.WRITE)).json()
    path = f"/v1/saved-searches/{made['id']}"
    other, operator = world.sent(Scope.WRITE), world.sent(Scope.WRITE, Scope.OPERATE)
    for answer in (
        world.client.get(path, headers=other),
        world.client.put(path, json=ASKED, headers=other),
        world.client.delete(path, headers=other),
    ):
        assert answer.status_code == 404
    assert world.client.get("/v1/saved-searches", headers=other).json() == []
    assert len(world.client.get("/v1/saved-searches", headers=operator).json()) == 1
    assert world.client.delete(path, headers=operator).status_code == 204


@pytest.mark.parametrize(
    "change",
    [
        {"query": {"q": ""}},
        {"query": {"q": "a", "isuer": "misspelt"}},
        {"query": {"q": "a", "year": 0}},
        {"webhook": "ftp://example.org/"},
        {"webhook": "https://user:pass@example.org/"},
        {"webhook": "https://exa mple.org/"},
        {"webhook": "https://例子.org/"},
        {"webhook": "http://[::1"},
        {"webhook": "http://a:99999/"},
        {"webhook": "file:///etc/passwd"},
        {"name": ""},
        {"other": 1},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(world: World, change: dict[str, Any]) -> None:
    answer = world.client.post("/v1/saved-searches", json=ASKED | change, headers=world.sent(Scope.WRITE))
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert world.searches.kept == {}


def match_of(world: World, identifier: str) -> Match:
    mark, path = section_mark(world.index.sections(identifier)[2]), ("一、情况", "(一)组织")
    return Match(mark, identifier, 0, 2, "a.docx", HOSTILE, "某局", None, path, "依申请公开 3 件", 1.8e9)


def test_what_it_found_is_a_feed_without_what_is_held_by_now(world: World, first: str) -> None:
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=world.sent(Scope.WRITE)).json()
    held = world.add("held.docx")
    world.searches.found[made["id"]] = [match_of(world, first), match_of(world, held)]
    path = f"/v1/saved-searches/{made['id']}/feed"
    assert held in world.client.get(path).text
    world.index.change(held, state=State.HELD)
    body = world.client.get(path).text
    assert held not in body
    entry = ElementTree.fromstring(body).find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None
    assert HOSTILE in str(entry.findtext("{http://www.w3.org/2005/Atom}title"))
    assert f"/d/{first}?at=s0-2#s0-2" in body
    assert world.client.get("/v1/saved-searches/" + "0" * 32 + "/feed").status_code == 404


@pytest.mark.parametrize("scopes", [(Scope.WRITE,), (Scope.WRITE, Scope.OPERATE)])
def test_only_a_key_that_reads_is_told_what_a_search_finds(scopes: tuple[Scope, ...]) -> None:
    world = make_world(open_reading=False)
    refused = world.client.post("/v1/saved-searches", json=ASKED, headers=world.sent(*scopes))
    assert refused.status_code == 403
    assert "read" in refused.json()["detail"]
    key = world.keys.make(Scope.READ, Scope.WRITE)
    sent = {"Authorization": f"Bearer {key}"}
    path = "/v1/saved-searches/" + world.client.post("/v1/saved-searches", json=ASKED, headers=sent).json()["id"]
    narrowed = world.keys.kept[key.split("_")[1]]
    world.keys.kept[narrowed.id] = replace(narrowed, scopes=scopes)
    assert world.client.put(path, json=ASKED, headers=sent).status_code == 403


def test_the_feed_of_a_search_ends_with_its_key(world: World) -> None:
    key = world.keys.make(Scope.WRITE)
    sent = {"Authorization": f"Bearer {key}"}
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=sent).json()
    path = f"/v1/saved-searches/{made['id']}/feed"
    assert world.client.get(path).status_code == 200
    world.keys.kept.pop(key.split("_")[1])
    assert world.client.get(path).status_code == 404


def test_a_feed_shows_only_what_stands_in_the_current_version(world: World) -> None:
    made = world.client.post("/v1/saved-searches", json=ASKED, headers=world.sent(Scope.WRITE)).json()
    key = "redacted.docx"
    identifier = world.add(key)
    world.searches.found[made["id"]] = [match_of(world, identifier)]
    path = f"/v1/saved-searches/{made['id']}/feed"
    assert "依申请公开 3 件" in world.client.get(path).text
    world.index.rewrite(identifier, lambda row: replace(row, text="（略）") if row.ordinal == 2 else row)
    assert "依申请公开 3 件" not in world.client.get(path).text
