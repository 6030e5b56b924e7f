"""Raised digits, struck words, fractions, ticked boxes and fields without a result, in every format but RTF.

The right values are what Word and LibreOffice show; the markup is that of ECMA-376 part 1 as the sections named say.
"""

import struct
from pathlib import Path

import pytest
from lxml import etree

from tests.support.builders.odf import write_odt
from tests.support.builders.word_package import write_docx
from tests.support.word_reader import body, of_role, read
from workers.convert.slides.pptx.text import paragraphs
from workers.convert.spreadsheet.sheet_blocks import cell_text
from workers.convert.text import notation
from workers.convert.word.doc.forms import box_state
from workers.convert.word.doc.sprms import run_shape
from workers.convert.word.docx.wml import DRAWING as DRAWING_TAG
from workers.convert.word.fields import Automatic, drawn_text

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWING = DRAWING_TAG.strip("{}")
SUM = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(folder: Path, inside: str, **parts: str) -> list[str]:
    return body(read(write_docx(folder / "a.docx", f"<w:p>{inside}</w:p>", **parts)))


def equation(folder: Path, inside: str) -> str:
    return docx(folder, f"<m:oMath {MATH}>{inside}</m:oMath>")[0]


def part(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


def test_raised_and_lowered_digits_are_those_of_unicode(tmp_path: Path) -> None:
    # 17.3.2.42 vertAlign
    raised, lowered = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    inside = (
        run("面积3.2×10") + run("5", raised) + run("公顷，用水10m") + run("3", raised) + run("，CO") + run("2", lowered)
    )
    assert docx(tmp_path, inside) == ["面积3.2×10⁵公顷，用水10m³，CO₂"]


def test_a_raised_style_counts_and_a_run_can_take_it_back(tmp_path: Path) -> None:
    style = '<w:style w:type="character" w:styleId="up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    up = '<w:rStyle w:val="up"/>'
    inside = run("1000") + run("1", up) + run("2", up + '<w:vertAlign w:val="baseline"/>')
    assert docx(tmp_path, inside, styles=style) == ["1000¹2"]


def test_struck_words_are_marked(tmp_path: Path) -> None:
    # 17.3.2.37 strike, 17.3.2.9 dstrike
    inside = (
        run("按")
        + run("旧", "<w:strike/>")
        + run("办法", "<w:dstrike/>")
        + run("新办法")
        + run("。", '<w:strike w:val="0"/>')
    )
    assert docx(tmp_path, inside) == ["按~~旧办法~~新办法。"]


@pytest.mark.parametrize(
    ("inside", "right"),
    [
        (f"<m:f>{part('num', '1')}{part('den', '2')}</m:f>", "1/2"),
        (f"<m:f>{part('num', 'a+b')}{part('den', 'c')}</m:f>", "(a+b)/c"),
        (f"<m:sSup>{part('e', '10')}{part('sup', '4')}</m:sSup>", "10⁴"),
        (f"<m:sSup>{part('e', 'x')}{part('sup', 'a+b')}</m:sSup>", "x^(a+b)"),
        (f"<m:sSub>{part('e', 'CO')}{part('sub', '2')}</m:sSub>", "CO₂"),
        (f"<m:rad>{part('deg', '')}{part('e', '9')}</m:rad>", "√9"),
        (f"<m:rad>{part('deg', '3')}{part('e', 'a+b')}</m:rad>", "³√(a+b)"),
        (f"<m:d>{part('e', 'a+b')}</m:d>", "(a+b)"),
        (f"<m:nary>{SUM}{part('sub', 'i=1')}{part('sup', 'n')}{part('e', 'x')}</m:nary>", "∑(i=1..n)x"),
    ],
)
def test_equations_keep_their_meaning(tmp_path: Path, inside: str, right: str) -> None:
    # 22.1.2: f fraction, sSup and sSub scripts, rad radical, d delimiters, nary n-ary operator
    assert equation(tmp_path, inside) == right


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ("<w:checked/>", "☑"),
        ('<w:checked w:val="0"/>', "□"),
        ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "□"),
        ("", "□"),
    ],
)
def test_a_legacy_check_box_shows_its_state(tmp_path: Path, state: str, sign: str) -> None:
    # 17.16.7 checkBox, 17.16.8 checked, 17.16.12 default
    box = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    marks = f'<w:r><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r>'
    marks += "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert docx(tmp_path, marks + end + run("是")) == [f"{sign}是"]


