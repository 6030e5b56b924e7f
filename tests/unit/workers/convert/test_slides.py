"""Presentations of both formats: titles as headings, notes apart, and what the last edit left."""

import struct
import zipfile
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.compound_file import make_compound
from tests.support.builders.ppt import record, text
from tests.support.word_reader import SAMPLES, body, of_role, read, tables

SLIDES = SAMPLES.parent / "slides"


def make_ppt(path: Path, *, token: int = 0xE391C05F, edit: int | None = None) -> Path:
    """Write a presentation of one slide whose box was edited once; its old state is still in the stream."""
    box = lambda content: record(0xF00D, text(4, content) + record(3998, struct.pack("<I", 1)), container=True)  # noqa: E731
    old, new = (record(1006, box(content), container=True) for content in ("旧的文字", "新的文字"))
    outline = record(1011, struct.pack("<IIiII", 2, 0, 0, 256, 0)) + text(0, "标题") + text(1, "第一段\r第二段")
    document = record(1000, record(4080, outline, container=True), container=True)
    stream = old + new + document
    first = record(6002, struct.pack("<III", (2 << 20) | 1, len(old) + len(new), 0))
    edits = len(stream)
    stream += first + record(4085, struct.pack("<IIIIII", 0, 0, 0, edits, 1, 2))
    last = len(stream)
    stream += record(6002, struct.pack("<II", (1 << 20) | 2, len(old)))
    current = len(stream)
    stream += record(4085, struct.pack("<IIIIII", 0, 0, edits + len(first), last, 1, 2))
    user = struct.pack("<HHIIII", 0, 4086, 20, 20, token, current if edit is None else edit)
    return make_compound(path, PowerPoint_Document=stream, Current_User=user)


def test_slides_have_titles_bodies_tables_groups_and_notes_apart() -> None:
    found = read(SLIDES / "slides.pptx")
    first = [block for block in found.blocks if block.page == 1]
    assert first[0].text == "第1页 政务公开要点"
    assert first[0].style is not None
    assert first[0].style.heading_level == 1
    assert [block.page for block in tables(found)] == [1]
    assert "【组合文本】" in body(found)
    assert of_role(found, "footnote")[0] == "【备注0】"
    assert found.pages == 30


def test_automatic_numbers_of_a_slide_stand_in_its_text(tmp_path: Path) -> None:
    numbered = "".join(
        f'<a:p><a:pPr lvl="{level}">{mark}</a:pPr><a:r><a:t>项</a:t></a:r></a:p>'
        for level, mark in (
            *((0, '<a:buAutoNum type="ea1ChsPeriod"/>'), (1, '<a:buAutoNum type="arabicParenBoth" startAt="3"/>')),
            *((1, '<a:buAutoNum type="arabicParenBoth" startAt="3"/>'), (0, '<a:buAutoNum type="ea1ChsPeriod"/>')),
            (0, "<a:buNone/>"),
        )
    )
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(SLIDES / "slides.pptx") as source, zipfile.ZipFile(path, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "ppt/slides/slide1.xml":
                head, _, rest = data.partition(b"<a:p>")
                data = head + numbered.encode() + b"<a:p>" + rest
            made.writestr(name, data)
    numbers = [block.number for block in read(path).blocks if block.text.endswith("项")]
    assert numbers == ["一.", "(3)", "(4)", "二.", None]


THREAD = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
OLD = '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm><p:text>请改数字</p:text></p:cm></p:cmLst>'
NEW = (
    f'<p188:cmLst xmlns:p188="{THREAD}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p188:cm>'
    "<p188:replyLst><p188:reply><p188:txBody><a:p><a:r><a:t>已改</a:t></a:r></a:p></p188:txBody></p188:reply>"
    "</p188:replyLst><p188:txBody><a:p><a:r><a:t>请改数字</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"
)


@pytest.mark.parametrize(("comments", "said"), [(OLD, ["请改数字"]), (NEW, ["请改数字", "已改"])])
def test_review_comments_are_hidden_and_named(tmp_path: Path, comments: str, said: list[str]) -> None:
    # ECMA-376 part 1, 19.4.1 cm; [MS-PPTX] 2.6.2 CT_Comment with its replies
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(SLIDES / "slides.pptx") as source, zipfile.ZipFile(path, "w") as made:
        made.writestr("ppt/comments/c1.xml", comments)
        for name in source.namelist():
            data = source.read(name)
            if name == "ppt/slides/_rels/slide1.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
                relation = b'<Relationship Id="c1" Type="%s" Target="../comments/c1.xml"/>' % kind
                data = data.replace(b"</Relationships>", relation + b"</Relationships>")
            made.writestr(name, data)
    found = read(path)
    assert [text for text in of_role(found, "hidden") if text in said] == said
    assert any(f"{len(said)} review comments" in problem.message for problem in found.problems)


def test_a_binary_presentation_is_read_as_its_last_edit_left_it(tmp_path: Path) -> None:
    found = read(make_ppt(tmp_path / "a.ppt"))
    assert body(found) == ["标题", "新的文字", "第一段", "第二段"]
    assert found.blocks[0].style is not None
    assert found.blocks[0].style.heading_level == 1
    assert not found.problems


def test_a_binary_presentation_without_its_edits_is_read_with_a_lossy_problem(tmp_path: Path) -> None:
    found = read(make_ppt(tmp_path / "a.ppt", edit=99_999_999))
    assert "新的文字" in body(found)
    assert [problem.lossy for problem in found.problems] == [True]


def test_an_encrypted_binary_presentation_is_recorded_as_such(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(make_ppt(tmp_path / "a.ppt", token=0xF3D1C4DF))
    assert caught.value.category is Category.ENCRYPTED


def test_a_cut_presentation_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "cut.pptx"
    path.write_bytes((SLIDES / "slides.pptx").read_bytes()[:20_000])
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT
