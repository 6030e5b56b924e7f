"""Numbers of lists, readings above characters, raised digits and struck words of a page.

HTML 4.4.5 (``ol``: ``start``, ``reversed``, ``li value``), CSS Counter Styles 3, 6 and 7 (what each style writes and
its suffix), HTML 4.5.10 (``ruby``): what Chromium 120 draws.
"""

from pathlib import Path

import pytest

from tests.support.html_reader import body, reading
from workers.convert.text.notation import lower_text, raise_text, struck


def items(folder: Path, start: str, *items: str) -> list[str]:
    made = "".join(items) or "<li>甲项</li><li>乙项</li>"
    shown = body(reading(folder, f"<html><body><p>{'说明文字。' * 12}</p>{start}{made}</ol></body></html>"))
    return shown[1:]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<ol>", ["1. 甲项", "2. 乙项"]),
        ('<ol start="0">', ["0. 甲项", "1. 乙项"]),
        ('<ol start="-1">', ["-1. 甲项", "0. 乙项"]),
        ("<ol reversed>", ["2. 甲项", "1. 乙项"]),
        ('<ol reversed start="9">', ["9. 甲项", "8. 乙项"]),
        ('<ol type="A">', ["A. 甲项", "B. 乙项"]),
        ('<ol type="a" start="26">', ["z. 甲项", "aa. 乙项"]),
        ('<ol type="i">', ["i. 甲项", "ii. 乙项"]),
        ('<ol type="I" start="4">', ["IV. 甲项", "V. 乙项"]),
        ('<ol style="list-style-type: cjk-ideographic">', ["一、甲项", "二、乙项"]),
        ('<ol style="list-style-type: simp-chinese-informal" start="10">', ["十、甲项", "十一、乙项"]),
        ('<ol style="list-style-type: simp-chinese-formal">', ["壹、甲项", "贰、乙项"]),
        ('<ol style="list-style-type: trad-chinese-formal">', ["壹、甲项", "貳、乙项"]),
        ('<ol style="list-style: cjk-heavenly-stem inside">', ["甲、甲项", "乙、乙项"]),
        ('<ol style="list-style-type:decimal-leading-zero">', ["01. 甲项", "02. 乙项"]),
        ('<ol style="list-style:none">', ["甲项", "乙项"]),
        ('<ul style="list-style-type:lower-alpha">', ["a. 甲项", "b. 乙项"]),
        ("<ul>", ["甲项", "乙项"]),
    ],
)
def test_a_list_is_numbered_as_the_browser_shows_it(tmp_path: Path, start: str, expected: list[str]) -> None:
    assert items(tmp_path, start) == expected


def test_an_item_may_state_its_number_and_style(tmp_path: Path) -> None:
    stated = ('<li value="5">甲项</li>', "<li>乙项</li>", '<li style="list-style-type:upper-roman">丙项</li>')
    assert items(tmp_path, "<ol>", *stated) == ["5. 甲项", "6. 乙项", "VII. 丙项"]


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>藁<rt>gǎo</rt></ruby>",
        "<ruby>藁<rp>(</rp><rt>gǎo</rt><rp>)</rp></ruby>",
        "<ruby><rb>藁</rb><rtc><rt>gǎo</rt></rtc></ruby>",
    ],
)
def test_a_reading_above_a_character_is_no_text(tmp_path: Path, ruby: str) -> None:
    assert body(reading(tmp_path, f"<html><body><p>石家庄市{ruby}城区人民政府。</p></body></html>")) == [
        "石家庄市藁城区人民政府。"
    ]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("面积3.2×10<sup>5</sup>公顷", "面积3.2×10⁵公顷"),
        ("补助1000<sup>1</sup>元", "补助1000¹元"),
        ("臭氧O<sub>3</sub>浓度", "臭氧O₃浓度"),
        ("细颗粒物PM<sub>2.5</sub>浓度", "细颗粒物PM2.5浓度"),
        ("10<sup>2.5</sup>倍", "10^2.5倍"),
        ('10<span style="vertical-align:super">-3</span>克', "10⁻³克"),
        ("见注<sup>[1]</sup>。", "见注[1]。"),
        ("于<s>5月1日</s>5月3日前报送", "于~~5月1日~~5月3日前报送"),
        ("于<del>5月1日</del><ins>5月3日</ins>前报送", "于~~5月1日~~5月3日前报送"),
        ('于<span style="text-decoration:line-through">5月1日</span>5月3日前', "于~~5月1日~~5月3日前"),
    ],
)
def test_raised_digits_and_struck_words_keep_their_meaning(tmp_path: Path, made: str, expected: str) -> None:
    assert body(reading(tmp_path, f"<html><body><p>{made}</p></body></html>")) == [expected]


def test_marks_for_every_format() -> None:
    assert (raise_text("5", "10"), raise_text("注", "甲"), lower_text("2", "CO"), raise_text("", "1")) == (
        "⁵",
        "注",
        "₂",
        "",
    )
    assert (struck(" 旧 "), struck("  ")) == (" ~~旧~~ ", "  ")


def test_the_numbers_that_style_sheets_count_are_read(tmp_path: Path) -> None:
    # CSS Lists and Counters 3, section 4: nested instances, cjk-ideographic, counters()
    sheet = (
        "ol{list-style:none;counter-reset:item} li{counter-increment:item}"
        'ol > li::before{content:"第" counter(item, cjk-ideographic) "条　"}'
        "ul{list-style:none;counter-reset:sub} ul li{counter-increment:sub}"
        'ul li:before{content:counters(sub,".") "）"}'
        "h2{counter-increment:part 2} h2::before{content:counter(part) '. '}"
    )
    made = "<h2>总则</h2><ol><li>甲项<ul><li>子一</li><li>子二</li></ul></li><li>乙项</li></ol><h2>附则</h2>"
    shown = body(reading(tmp_path, f"<html><head><style>{sheet}</style></head><body>{made}</body></html>"))
    assert shown == ["2. 总则", "第一条\u3000甲项", "1）子一", "2）子二", "第二条\u3000乙项", "4. 附则"]


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".u::after{content:'日'}", "限期30日内"),
        (".u:after{content:'（' attr(data-unit) '）'}", "限期30（工作日）内"),
        (".u::before{content:attr(data-unit)}", "限期工作日30内"),
        (".u::after{content:'日';display:none}", "限期30内"),
        (".u::after{content:' (' attr(href) ')'}", "限期30内"),  # signs are ornament
        ("@media print{.u::after{content:'日'}}", "限期30内"),
    ],
)
def test_words_that_style_sheets_write_are_read(tmp_path: Path, sheet: str, shown: str) -> None:
    # CSS 2.2, 12.1 and 12.2; CSS Values 4, 7.7 attr()
    made = f"<p>{'说明文字。' * 12}</p><p>限期<a class=u href=x.html data-unit=工作日>30</a>内</p>"
    found = reading(tmp_path, f"<html><head><style>{sheet}</style></head><body>{made}</body></html>")
    assert body(found)[1:] == [shown]


def test_a_list_styled_by_a_sheet_is_numbered_so(tmp_path: Path) -> None:
    sheet = "<style>ol.law{list-style-type:cjk-ideographic} .plain{list-style:none}</style>"
    made = '<ol class="law"><li>甲项</li></ol><ol class="plain"><li>乙项</li></ol>'
    assert body(reading(tmp_path, f"<html><body>{sheet}{made}</body></html>")) == ["一、甲项", "乙项"]