@pytest.mark.parametrize(("value", "sign"), [("1", "☑"), ("0", "□")])
def test_a_check_box_control_shows_its_state(tmp_path: Path, value: str, sign: str) -> None:
    # [MS-DOCX] 2.6.1.5 checkbox
    box = f'<w14:checkbox {W14}><w14:checked w14:val="{value}"/></w14:checkbox>'
    control = f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
    assert docx(tmp_path, control + run("邮寄")) == [f"{sign}邮寄"]


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        (r"EQ \f(1,2)", "1/2"),
        (r"eq \o\ac(○,21)", "㉑"),
        (r"eq \o\ac(□,正)", "正"),
        (r"eq \o\ac(△,!)", "!"),
        (r"EQ \o(\s\up 5(国务院),\s\do 2(办公厅))", "国务院办公厅"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(gǎo),藁)', "藁"),
        (r"EQ 10\s\up 4(5)", "10⁵"),
        (r"EQ \r(3,8)", "³√8"),
        (r"EQ \b\bc\{(\a\al(x,y))", "{x y}"),
        (r'SYMBOL 254 \f "Wingdings"', "☑"),
        ("PAGE", ""),
    ],
)
def test_a_field_without_result_shows_what_word_draws(instruction: str, right: str) -> None:
    assert drawn_text(instruction) == right


def test_fields_that_count_are_numbered() -> None:
    # ECMA-376 part 1, 17.16.5.7 AUTONUM; LISTNUM and its three lists as Word numbers them
    automatic = Automatic()
    said = [
        "AUTONUM",
        r"AUTONUM \s 、",
        "LISTNUM",
        r"LISTNUM \l 2",
        r"LISTNUM \l 2",
        "LISTNUM",
        r"LISTNUM LegalDefault \l 2",
    ]
    assert [automatic.number(text) for text in said] == ["1.", "2、", "1)", "a)", "b)", "2)", "1.1."]


def test_the_number_of_a_letterhead_is_the_first_line(tmp_path: Path) -> None:
    from workers.convert.registry import convert  # noqa: PLC0415 - the whole way, not one reader

    header = (
        "<w:p><w:r><w:t>临江市人民政府办公室文件</w:t></w:r></w:p><w:p><w:r><w:t>临政办发〔2024〕15号</w:t></w:r></w:p>"
    )
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    path = write_docx(tmp_path / "a.docx", f"<w:p>{run('关于做好防汛工作的通知')}</w:p>{section}", header1=header)
    converted = convert(path, hint="docx", workdir=tmp_path)
    assert body(converted) == ["临政办发〔2024〕15号", "关于做好防汛工作的通知"]


