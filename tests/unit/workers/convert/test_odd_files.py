"""Files damaged, mislabelled or made of pictures: what can be read is read, what is lost is said, in its category.

Copies fail with NUL bytes in front, behind and throughout; a package keeps parts a text can be read without; and
readers of office documents pass over pictures.
"""

import struct
import zipfile
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.containers import read as read_any
from tests.support.builders.ole import ole
from tests.support.builders.word_package import p, write_docx
from tests.support.word_reader import SAMPLES, body, read
from workers.convert.detect.signature import sniff
from workers.convert.text.encoding import decode

# An A4 page at 150 dots an inch: the head of a PNG (ISO 15948, 11.2.2) says so, and more is not looked at.
PAGE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1240, 1754) + bytes(5000)
TEXT = "关于做好防汛工作的通知，各单位请认真贯彻执行。"


def damaged(path: Path, part: str) -> Path:
    """Overwrite the beginning of what a package stores for a part."""
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(part).header_offset + 30 + len(part)
    data = bytearray(path.read_bytes())
    data[start : start + 20] = bytes(20)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("part", ["styles", "footnotes", "header1", "comments", "numbering"])
def test_a_damaged_part_beside_the_text_costs_itself_and_is_said(tmp_path: Path, part: str) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    note = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts = {name: p("甲") for name in ("styles", "footnotes", "header1", "comments", "numbering")}
    path = write_docx(tmp_path / "a.docx", p(TEXT) + note + section, **parts)
    found = read(damaged(path, f"word/{part}.xml"))
    assert body(found) == [TEXT]
    assert [(problem.code, problem.lossy) for problem in found.problems if problem.lossy] == [("part-left-out", True)]


def test_styles_of_an_opendocument_text_that_are_damaged_cost_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes((SAMPLES.parent / "odt" / "features.odt").read_bytes())
    whole = body(read(path))
    found = read(damaged(path, "styles.xml"))
    assert len(body(found)) == len(whole)
    assert "part-left-out" in [problem.code for problem in found.problems]


@pytest.mark.parametrize(("name", "format_"), [("word/features.docx", "docx"), ("rtf/features.rtf", "rtf")])
def test_nul_bytes_in_front_of_a_document_change_nothing_of_it(tmp_path: Path, name: str, format_: str) -> None:
    original = SAMPLES.parent / name
    path = tmp_path / f"a.{format_}"
    path.write_bytes(bytes(512) + original.read_bytes())
    assert sniff(path, hint=format_) == format_
    assert body(read(path)) == body(read(original))


@pytest.mark.parametrize(
    ("content", "category"),
    [
        (bytes(5000), Category.CORRUPT),
        (bytes(512) + (SAMPLES / "features.doc").read_bytes()[:4096], Category.CORRUPT),
        (ole({"\x09DRMContent": b"\1" * 100}), Category.ENCRYPTED),  # [MS-OFFCRYPTO] 2.2.1
    ],
)
def test_what_says_what_it_was_has_its_category(tmp_path: Path, content: bytes, category: Category) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        sniff(path, hint="doc")
    assert caught.value.category is category


def test_the_mark_of_utf_8_before_bytes_of_gbk_hides_no_text() -> None:
    found = decode(b"\xef\xbb\xbf" + (TEXT * 5).encode("gbk"))
    assert (found.text, found.problems) == (TEXT * 5, ())
    cut = decode(b"\xef\xbb\xbf" + (TEXT * 5).encode()[:-1])
    assert cut.text.startswith(TEXT)
    assert cut.encoding == "utf-8-sig"


@pytest.mark.parametrize(("text", "code"), [("", "pictures-only"), (TEXT, "pictures-unread")])
def test_pages_that_are_pictures_in_an_office_document_are_named(tmp_path: Path, text: str, code: str) -> None:
    path = write_docx(tmp_path / "a.docx", p(text))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/media/image1.png", PAGE)
        archive.writestr("word/media/image2.png", PAGE[:3000])  # too small for more than a sign
    found = read_any(tmp_path, path.read_bytes(), hint="docx")
    assert [(problem.code, problem.values["count"]) for problem in found.problems] == [(code, 1)]
    assert found.problems[0].lossy is not bool(text)
