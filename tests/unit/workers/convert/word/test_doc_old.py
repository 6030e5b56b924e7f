"""Word 6 and 95: read by LibreOffice where it is installed, else by ourselves, text and tables alone."""

import struct
from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.compound_file import make_compound
from tests.support.builders.containers import read
from tests.support.builders.word_package import p, write_docx
from workers.confinement.external_program import find_program
from workers.convert.word.doc import old

TEXT = "关于政务公开的通知\r一、总体要求\x13 PAGE \x14见附表\x15。\r"
BODY = f"{TEXT}项目\x07金额\x07\x07培训\x07三万元\x07\x07附注\x0b换行\r"
NOTE = "脚注的内容\r"


def old_stream(body: str, note: str = "", *, flags: int = 0, coding: str = "gbk", pieces: bool = False) -> bytes:
    """Return a ``WordDocument`` stream of Word 6 whose text begins at 768."""
    texts = body.encode(coding), note.encode(coding)
    width = 2 if coding.startswith("utf-16") else 1
    head = bytearray(768)
    flags |= (0x1000 if width == 2 else 0) | (0x0004 if pieces else 0)
    struct.pack_into("<HHHHHH", head, 0, 0xA5DC, 101, 0, 0x0804, 0, flags)
    text = b"".join(texts)
    struct.pack_into("<II", head, 0x18, 768, 768 + len(text))
    struct.pack_into("<II", head, 0x34, *(len(part) // width for part in texts))
    if not pieces:
        return bytes(head) + text
    # Saved fast: the first half of the text stands behind the second.
    middle = len(texts[0].decode(coding)[:9].encode(coding))
    table = struct.pack("<3I", 0, middle, len(text))
    table += struct.pack("<HIHHIH", 0, 768 + len(text) - middle, 0, 0, 768, 0)
    clx = b"\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<II", head, 0x160, 768 + len(text), len(clx))
    return bytes(head) + text[middle:] + text[:middle] + clx


def reading(folder: Path, stream: bytes) -> Converted:
    return read(folder, make_compound(folder / "a.doc", WordDocument=stream).read_bytes(), hint="doc")


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize(
    "stream",
    [old_stream(BODY, NOTE), old_stream(BODY, NOTE, coding="utf-16-le"), old_stream(BODY, NOTE, pieces=True)],
    ids=["bytes", "wide", "saved fast"],
)
def test_text_tables_and_notes_are_read_and_what_is_not_is_said(tmp_path: Path, stream: bytes) -> None:
    found = reading(tmp_path, stream)
    assert [(block.role, block.text) for block in found.blocks] == [
        ("body", "关于政务公开的通知"),
        ("body", "一、总体要求见附表。"),
        ("body", "项目\t金额\n培训\t三万元"),
        ("body", "附注\n换行"),
        ("footnote", "脚注的内容"),
    ]
    assert found.blocks[2].rows == (("项目", "金额"), ("培训", "三万元"))
    assert found.format == "doc"
    ((problem),) = found.problems
    assert problem.lossy
    assert "LibreOffice" in problem.message


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize(
    ("stream", "category"),
    [
        (old_stream(BODY, flags=0x0100), Category.ENCRYPTED),
        (old_stream(""), Category.EMPTY),
        (old_stream(BODY)[:0x1C] + b"\0\0\1\0" + old_stream(BODY)[0x20:], Category.CORRUPT),
        (old_stream(BODY, pieces=True).replace(b"\x02\x1c\0\0\0", b"\x02\xff\xff\xff\x0f"), Category.CORRUPT),
    ],
    ids=["encrypted", "empty", "cut", "senseless pieces"],
)
def test_a_document_without_text_has_its_category(tmp_path: Path, stream: bytes, category: Category) -> None:
    with pytest.raises(DocumentError) as caught:
        reading(tmp_path, stream)
    assert caught.value.category is category


STUB = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
[ -f "$1" ] || exit 3
{action}
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    """Put a program in place of LibreOffice."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(STUB.format(action=action))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_where_libreoffice_is_installed_its_docx_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docx = write_docx(tmp_path / "made.docx", p("由办公软件转换"))
    install(tmp_path, monkeypatch, f'mkdir "$out"; cp {docx} "$out/given.docx"')
    found = reading(tmp_path, old_stream(BODY))
    assert (found.format, found.problems) == ("doc", ())
    assert [block.text for block in found.blocks] == ["由办公软件转换"]
    assert list((tmp_path / "work").iterdir()) == []


def test_libreoffice_is_started_again_where_it_only_made_its_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx = write_docx(tmp_path / "made.docx", p("由办公软件转换"))
    first = '[ -e "$HOME/started" ] || { touch "$HOME/started"; exit 81; }'
    install(tmp_path, monkeypatch, f'{first}; mkdir "$out"; cp {docx} "$out/given.docx"')
    assert [block.text for block in reading(tmp_path, old_stream(BODY)).blocks] == ["由办公软件转换"]


def test_what_libreoffice_takes_for_western_is_read_by_ourselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx = write_docx(tmp_path / "made.docx", p("关于政务公开的通知".encode("gbk").decode("latin-1")))
    install(tmp_path, monkeypatch, f'mkdir "$out"; cp {docx} "$out/given.docx"')
    assert reading(tmp_path, old_stream(BODY)).blocks[0].text == "关于政务公开的通知"


@pytest.mark.parametrize("action", ["exit 1", "exit 0", "kill -9 $$"])
def test_where_libreoffice_fails_the_text_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    install(tmp_path, monkeypatch, action)
    found = reading(tmp_path, old_stream(BODY))
    assert found.blocks[0].text == "关于政务公开的通知"
    assert found.problems[0].lossy


if find_program("soffice"):

    def test_the_real_program_reads_a_document_of_the_word_family(tmp_path: Path) -> None:
        from workers.convert.source import Source  # noqa: PLC0415
        from workers.convert.word.libreoffice import through_office  # noqa: PLC0415

        path = tmp_path / "object"
        path.write_bytes(rb"{\rtf1\ansi\ansicpg936 {\fonttbl{\f0\fcharset134 SimSun;}}\f0\u20844\'b9\u24320\'bf\par}")
        found = through_office(Source(path, "rtf", "rtf", tmp_path))
        assert found is not None
        assert [block.text for block in found.blocks] == ["公开"]
