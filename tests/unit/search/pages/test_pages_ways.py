"""The ways pages lead on: facets, exports, citations, what is alike; and who is let in."""

from dataclasses import replace
from urllib.parse import quote, unquote

import pytest

from schemas.access import Scope
from schemas.articles import Article, Extracted, Reference, Statistic
from schemas.blocks import Block, Converted
from schemas.outcomes import State
from schemas.queries import ArticleLink
from schemas.records import document_id
from search.http.ports import Artefacts
from search.query.numbers.document_numbers import number_key
from tests.support.http_application import World, make_world
from tests.support.library import HELD_PROBLEM, HOSTILE
from tests.support.page_outline import Outline

HTML = {"Accept": "text/html"}
ODD_FORMS = ["/?q=公开", "/?q=公开&year=abc&year_from=2009年&fold=0", "/?q=a&explain=1&sort=newest&format=docx",
             "/?q=公开&page=3&cursor=20&role=problems&prefix=2011/", f"/?q={quote(HOSTILE)}&year=１９９９"]  # fmt: skip


@pytest.mark.parametrize("address", ODD_FORMS)
def test_exports_and_feeds_of_any_search_are_taken_by_the_interface(world: World, address: str) -> None:
    world.add("2011/更多.docx", year=1999, title=f"公开 a {HOSTILE}", role="problems")
    page = Outline(world.client.get(address).text)
    ways = [link for link in page.links if link.startswith(("/v1/search/export", "/v1/feed"))]
    if "没有找到" not in world.client.get(address).text:
        assert len(ways) == 4
    for way in ways:
        assert world.client.get(way).status_code == 200, way


def test_facets_offer_values_with_counts_and_take_back_what_is_chosen(world: World) -> None:
    text = world.client.get("/?q=公开&issuer=某市水利局").text
    assert 'aria-current="true"><span class="what">某市水利局</span> <span class="many">1</span>' in text
    assert "/?q=%E5%85%AC%E5%BC%80" in Outline(text).links
    assert world.index.asked[-1].facets == ("issuer", "region", "year", "kind", "role", "format", "source")


def test_what_was_probably_meant_and_what_could_not_be_done_are_said(world: World) -> None:
    world.index.instead, world.index.notes = f"公开{HOSTILE}", ("按年份排序暂不可用",)
    text = world.client.get("/?q=公开").text
    assert "您是不是要找" in text
    assert "按年份排序暂不可用" in text
    assert any(unquote(link) == f"/?q=公开{HOSTILE}".replace(" ", "+") for link in Outline(text).links)


def test_the_catalogue_lists_every_document_newest_first_and_keeps_its_filters(world: World) -> None:
    for n in range(30):
        world.add(f"many/{n}.docx", issuer="某市水利局")
    text = world.client.get("/catalogue?issuer=某市水利局&q=ignored").text
    asked = world.index.asked[-1]
    assert (asked.text, asked.fold, asked.size, asked.issuer) == ("", False, 25, "某市水利局")
    issuer = quote("某市水利局")
    assert f"/catalogue?issuer={issuer}&cursor=25&page=2" in Outline(text).links
    assert "共 31 篇" in text


def test_citations_lead_to_held_documents_and_else_to_a_search(world: World, first: str) -> None:
    ways = [
        Reference("条例", "国令〔2007〕492号", ("第九条",), "basis", "根据《条例》"),
        Reference("办法", None, (), "mentions", HOSTILE),
    ]
    number = Statistic("主动公开", "条数", 1234567, "条", 2011, HOSTILE, table=True)
    article = Article(
        title="报告", title_derived=False, issuer=None, document_number=None, signed_on=None, published_on=None,
        source=None, author=None, index_number=None, preamble="", text="", sections=(),
        references=tuple(ways), statistics=(number,),
    )  # fmt: skip
    services = world.client.app.state.services  # type: ignore[attr-defined]
    world.client.app.state.services = replace(  # type: ignore[attr-defined]
        services, artefacts=Artefacts(extracted=lambda record: Extracted("docx", (article,)))
    )
    cited = ArticleLink("c0ffee", 1, "c.txt", "条例", None, number_key("国令〔2007〕492号"), None, None)
    world.index.links["c"] = [cited]
    world.index.links[first] = [ArticleLink("beef", 0, "b.txt", "引用者", "某局", None, "2012-03", None)]
    summary = replace(world.index.record(first).articles[0], cites=(number_key("国令〔2007〕492号"),))
    world.index.change(first, articles=(summary,))
    text = world.client.get(f"/d/{first}").text
    assert {"/d/c0ffee?at=s1-0#s1-0", "/d/beef", "/?q=" + quote("“办法”")} <= set(Outline(text).links)
    assert "1,234,567" in text
    assert HOSTILE not in text


