"""Feeds that every reader takes: valid Atom, stable identifiers, sent again only when something is new."""

from xml.etree import ElementTree

import pytest

from schemas.outcomes import State
from search.api import atom
from tests.support.http_application import World, make_world
from tests.support.library import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(body: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{ATOM}entry")


def test_a_feed_has_an_entry_for_each_article_with_all_that_atom_asks_for(world: World) -> None:
    answer = world.client.get("/v1/feed", params={"q": "公开", "issuer": "某市水利局"})
    assert answer.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(answer.text)
    for tag in ("id", "title", "updated", "author/{http://www.w3.org/2005/Atom}name"):
        assert root.findtext(ATOM + tag), tag
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    (entry,) = entries(answer.text)
    assert entry.findtext(f"{ATOM}title") == "某市水利局2012年政府信息公开年度报告"
    assert str(entry.findtext(f"{ATOM}id")).startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}updated") == "2026-09-21T14:13:20+00:00"
    assert "水办发〔2012〕7号" in str(entry.findtext(f"{ATOM}summary"))


def test_identifiers_stay_when_the_feed_is_asked_for_again_or_elsewhere(world: World) -> None:
    every = [
        [entry.findtext(f"{ATOM}id") for entry in entries(world.client.get("/v1/feed", params=asked).text)]
        for asked in ({}, {"q": "公开"}, {})
    ]
    assert every[0] == every[1] == every[2]
    assert len(set(every[0])) == len(every[0]) == 4


def test_a_reader_that_has_it_is_told_so(world: World) -> None:
    first = world.client.get("/v1/feed")
    again = world.client.get("/v1/feed", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    world.add("new.docx")
    assert world.client.get("/v1/feed", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_hostile_texts_are_texts_in_a_feed(world: World) -> None:
    body = world.client.get("/v1/feed", params={"prefix": "bad/xss"}).text
    assert "<script" not in body
    (entry,) = entries(body)
    assert entry.findtext(f"{ATOM}title") == HOSTILE
    assert all(element.get("type", "text") == "text" for element in entry if element.tag != f"{ATOM}link")


@pytest.mark.parametrize("text", ["\x00\x0b\x1f", "\ud800", "\ufffe", "]]>", "&amp;", "\u2028"])
def test_any_text_makes_well_formed_xml(text: str) -> None:
    entry = atom.AtomEntry(name=text, title=text, link="http://a/?" + text, updated=0.0, summary=text, author=text)
    body = atom.feed(text, [entry], name=text, address="http://a/" + text, page="http://a")
    assert ElementTree.fromstring(body).tag == f"{ATOM}feed"


def test_a_document_that_was_held_a_moment_ago_is_in_no_feed(world: World, first: str) -> None:
    # The rows may be found for a moment longer than the record says.
    world.index.change(first, state=State.HELD)
    assert first not in world.client.get("/v1/feed").text


def test_links_begin_with_the_address_people_use() -> None:
    world = make_world(public_url="https://open.example/gk")
    world.add("a.docx")
    body = world.client.get("/v1/feed", params={"q": "公开"}, headers={"Host": "open.example"}).text
    assert "testserver" not in body
    assert 'href="https://open.example/gk/d/' in body
    assert 'href="https://open.example/gk/v1/feed?q=' in body


def test_the_documents_of_all_hits_are_looked_up_in_one_request(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    records_of = world.index.records_of
    monkeypatch.setattr(world.index, "records_of", lambda ids: asked.append(list(ids)) or records_of(ids))
    for number in range(5):
        world.add(f"又一份/{number}.docx")
    world.client.get("/v1/feed")
    assert [len(ids) > 5 for ids in asked] == [True]
