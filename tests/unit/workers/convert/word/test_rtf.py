r"""RTF: the text of its docx twin, every way a writer encodes Chinese, tables, and files cut or nested without end."""

import json
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.rtf import write_rtf
from tests.support.word_reader import SAMPLES, body, of_role, read, squeezed, tables

RTF = SAMPLES.parent / "rtf"


def test_generated_numbers_stand_in_the_text_in_order() -> None:
    truth = [text for _, text in json.loads((RTF / "features.json").read_text("utf-8"))]
    texts = [squeezed(text) for text in body(read(RTF / "features.rtf"))]
    assert texts[: len(truth)] == [squeezed(text) for text in truth]


def test_headings_have_level_number_and_look() -> None:
    block = next(block for block in read(RTF / "features.rtf").blocks if block.number == "一、")
    assert block.text == "一、总体要求第001组"
    assert block.style is not None
    assert (block.style.heading_level, block.style.bold, block.style.size) == (1, True, 16.0)


def test_every_feature_of_the_sample_is_in_its_place() -> None:
    found = read(RTF / "features.rtf")
    assert of_role(found, "header") == ["【页眉内容戊】"]
    assert of_role(found, "footer") == ["【页脚内容己】"]
    assert of_role(found, "textbox") == ["【文本框内容甲】"]
    assert of_role(found, "footnote") == ["【脚注内容乙】"]
    assert set(of_role(found, "hidden")) == {"【隐藏文字】", "【删除修订丁】", "【移动来源】"}
    texts = body(found)
    assert "修订前【插入修订丙】修订后" in texts
    assert not any("删除" in text for text in texts)
    assert [block.rows for block in tables(found)] == [block.rows for block in tables(read(SAMPLES / "features.docx"))]
    assert {clue.label for clue in found.clues} >= {"author", "created"}


@pytest.mark.parametrize(
    ("head", "content"),
    [
        (r"\ansi\ansicpg936", r"\'b9\'fa\'ce\'f1\'d4\'ba"),
        (r"\ansi\ansicpg1252{\fonttbl{\f3\fcharset134 SimSun;}}", r"\f3\'b9\'fa\'ce\'f1\'d4\'ba"),
        (r"\ansi\ansicpg936{\fonttbl{\f3\fcharset0 SimSun;}}", r"\f3\'b9\'fa\'ce\'f1\'d4\'ba"),
        (r"\ansi\ansicpg936", "国务院".encode("gb18030")),
        (r"\ansi\ansicpg950", "國務院".encode("big5")),
        (r"\ansi", r"\u22269?\u21153?\u-27038?"),
        (r"\ansi\uc2", r"\u22269\'b9\'fa\u21153\'ce\'f1\u-27038\'d4\'ba"),
        (r"\ansi\uc0", r"\u22269\u21153{\u-27038}"),
        (r"\ansi{\upr{\'3f}{\*\ud{\u22269?}}}", r"\u21153?\u-27038?"),
    ],
)
def test_chinese_is_read_however_a_writer_encodes_it(tmp_path: Path, head: str, content: bytes | str) -> None:
    (text,) = body(read(write_rtf(tmp_path / "a.rtf", content, head)))
    assert text.replace("國務", "国务") == "国务院"


def test_a_trail_byte_that_is_markup_elsewhere_belongs_to_its_character(tmp_path: Path) -> None:
    found = body(read(write_rtf(tmp_path / "a.rtf", rb"\'81A\'81\\\'81\{", r"\ansi\ansicpg936")))
    assert found == [b"\x81A\x81\\\x81{".decode("gb18030")]


def test_surrogates_beyond_the_basic_plane_make_one_character(tmp_path: Path) -> None:
    high, low = (unit - 0x10000 for unit in (0xD842, 0xDFB7))
    assert body(read(write_rtf(tmp_path / "a.rtf", rf"\u{high}?\u{low}?"))) == ["𠮷"]


def test_style_hints_are_taken_from_the_paragraph(tmp_path: Path) -> None:
    content = r"{\stylesheet{\s1\outlinelevel1 heading 2;}}\pard\plain\s1\qc\fi640\b\fs44 A\par\pard\plain B\par"
    first, second = read(write_rtf(tmp_path / "a.rtf", content)).blocks
    assert first.style is not None
    assert second.style is not None
    assert (first.style.heading_level, first.style.align, first.style.indent) == (2, "center", 32.0)
    assert (first.style.bold, first.style.size, first.style.name) == (True, 22.0, "heading 2")
    assert (second.style.heading_level, second.style.bold, second.style.align) == (None, False, None)


def test_a_cell_that_spans_columns_leaves_the_others_in_theirs(tmp_path: Path) -> None:
    cells = r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl A\cell B\cell C\cell\row"
    spanned = r"\trowd\cellx2000\cellx3000\pard\intbl D\cell E\cell\row\pard F\par"
    (table,) = tables(read(write_rtf(tmp_path / "a.rtf", cells + spanned)))
    assert table.rows == (("A", "B", "C"), ("D", "", "E"))


def test_pictures_fields_and_unknown_destinations_are_not_text(tmp_path: Path) -> None:
    content = (
        r"A{\pict\pngblip 89504e47{\*\blipuid 12}}{\field{\*\fldinst HYPERLINK x}{\fldrslt B}}"
        r"{\*\unknown C{\deep D}}{\object{\result E}}{\*\annotation F}G\par"
    )
    found = read(write_rtf(tmp_path / "a.rtf", content))
    assert body(found) == ["ABG"]
    assert len(found.problems) == 2


def test_binary_data_of_any_bytes_is_passed_over(tmp_path: Path) -> None:
    assert body(read(write_rtf(tmp_path / "a.rtf", b"A{\\pict\\bin4 }{\\}}B\\bin3 {{{C"))) == ["ABC"]


def test_a_cut_file_is_read_as_far_as_it_goes_with_a_lossy_problem(tmp_path: Path) -> None:
    path = tmp_path / "cut.rtf"
    path.write_bytes((RTF / "features.rtf").read_bytes()[:60_000])
    found = read(path)
    assert "一、总体要求第001组" in body(found)
    assert [problem.category for problem in found.problems if problem.lossy] == [Category.CORRUPT]


def test_a_file_cut_before_its_text_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "cut.rtf"
    path.write_bytes((RTF / "features.rtf").read_bytes()[:2000])
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


def test_groups_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(write_rtf(tmp_path / "a.rtf", "{" * 100_000))
    assert caught.value.category is Category.BOMB


@pytest.mark.parametrize(
    "content", ["}" * 50, r"\cell\row\nestrow\itap99999 A\nestcell", r"\u999999999 ?\fs-5 A", "\\"]
)
def test_senseless_markup_is_survived(tmp_path: Path, content: str) -> None:
    assert len(read(write_rtf(tmp_path / "a.rtf", content)).blocks) <= 2