def test_comments_and_deletions_are_handed_on_as_hidden_text(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="某"><w:r><w:delText>110101199003070011</w:delText></w:r></w:del>'
    comment = '<w:comment w:id="0"><w:p><w:r><w:t>此人电话13812345678</w:t></w:r></w:p></w:comment>'
    path = write_docx(tmp_path / "a.docx", f"<w:p>{run('正文')}{deleted}</w:p>", comments=comment)
    converted = read(path)
    assert (body(converted), of_role(converted, "hidden")) == (["正文"], ["110101199003070011", "此人电话13812345678"])
    assert len(converted.problems) == 2


def test_signs_that_have_no_superscript_stay() -> None:
    assert [notation.raise_text(text) for text in ("th", "[1]", "-3", "１")] == ["th", "[1]", "⁻³", "¹"]
    assert (notation.raise_text("2.5", "10"), notation.lower_text("2.5", "PM"), notation.lower_text("a1", "log2")) == (
        "^2.5",
        "2.5",
        "a1",
    )


def test_raised_and_struck_text_of_a_slide(tmp_path: Path) -> None:
    # 21.1.2.3.9: baseline is a percentage of the font size, strike one of sngStrike, dblStrike, noStrike
    runs = '<a:r><a:t>1.2×10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>4</a:t></a:r><a:r><a:rPr baseline="-25000"/>'
    runs += '<a:t>2</a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t>旧</a:t></a:r>'
    body = etree.fromstring(f'<a:txBody xmlns:a="{DRAWING}"><a:p>{runs}</a:p></a:txBody>')
    assert [block.text for block in paragraphs(body, "body", 1)] == ["1.2×10⁴₂~~旧~~"]


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (6222021001000020.0, "6222021001000020"),
        (2.1e17, "210000000000000000"),
        (12345.5, "12345.5"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_long_number_of_a_sheet_is_whole(value: float, right: str) -> None:
    assert cell_text(value) == right


def test_raised_and_struck_text_of_an_opendocument_text(tmp_path: Path) -> None:
    # ODF 1.3 part 3, 20.395 style:text-position and 20.379 style:text-line-through-style
    def style(name: str, said: str) -> str:
        inside = f"<style:text-properties {said}/>"
        return f'<style:style style:name="{name}" style:family="text">{inside}</style:style>'

    styles = style("up", 'style:text-position="super 58%"') + style("high", 'style:text-position="33% 58%"')
    styles += style("low", 'style:text-position="sub 58%"') + style("off", 'style:text-line-through-style="solid"')
    spans = "".join(
        f'{before}<text:span text:style-name="{name}">{text}</text:span>'
        for before, name, text in (
            ("10", "up", "5"),
            ("公顷，m", "high", "3"),
            ("，CO", "low", "2"),
            ("，", "off", "旧"),
        )
    )
    path = write_odt(tmp_path / "a.odt", f"<text:p>{spans}</text:p>", styles=styles)
    assert body(read(path)) == ["10⁵公顷，m³，CO₂，~~旧~~"]


@pytest.mark.parametrize(("code", "shift"), [(b"\x48\x2a\x01", 1), (b"\x48\x2a\x02", -1), (b"\x48\x2a\x00", 0)])
def test_a_raised_run_of_a_binary_document(code: bytes, shift: int) -> None:
    # [MS-DOC] 2.6.1 sprmCIss: 1 is superscript, 2 subscript
    assert run_shape(code).shift == shift


def test_a_struck_run_of_a_binary_document() -> None:
    # [MS-DOC] 2.6.1 sprmCFStrike, sprmCFDStrike
    assert run_shape(b"\x37\x08\x01").struck == run_shape(b"\x53\x2a\x01").struck == 1


@pytest.mark.parametrize(
    ("bits", "default", "ticked"), [(1 | 1 << 2, 0, True), (1 | 0 << 2, 1, False), (1 | 25 << 2, 1, True), (0, 1, None)]
)
def test_the_check_box_of_a_binary_document(bits: int, default: int, ticked: bool | None) -> None:
    # [MS-DOC] 2.9.78 FFData: iType 1 is a check box, iRes 25 stands for the default
    head = struct.pack("<IH", 0, 68).ljust(68, b"\0")
    data = head + struct.pack("<IHHH", 0xFFFFFFFF, bits, 0, 0) + struct.pack("<HH", 0, 0) + struct.pack("<H", default)
    assert box_state(data, 0) is ticked


@pytest.mark.parametrize(
    ("format_", "number", "right"), [("①, ②, ③, ...", 21, "㉑"), ("a", 28, "ab"), ("A", 3, "C"), ("1", 0, "0")]
)
def test_numbers_of_opendocument_lists(tmp_path: Path, format_: str, number: int, right: str) -> None:
    # ODF 1.3 part 3, 19.500 num-format and 19.880 start-value, which may be 0
    level = f'text:level="1" style:num-format="{format_}" style:num-suffix="、" text:start-value="{number}"'
    styles = f'<text:list-style style:name="L"><text:list-level-style-number {level}/></text:list-style>'
    item = '<text:list text:style-name="L"><text:list-item><text:p>文</text:p></text:list-item></text:list>'
    assert body(read(write_odt(tmp_path / "a.odt", item, styles=styles))) == [f"{right}、文"]
