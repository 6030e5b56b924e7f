"""Saved pages: the page inside in its own charset, frames in order, nothing of the pictures."""

import base64
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.word_reader import body, read

PAGE = "<html><head><title>通知</title></head><body><p>关于印发政务公开工作要点的通知。</p><p>{}</p></body></html>"


def make(path: Path, *parts: tuple[str, bytes]) -> Path:
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: http://example.gov.cn/a.html",
        "Subject: =?utf-8?B?" + base64.b64encode("通知".encode()).decode() + "?=",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="b"',
        "",
    ]
    for kind, data in parts:
        lines += ["--b", f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", ""]
        lines += [base64.encodebytes(data).decode()]
    path.write_text("\r\n".join([*lines, "--b--", ""]), "ascii")
    return path


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_page_inside_is_read_in_the_charset_its_part_names(tmp_path: Path, charset: str) -> None:
    page = PAGE.format("各县（市、区）人民政府：现将有关事项通知如下。").encode(
        "gb18030" if charset == "gb2312" else charset
    )
    found = read(make(tmp_path / "a.mht", (f'text/html; charset="{charset}"', page), ("image/png", b"\x89PNG")))
    assert found.format == "mht"
    assert "各县（市、区）人民政府：现将有关事项通知如下。" in body(found)
    assert {clue.label: clue.value for clue in found.clues}["url"] == "http://example.gov.cn/a.html"
    assert ("title", "通知") in [(clue.label, clue.value) for clue in found.clues]


def test_frames_follow_the_page(tmp_path: Path) -> None:
    parts = [
        ("text/html; charset=utf-8", PAGE.format(text).encode())
        for text in ("第一框的正文内容。", "第二框的正文内容。")
    ]
    texts = body(read(make(tmp_path / "a.mht", *parts)))
    assert texts.index("第一框的正文内容。") < texts.index("第二框的正文内容。")
    assert not list(tmp_path.glob("*.html"))


def test_the_style_sheets_saved_beside_a_page_hide_what_they_hide(tmp_path: Path) -> None:
    page = PAGE.format("各县人民政府：<span class=q>推广</span>现将有关事项通知如下。").encode()
    parts = ("text/html; charset=utf-8", page), ("text/css", b".q{display:none}")
    assert "各县人民政府：现将有关事项通知如下。" in body(read(make(tmp_path / "a.mht", *parts)))


def test_a_saved_page_without_a_page_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(make(tmp_path / "a.mht", ("image/png", b"\x89PNG")))
    assert caught.value.category is Category.EMPTY
