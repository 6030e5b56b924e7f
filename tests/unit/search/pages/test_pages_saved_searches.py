"""Saved searches on pages: made from any search by a key that may, with feed and webhook, changed and forgotten."""

import re
from html import unescape

from schemas.access import Scope
from tests.support.http_application import World

HTML = {"Accept": "text/html"}


def test_a_search_is_saved_from_its_page_and_listed_with_its_feed(world: World) -> None:
    world.add("a.txt")
    page = world.client.get("/", params={"q": "公开", "year_from": "2009", "explain": "1"}).text
    address = unescape(re.findall(r'href="(/office/searches/new[^"]+)"', page)[0])
    assert world.client.get(address, headers=HTML).status_code == 401
    world.sign_in(Scope.READ, Scope.WRITE)
    form = world.client.get(address, headers=HTML).text.partition("保存检索</h1>")[2]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    assert fields == {"q": "公开", "year_from": "2009"}
    listed = world.client.post("/office/searches", data={**fields, "name": "每日公开", "webhook": ""}, headers=HTML)
    (kept,) = world.searches.all()
    assert (kept.name, kept.query.text, kept.query.year_from, kept.webhook) == ("每日公开", "公开", 2009, None)
    for text in ("已保存", "每日公开", f"/v1/saved-searches/{kept.id}/feed", "检索词：公开"):
        assert text in listed.text
    assert kept.secret not in listed.text
    world.client.post(f"/office/searches/{kept.id}/forget", headers=HTML)
    assert world.searches.all() == []


def test_the_secret_of_a_webhook_is_shown_once_and_renewed(world: World) -> None:
    world.sign_in(Scope.READ, Scope.WRITE)
    sent = {"q": "公开", "name": "推送", "webhook": "https://example.org/in"}
    made = world.client.post("/office/searches", data=sent, headers=HTML).text
    (kept,) = world.searches.all()
    assert kept.secret in made
    assert kept.secret not in world.client.get("/office/searches", headers=HTML).text
    renewed = world.client.post(f"/office/searches/{kept.id}/secret", headers=HTML).text
    assert world.searches.all()[0].secret in renewed
    assert world.searches.all()[0].secret != kept.secret


def test_what_cannot_be_saved_is_said_in_chinese_beside_what_was_typed(world: World) -> None:
    world.sign_in(Scope.READ, Scope.WRITE)
    for wrong in ({"q": ""}, {"webhook": "ftp://x"}, {"name": ""}):
        sent = {"q": "公开", "name": "推送", "webhook": "https://example.org/in"} | wrong
        answer = world.client.post("/office/searches", data=sent, headers=HTML)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert world.searches.all() == []


def test_another_key_neither_sees_nor_deletes_it(world: World) -> None:
    world.sign_in(Scope.READ, Scope.WRITE)
    world.client.post("/office/searches", data={"q": "公开", "name": "我的检索"}, headers=HTML)
    (kept,) = world.searches.all()
    world.sign_in(Scope.READ, Scope.WRITE)
    assert "我的检索" not in world.client.get("/office/searches", headers=HTML).text
    assert world.client.post(f"/office/searches/{kept.id}/forget", headers=HTML).status_code == 404
    assert world.searches.all() == [kept]
