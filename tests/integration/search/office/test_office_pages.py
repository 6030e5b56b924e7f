"""The office over HTTP: its page leads to every page below it, and every rule says what it rests on."""

import re

from schemas.access import Scope
from search.office.rules import RULES
from search.pages.office.routes import PAGES
from tests.support.http_application import make_world


def test_the_office_page_leads_to_every_page_below_it() -> None:
    world = make_world()
    client, sent = world.client, world.sent(Scope.READ, Scope.WRITE)
    shown = client.get("/office").text
    for link in PAGES:
        assert f'href="{link.path}"' in shown
        assert client.get(link.path, headers=sent).status_code == 200
    closed = [link.path for link in PAGES if client.get(link.path).status_code != 200]
    assert closed == ["/office/searches"]  # whose page says so; it shows what belongs to a key
    assert 'href="/office/rules"' in shown
    assert 'href="/office"' in client.get("/").text


def test_every_rule_is_listed_with_its_paragraphs_on_the_page_and_for_programs() -> None:
    client = make_world().client
    shown, told = client.get("/office/rules").text, client.get("/v1/office/rules").json()
    assert [rule["code"] for rule in told] == list(RULES)
    for rule in told:
        assert f'id="{rule["code"]}"' in shown
        assert all(basis in shown for basis in rule["bases"])
        assert all(re.fullmatch(r"https?://\S+", source) for source in rule["sources"])


def test_the_office_needs_a_key_where_reading_does() -> None:
    client = make_world(open_reading=False).client
    assert {client.get(path).status_code for path in ("/office", "/office/rules", "/v1/office/rules")} == {401}
