"""Uploads: what arrives is what was sent, under a harmless name, within limits, and can be followed."""

from dataclasses import replace
from typing import Any
from unicodedata import normalize

import pytest

from schemas.access import Scope
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from search.api.upload_keys import NameRefusedError, upload_key
from tests.support.http_application import LARGEST_UPLOAD, World

HOSTILE_NAMES = [
    "../../etc/passwd", "/etc/passwd", "a//b", "", ".", "..", "a/../b", "a/./b", "a\x00b", "a\nb",
    "\u202efdp.exe", "\ud800", "长" * 86, "a/" * 600 + "b", "archive.zip!/inside.txt",
    "a /b", "a\u2028b", "a\u200bb", "\\",
]  # fmt: skip


def form(*files: tuple[str, bytes]) -> list[Any]:
    return [("files", (name, data, "application/octet-stream")) for name, data in files]


def test_a_form_brings_any_number_of_files(world: World) -> None:
    files = form(("报告.docx", b"1"), ("子目录/年报.pdf", b"2" * 100_000))
    answer = world.client.post("/v1/uploads", params={"prefix": "市局/"}, files=files, headers=world.sent(Scope.WRITE))
    assert answer.status_code == 202
    assert world.uploads.inbox == {"市局/报告.docx": b"1", "市局/子目录/年报.pdf": b"2" * 100_000}
    assert [one["id"] for one in answer.json()["files"]] == [document_id(key) for key in world.uploads.inbox]


def test_a_body_that_is_no_form_is_one_file(world: World) -> None:
    sent = world.sent(Scope.WRITE) | {"Content-Type": "application/pdf"}
    answer = world.client.post("/v1/uploads", params={"key": "a/年报.pdf"}, content=b"%PDF", headers=sent)
    assert answer.status_code == 202
    assert world.uploads.inbox == {"a/年报.pdf": b"%PDF"}


def test_uploading_needs_a_key_that_may_write(world: World) -> None:
    assert world.client.post("/v1/uploads", files=form(("a", b""))).status_code == 401
    answer = world.client.post("/v1/uploads", files=form(("a", b"")), headers=world.sent(Scope.READ))
    assert answer.status_code == 403
    assert world.uploads.inbox == {}


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_no_hostile_name_becomes_a_key(name: str) -> None:
    with pytest.raises(NameRefusedError):
        upload_key(name)


def test_names_from_every_system_become_the_same_key() -> None:
    assert upload_key("市局\\年报 (1)+%2F.docx") == "市局/年报 (1)+%2F.docx"
    assert upload_key(normalize("NFD", "é.txt")) == "é.txt"
    assert upload_key("b.txt", prefix="/a/") == "a/b.txt"


def test_what_cannot_be_kept_is_named_and_the_others_are_taken(world: World) -> None:
    files = form(("../x", b"1"), ("好.txt", b"2"), ("好.txt", b"3"))
    answer = world.client.post("/v1/uploads", files=files, headers=world.sent(Scope.WRITE)).json()
    assert world.uploads.inbox == {"好.txt": b"2"}
    assert [one["name"] for one in answer["refused"]] == ["../x", "好.txt"]
    answer = world.client.post("/v1/uploads", files=form(("../x", b"1")), headers=world.sent(Scope.WRITE))
    assert answer.status_code == 422
    assert "../x" in answer.json()["detail"]


def test_an_upload_above_the_limit_is_ended_and_nothing_of_it_kept(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    large = b"x" * (LARGEST_UPLOAD + 1)
    for asked in ({"files": form(("a", large))}, {"content": large, "params": {"key": "a"}}):
        answer = world.client.post("/v1/uploads", headers=sent, **asked)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
    pieces = (large[:1000] for _ in range(LARGEST_UPLOAD // 1000 + 2))
    answer = world.client.post("/v1/uploads", params={"key": "a"}, content=pieces, headers=sent)
    assert answer.status_code == 413
    assert world.uploads.inbox == {}


def test_other_bodies_are_limited_much_closer(world: World) -> None:
    body = b'{"name": "' + b"x" * 1_000_001 + b'"}'
    sent = world.sent(Scope.WRITE) | {"Content-Type": "application/json"}
    assert world.client.post("/v1/saved-searches", content=body, headers=sent).status_code == 413


def test_a_form_that_breaks_off_is_a_problem_document(world: World) -> None:
    sent = world.sent(Scope.WRITE) | {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"--x\r\nContent-Disposition: nonsense\r\n\r\na", b"nonsense", b""):
        answer = world.client.post("/v1/uploads", content=body, headers=sent)
        assert answer.status_code in {400, 422}
    sent["Content-Type"] = "multipart/form-data"
    assert world.client.post("/v1/uploads", content=b"x", headers=sent).status_code == 400


def outcome(key: str, etag: str, **fields: Any) -> DocumentRecord:
    return replace(DocumentRecord(document_id(key), key, etag, State.INDEXED), **fields)


def test_progress_says_of_each_file_what_became_of_it(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    names = ("done", "part", "bad", "held", "wait", "new", "gone")
    batch = world.client.post("/v1/uploads", files=form(*((n, n.encode()) for n in names)), headers=sent).json()
    etags = {one["key"]: one["etag"] for one in batch["files"]}
    broken = (Problem("convert", "the file is encrypted", Category.ENCRYPTED),)
    secret = (Problem("extract", "含身份证号码", None),)
    for record in (
        outcome("done", etags["done"]),
        outcome("part", etags["part"], state=State.PARTIAL),
        outcome("bad", etags["bad"], state=State.FAILED, problems=broken),
        outcome("held", etags["held"], state=State.HELD, problems=secret),
        outcome("wait", "of the version before"),
        outcome("new", "of a later version"),
    ):
        world.index.replace(record, [])
    world.uploads.inbox["new"] = b"overwritten"
    del world.uploads.inbox["gone"]
    answer = world.client.get(f"/v1/uploads/{batch['batch']}", headers=sent).json()
    states = {one["key"]: one["state"] for one in answer["files"]}
    assert states == {
        "done": "indexed", "part": "partial", "bad": "failed", "held": "held", "wait": "waiting",
        "new": "replaced", "gone": "replaced",
    }  # fmt: skip
    assert [answer[name] for name in ("received", "done", "failed", "held", "left")] == [7, 2, 1, 1, 1]
    problems = {one["key"]: one["problem"] for one in answer["files"]}
    assert problems["bad"] == "the file is encrypted"
    assert problems["held"] is None


def test_a_batch_grows_by_requests_that_name_it(world: World) -> None:
    sent, batch = world.sent(Scope.WRITE), "0123456789abcdef" * 2
    for name in ("a", "b"):
        world.client.post("/v1/uploads", params={"batch": batch}, files=form((name, b"")), headers=sent)
    assert world.client.get(f"/v1/uploads/{batch}", headers=sent).json()["received"] == 2


def test_a_batch_is_told_only_to_the_key_that_sent_it(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    batch = world.client.post("/v1/uploads", files=form(("a", b"")), headers=sent).json()["batch"]
    assert world.client.get(f"/v1/uploads/{batch}", headers=sent).status_code == 200
    assert world.client.get(f"/v1/uploads/{batch}", headers=world.sent(Scope.WRITE)).status_code == 404
    assert world.client.get("/v1/uploads/" + "0" * 32, headers=sent).status_code == 404
    assert world.client.get("/v1/uploads/..%2f..", headers=sent).status_code in {404, 422}
