"""Kinds of text that is seen, or that nobody sees, each in the formats that can have it: what stands in the body.

What is right follows from the specification named beside each case, or from what Chromium and Excel show.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.blocks import Converted
from tests.support.builders.odf import write_ods, write_odt
from tests.support.builders.ofd import HEAD, make_ofd
from tests.support.builders.ofd import text as placed
from tests.support.builders.pdf import Page, pdf
from tests.support.builders.rtf import write_rtf
from tests.support.builders.word_package import p, write_docx
from tests.support.word_reader import read

LINE = "现将有关事项通知如下，请认真贯彻执行。"
Case = tuple[str, Callable[[Path], object], str, str]


def words_of(converted: Converted) -> str:
    return "\n".join(block.text for block in converted.blocks if block.role == "body").replace("\t", " ")


def of_page(inside: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(f"<html><body><p>{LINE}</p>{inside}<p>{LINE}</p></body></html>", "utf-8")


def of_word(inside: str) -> Callable[[Path], object]:
    return lambda path: write_docx(path, p(LINE) + inside)


def of_text(inside: str) -> Callable[[Path], object]:
    return lambda path: write_odt(path, f"<text:p>{LINE}</text:p>{inside}")


def of_rich(inside: str) -> Callable[[Path], object]:
    coded = "".join(f"\\u{ord(sign)}?" if ord(sign) > 127 else sign for sign in inside)
    return lambda path: write_rtf(path, "\\uc1 " + coded)


def of_cells(inside: str) -> Callable[[Path], object]:
    row = f"<table:table-row><table:table-cell><text:p>{inside}</text:p></table:table-cell></table:table-row>"
    return lambda path: write_ods(path, f'<table:table table:name="一">{row}</table:table>')


def of_marks(inside: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(f"# 通知\n\n{LINE}\n\n{inside}\n", "utf-8")


def of_lines(inside: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(f"{LINE}\n{inside}\n", "utf-8")


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def of_sheet(inside: str, shared: str = "") -> Callable[[Path], object]:
    def relations(*parts: tuple[str, str]) -> str:
        made = "".join(f'<Relationship Id="{kind}" Type="{KIND}/{kind}" Target="{to}"/>' for kind, to in parts)
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'

    def write(path: Path) -> None:
        book = f'<sheets><sheet name="一" sheetId="1" r:id="worksheet" xmlns:r="{KIND}"/></sheets>'
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
            parts = (("worksheet", "sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
            archive.writestr("xl/_rels/workbook.xml.rels", relations(*parts))
            archive.writestr("xl/workbook.xml", f'<workbook xmlns="{SHEET}">{book}</workbook>')
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET}">{shared}</sst>')
            archive.writestr("xl/sheet1.xml", f'<worksheet xmlns="{SHEET}">{inside}</worksheet>')

    return write


def rows(*texts: str, last: str = "", columns: str = "") -> str:
    """Return rows of one inline string each, the last row with these attributes."""
    made = "".join(
        f'<row r="{number}"{last if number == len(texts) else ""}>'
        f'<c r="A{number}" t="inlineStr"><is>{text}</is></c></row>'
        for number, text in enumerate(texts, 1)
    )
    return f"{columns}<sheetData>{made}</sheetData>"


def of_paper(*operators: bytes, objects: tuple[str, ...] = (), resources: str = "") -> Callable[[Path], object]:
    page = Page().text(90, 700, LINE).text(90, 600, "遮住的姓名")
    page.operators.extend(operators)
    return lambda path: path.write_bytes(pdf(page, objects=objects, resources=resources))


BLACK_PICTURE = b"q 200 0 0 40 80 590 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
BOX = "0 g 80 590 200 40 re f"
DRAWING = f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length {len(BOX)}>>\nstream\n{BOX}\nendstream"


def of_ofd(page: str) -> Callable[[Path], object]:
    styles = (
        '<ofd:DrawParams><ofd:DrawParam ID="9"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam></ofd:DrawParams>'
    )
    more = {"Doc_0/Res.xml": f"{HEAD.format('Res')}{styles}</ofd:Res>"}
    return lambda path: make_ofd(path, placed(LINE, 30, 50) + page, resources="Res.xml", more=more)


CASES: list[Case] = [
    # CSS Containment 2, 4.1: the contents of a box (no span is one) whose content-visibility is hidden are not painted.
    ("html", of_page('<p>三人</p><div style="content-visibility:hidden">密文</div>'), "三人", "密文"),
    ("html", of_page('<p>共<span style="content-visibility:hidden">六十</span>人</p>'), "共六十人", "密文"),
    ("html", of_page("<style>.a{content-visibility:hidden}</style><p>三人</p><div class=a>密文</div>"), "三人", "密文"),
    # HTML, 6.1: a box that is hidden until found opens for whoever looks for its words.
    ("html", of_page('<div hidden="until-found"><p>折叠文字</p></div><p hidden>密文</p>'), "折叠文字", "密文"),
    # HTML, 15.3.6: quotation marks around q come from the style sheet of the browser.
    ("html", of_page("<p>坚持<q>公开为<q>常态</q></q>原则</p>"), "坚持“公开为‘常态’”原则", "<q>"),
    # HTML, 4.10.13 and 4.10.14: what stands in them is for browsers that do not know them.
    ("html", of_page("<p>进度<progress value=5 max=10>五成</progress><meter>一半</meter></p>"), "进度", "五成"),
    ("html", of_page("<p>选<datalist><option>甲项</option></datalist>好</p>"), "选好", "甲项"),
    ("html", of_page("<details><summary>说明</summary><p>面板文字</p></details>"), "面板文字", "<"),
    # ECMA-376 part 1, 17.3.3.25 ruby; 17.13.5.22 moveFrom; 17.16.5.23 FORMDROPDOWN with 17.16.9 ddList
    (
        "docx",
        of_word(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>gǎo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>藁</w:t></w:r></w:rubyBase></w:ruby>"
            "</w:r><w:r><w:t>城</w:t></w:r></w:p>"
        ),
        "藁城",
        "gǎo",
    ),
    (
        "docx",
        of_word(
            "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
        ),
        "移来",
        "移走",
    ),
    # ODF 1.3 part 3, 6.4 ruby; 7.7.7 conditional text; 7.4.17 drop-down; 19.749 table:visibility
    (
        "odt",
        of_text(
            "<text:p><text:ruby><text:ruby-base>藁</text:ruby-base><text:ruby-text>gǎo</text:ruby-text></text:ruby>城</text:p>"
        ),
        "藁城",
        "gǎo",
    ),
    (
        "odt",
        of_text('<text:p>密级：<text:drop-down><text:label text:value="公开"/>内部</text:drop-down></text:p>'),
        "密级：内部",
        "公开",
    ),
    (
        "odt",
        of_text(
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>隐行</text:p>'
            "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>显行</text:p></table:table-cell></table:table-row>"
            "</table:table>"
        ),
        "显行",
        "隐行",
    ),
    (
        "ods",
        of_cells("<text:ruby><text:ruby-base>藁</text:ruby-base><text:ruby-text>gǎo</text:ruby-text></text:ruby>城"),
        "藁城",
        "gǎo",
    ),
    ("ods", of_cells("截至<text:date>2024年3月1日</text:date><text:s/>止"), "截至2024年3月1日 止", "批注"),
    ("ods", of_cells("甲<office:annotation><text:p>批注</text:p></office:annotation>乙"), "甲乙", "批注\n"),
    # Word 2007 Rich Text Format specification 1.9.1, form fields: ffres counts in the list of ffl.
    (
        "rtf",
        of_rich(
            "密级：{\\field{\\*\\fldinst FORMDROPDOWN {\\*\\formfield{\\fftype2\\ffres1"
            "{\\*\\ffl 公开}{\\*\\ffl 内部}}}}{\\fldrslt }}"
        ),
        "密级：内部",
        "公开",
    ),
    ("rtf", of_rich("{\\deleted 删去}{\\revised 加上}"), "加上", "删去"),
    # ECMA-376 part 1, 18.4.4 is; 18.4.6 rPh; 18.3.1.73 row and 18.3.1.13 col of no extent, which Excel does not show
    (
        "xlsx",
        of_sheet(rows('<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>5</t></r>', "<t>乙</t>")),
        "10⁵",
        "105",
    ),
    ("xlsx", of_sheet(rows("<r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r>")), "~~旧~~新", "旧新"),
    ("xlsx", of_sheet(rows("<t>显示</t>", "<t>隐藏</t>", last=' ht="0" customHeight="1"')), "显示", "隐藏"),
    (
        "xlsx",
        of_sheet(
            '<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData><row r="1">'
            '<c r="A1" t="inlineStr">'
            '<is><t>显示</t></is></c><c r="B1" t="inlineStr"><is><t>隐藏</t></is></c></row></sheetData>'
        ),
        "显示",
        "隐藏",
    ),
    (
        "xlsx",
        of_sheet(
            '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>',
            '<si><t>藁城</t><rPh sb="0" eb="1"><t>gǎo</t></rPh></si>',
        ),
        "藁城",
        "gǎo",
    ),
    # What Excel shows of a field written so that noughts stay.
    ("csv", lambda path: path.write_text('编号,名称\n="0012",甲\n"=""0013""",乙\n', "utf-8"), "0012 甲\n0013 乙", "="),
    # ISO 32000-2, 8.2: later objects are painted over earlier ones.
    ("pdf", of_paper(BLACK_PICTURE), LINE, "姓名"),
    ("pdf", of_paper(b"/X1 Do", objects=(DRAWING,), resources="/XObject<</X1 8 0 R>>"), LINE, "姓名"),
    # GB/T 33190-2016, 8.2: an object has the colour of its DrawParam where it has none of its own.
    ("ofd", of_ofd(placed("白字", 30, 80, DrawParam="9")), LINE, "白字"),
    ("ofd", of_ofd(f"<ofd:PageBlock>{placed('黑字', 30, 80)}</ofd:PageBlock>"), "黑字", "白字"),
    # CommonMark 0.31: 4.6 comments, 5.3 lists, 2.4 escapes, 4.7 and 6.3 links by reference; GFM 5.3 and 6.5
    ("md", of_marks("甲<!-- 注释\n两行 -->乙"), "甲乙", "注释"),
    ("md", of_marks("1. 第一\n1. 第二\n1. 第三"), "1. 第一\n2. 第二\n3. 第三", "1. 第二"),
    ("md", of_marks("1. 第一\n\n段落\n\n1. 另起"), "1. 另起", "2. 另起"),
    ("md", of_marks("版本2\\.0与\\*号\\*"), "版本2.0与*号*", "\\"),
    ("md", of_marks("10<sup>5</sup>人 ~~旧~~新 H<sub>2</sub>O<br>"), "10⁵人 ~~旧~~新 H₂O", "<"),
    ("md", of_marks("见[办法][a]。\n\n[a]: http://example.com/x"), "见办法。", "example"),
    ("md", of_marks("- [x] 已公开\n- [ ] 未公开"), "☑已公开\n□未公开", "["),
    # ECMA-48, 5.4
    ("txt", of_lines("\x1b[31;1m红色\x1b[0m文字"), "红色文字", "31"),
]


@pytest.mark.parametrize(
    ("suffix", "make", "seen", "unseen"), CASES, ids=[f"{case[0]} {case[2][:12]}" for case in CASES]
)
def test_the_body_is_what_a_reader_sees(
    tmp_path: Path, suffix: str, make: Callable[[Path], object], seen: str, unseen: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    make(path)
    words = words_of(read(path))
    assert seen in words
    assert unseen not in words
