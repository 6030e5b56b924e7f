"""Originals leave as downloads that can do no harm."""

from urllib.parse import unquote

import pytest

from schemas.outcomes import State
from schemas.records import document_id
from search.api.originals import disposition
from tests.support.http_application import World


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


def test_a_container_with_a_held_child_is_not_served(world: World) -> None:
    container = world.add("a.zip", b"zip", container=True)
    child = world.add("a.zip!/b.docx", parent="a.zip")
    assert world.client.get(f"/v1/documents/{container}/original").status_code == 200
    assert "a.zip" in world.client.get(f"/v1/documents/{child}/original").json()["detail"]
    world.add("a.zip!/c.docx", state=State.HELD, parent="a.zip")
    assert world.client.get(f"/v1/documents/{container}/original").status_code == 403


def test_an_original_that_is_gone_says_so(world: World) -> None:
    world.objects.kept.clear()
    answer = world.client.get(f"/v1/documents/{document_id('bad/xss.html')}/original")
    assert (answer.status_code, answer.json()["detail"]) == (404, "the original is no longer in the bucket")
