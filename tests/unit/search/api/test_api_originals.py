"""Originals leave as downloads that can do no harm."""

from urllib.parse import unquote

import pytest

from schemas.families import family_mark
from schemas.outcomes import Problem, State
from schemas.records import document_id
from search.api.originals import disposition
from tests.support.http_application import World, make_world
from tests.support.library import PARTIAL_PROBLEM
from workers.convert.word.omissions import report_omissions


def test_an_original_leaves_whole_as_a_sandboxed_download(world: World) -> None:
    identifier = world.add("2011/年报.html", b"<script>alert(1)</script>")
    answer = world.client.get(f"/v1/documents/{identifier}/original")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-length"] == "25"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert unquote(answer.headers["content-disposition"].split("''")[1]) == "年报.html"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ('a/"; filename="x.exe', "; filename=x.exe"),
        ("a/line\r\nSet-Cookie: a=b.txt", "lineSet-Cookie: a=b.txt"),
        ("a/..", "document"),
        ("a/\u202etxt.exe", "txt.exe"),
        ("a\\b\\报告.doc", "报告.doc"),
        ("a/\udcff.txt", "txt"),
        ("a/" + "长" * 500 + ".docx", "长" * 175 + ".docx"),
    ],
)
def test_no_key_forges_the_header_or_the_name(key: str, name: str) -> None:
    header = disposition(key)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.split("''")[1]).replace('"', "") == name


@pytest.mark.parametrize("state", [State.FAILED, State.HELD])
def test_what_was_not_judged_fit_is_not_served(world: World, state: State) -> None:
    identifier = world.add("secret.docx", b"secret", state=state)
    answer = world.client.get(f"/v1/documents/{identifier}/original")
    assert answer.status_code == 403
    assert b"secret" not in answer.content.replace(b"secret.docx", b"")


def test_a_new_version_that_was_not_judged_yet_is_not_served(world: World, first: str) -> None:
    world.objects.kept["2011/残联/总结.docx"] = ("another etag", b"new content")
    answer = world.client.get(f"/v1/documents/{first}/original")
    assert answer.status_code == 409
    assert b"new content" not in answer.content


def test_a_container_is_served_only_when_all_in_it_was_judged_and_may_be_seen(world: World) -> None:
    inside = {"a.zip!/b.docx": "b", "a.zip!/c.zip": "c"}
    container = world.add("a.zip", b"zip", container=True, mark=family_mark(inside.items()))
    assert refusal(world, container) == "the files inside it are still being judged; try again in a moment"
    world.add("a.zip!/b.docx", parent="a.zip", etag="b")
    deep = {"a.zip!/c.zip!/d.txt": "d"}
    world.add("a.zip!/c.zip", parent="a.zip", etag="c", container=True, mark=family_mark(deep.items()))
    assert "still being judged" in refusal(world, container)
    world.add("a.zip!/c.zip!/d.txt", parent="a.zip!/c.zip", etag="an older version")
    assert "still being judged" in refusal(world, container)
    world.add("a.zip!/c.zip!/d.txt", parent="a.zip!/c.zip", etag="d", state=State.HELD)
    assert refusal(world, container) == "a document inside it is held"
    world.add("a.zip!/c.zip!/d.txt", parent="a.zip!/c.zip", etag="d")
    child = document_id("a.zip!/b.docx")
    assert refusal(world, container) == ""
    assert "a.zip" in world.client.get(f"/v1/documents/{child}/original").json()["detail"]
    world.add("a.zip!/left behind.txt", parent="a.zip!/gone.zip")
    assert "still being judged" in refusal(world, container)


UNREAD = {
    "a failed file": ({"state": State.FAILED}, True),
    "a page left out": ({"state": State.PARTIAL, "problems": (PARTIAL_PROBLEM,)}, False),
    "an embedded object": ({"problems": tuple(report_omissions(0, 0, 1))}, False),
}


@pytest.mark.parametrize("serve_unread", [False, True])
@pytest.mark.parametrize("case", UNREAD)
def test_what_nobody_could_judge_is_served_only_as_the_setting_says(case: str, serve_unread: bool) -> None:
    fields, inside_only = UNREAD[case]
    world = make_world(serve_unread=serve_unread)
    container = world.add("a.zip", b"zip", container=True, mark=family_mark([("a.zip!/b", "b")]))
    world.add("a.zip!/b", parent="a.zip", etag="b", **fields)
    alone = world.add("b", **fields)
    for identifier in (container,) if inside_only else (container, alone):
        said = refusal(world, identifier)
        assert bool(said) is not serve_unread
        assert serve_unread or "GONGKAI_SERVE_UNREAD" in said
    page = world.client.get(f"/d/{alone}").text
    assert ("不提供下载" in page) is (not inside_only and not serve_unread)


def test_damaged_characters_are_read_and_keep_no_original_back(world: World) -> None:
    damaged = Problem("normalize", "the text ends in the middle of a sentence", lossy=True)
    assert refusal(world, world.add("b.txt", state=State.PARTIAL, problems=(damaged,))) == ""


def refusal(world: World, identifier: str) -> str:
    """Return why an original is not served; empty where it is."""
    answer = world.client.get(f"/v1/documents/{identifier}/original")
    if answer.status_code == 200:
        return ""
    assert answer.status_code == 403
    return str(answer.json()["detail"]).removeprefix("the original is not served: ")


def test_an_original_that_is_gone_says_so(world: World) -> None:
    world.objects.kept.clear()
    answer = world.client.get(f"/v1/documents/{document_id('bad/xss.html')}/original")
    assert (answer.status_code, answer.json()["detail"]) == (404, "the original is no longer in the bucket")