def test_the_original_is_shown_escaped(world: World, first: str) -> None:
    services = world.client.app.state.services  # type: ignore[attr-defined]
    made = Converted("docx", (Block(f"申请{HOSTILE}dāng"),))
    world.client.app.state.services = replace(  # type: ignore[attr-defined]
        services, artefacts=Artefacts(converted=lambda record: made)
    )
    text = world.client.get(f"/d/{first}?view=source").text
    assert "原文对照" in text
    assert "&lt;script&gt;" in text
    assert Outline(text).tags.count("script") == 1


def test_a_document_whose_original_is_not_kept_is_shown_cleaned(world: World, first: str) -> None:
    answer = world.client.get(f"/d/{first}?view=source")
    assert (answer.status_code, 'id="s0-1"' in answer.text) == (200, True)


def test_what_is_like_a_section_is_listed_and_an_unknown_section_is_missing(world: World, first: str) -> None:
    text = world.client.get(f"/d/{first}/similar?at=s0-1").text
    assert text.count('class="hit"') >= 1
    for at in ("s0-99", "s", "", "s0-²", "s9999999999-1"):
        assert world.client.get(f"/d/{first}/similar?at={at}").status_code == 404


@pytest.mark.parametrize("way", ["", "?view=source", "/similar?at=s0-1", "/qr.svg"])
@pytest.mark.parametrize(("state", "status"), [(State.HELD, 403), (State.REMOVED, 410)])
def test_no_page_shows_what_is_held_or_removed(world: World, way: str, state: State, status: int) -> None:
    world.add("secret.docx", state=state, problems=(HELD_PROBLEM,), title="机密名单")
    answer = world.client.get(f"/d/{document_id('secret.docx')}{way}", headers=HTML)
    assert answer.status_code == status
    assert "机密名单" not in answer.text


def test_the_qr_code_is_a_picture_that_browsers_may_not_run(world: World, first: str) -> None:
    answer = world.client.get(f"/d/{first}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.content.startswith(b"<svg")


def test_pages_allow_no_script_or_style_but_their_own(world: World, first: str) -> None:
    policy = world.client.get(f"/d/{first}").headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy


def test_where_reading_needs_a_key_pages_ask_for_it_and_come_back() -> None:
    world = make_world(open_reading=False)
    world.add("2011/报告.docx")
    for path in ("/", "/?q=公开", "/catalogue", f"/d/{document_id('2011/报告.docx')}"):
        answer = world.client.get(path, headers=HTML)
        assert answer.status_code == 401
        # The challenge would have the browser ask in a window of its own.
        assert "www-authenticate" not in answer.headers
        assert 'action="/v1/session"' in answer.text
    assert 'name="next" value="/?q=%E5%85%AC%E5%BC%80"' in world.client.get("/?q=公开", headers=HTML).text
    assert world.client.get("/?q=公开", headers=world.sent(Scope.READ)).status_code == 200


def test_the_upload_page_asks_for_a_key_that_may_write(world: World) -> None:
    assert "请填写管理员发给的访问凭证" in world.client.get("/upload").text
    assert "换用有“写入”权限的凭证" in world.client.get("/upload", headers=world.sent(Scope.READ)).text
    answer = world.client.get("/upload?prefix=%22%3E%3Cscript%3E", headers=world.sent(Scope.WRITE))
    assert answer.status_code == 200
    assert 'enctype="multipart/form-data"' in answer.text
    assert Outline(answer.text).tags.count("script") == 2


def test_a_form_without_scripts_is_led_to_its_progress(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    files = [("files", ("报告.txt", "文".encode(), "text/plain")), ("files", ("坏/../名.txt", b"x", "text/plain"))]
    answer = world.client.post("/v1/uploads", files=files, headers={**sent, **HTML}, follow_redirects=False)
    assert answer.status_code == 303
    shown = world.client.get(answer.headers["location"], headers=sent).text
    assert '<dd id="n-received">1</dd>' in shown
    assert "有 1 个文件未接收" in shown
    assert "报告.txt" in shown
