"""What a page hides: the run nobody sees goes alone, and what a script or a click would bring out is body.

What is visible is what Chromium draws: CSS Display 3 (``display: none``), CSS 2.2 11.2 (``visibility``), HTML 6.1
(``hidden``), and Word's ``mso-hide``, which Outlook and Word draw by.
"""

from pathlib import Path

import pytest

from tests.support.builders.containers import read as read_any
from tests.support.html_reader import PROSE, body, reading

SENTENCE = "一是各镇人民政府要做好春耕备耕工作，确保责任落实到位。"
HEAD, TAIL = SENTENCE[:18], SENTENCE[18:]
OTHER = "二是加强农资监管，严厉打击制售假劣农资行为，维护农民利益。"
UNSEEN = [
    '<span style="display:none">{}</span>',
    "<span hidden>{}</span>",
    '<span style="visibility: hidden">{}</span>',
    '<span style="mso-hide:all">{}</span>',
    '<font style="font-size:0px">{}</font>',
    '<span style="font-size: 0">{}</span>',
    '<span style="position:absolute;left:-9999px">{}</span>',
    '<span style="opacity:0">{}</span>',
    '<span style="display:none !important">{}</span>',
    '<span style="display:inline-block;width:0;height:0;overflow:hidden">{}</span>',
    '<span style="display:inline-block;clip-path:inset(100%)">{}</span>',
    '<span style="color:rgba(0, 0, 0, 0)">{}</span>',
    '<span style="color:rgb(0 0 0 / 0)">{}</span>',
    '<span style="-webkit-text-fill-color:transparent">{}</span>',
    '<span style="filter:opacity(0)">{}</span>',
    '<b style="display:inline-block;transform:scale(0)">{}</b>',
]
SHEETS = [
    "color:#fff",
    "font-size:0px",
    "color:transparent",
    "position:absolute;left:-9999px",
    "clip-path:polygon(0 0,0 0,0 0)",
]


def page(folder: Path, inner: str) -> list[str]:
    return body(reading(folder, f"<html><body><div class=content><h1>关于春耕的通知</h1>{inner}</div></body></html>"))


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("word", ["\u200d", "版权所有禁止转载", "001"])
def test_an_unseen_run_costs_nothing_but_itself_wherever_it_stands(tmp_path: Path, unseen: str, word: str) -> None:
    run = unseen.format(word)
    for paragraph in (run + SENTENCE, HEAD + run + TAIL, SENTENCE + run):
        assert page(tmp_path, f"<p>{paragraph}</p><p>{OTHER}</p>") == ["关于春耕的通知", SENTENCE, OTHER]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_unseen_keys_in_cells_and_unseen_rows_leave_the_table_a_table(tmp_path: Path, unseen: str) -> None:
    rows = "".join(
        f"<tr><td>{unseen.format(f'00{n}')}{name}</td><td>{days}日</td></tr>"
        for n, (name, days) in enumerate([("社保卡办理", 20), ("居住证办理", 15)])
    )
    made = (
        f'<table><tr><th>事项</th><th>时限</th></tr>{rows}<tr style="display:none"><td>模板</td><td>0</td></tr></table>'
    )
    converted = reading(
        tmp_path, f"<html><body><div class=content><p>{SENTENCE}</p>{made}<p>{OTHER}</p></div></body></html>"
    )
    tables = [block.rows for block in converted.blocks if block.kind == "table"]
    assert tables == [(("事项", "时限"), ("社保卡办理", "20日"), ("居住证办理", "15日"))]
    assert "模板" in [block.text for block in converted.blocks if block.role == "hidden"]


def test_a_visible_element_inside_an_invisible_one_is_seen(tmp_path: Path) -> None:
    made = f'<p style="visibility:hidden"><span style="visibility:visible">{SENTENCE}</span></p><p>{OTHER}</p>'
    sized = f'<div style="font-size:0"><p style="font-size:16px">{SENTENCE}</p></div><p>{OTHER}</p>'
    assert page(tmp_path, made) == page(tmp_path, sized) == ["关于春耕的通知", SENTENCE, OTHER]


@pytest.mark.parametrize(
    "style",
    [
        "visibility: hidden; opacity: 0; ",
        "display:none",
        "opacity:0",
        "height:0;overflow:hidden",
        "max-height:0;overflow:hidden",
    ],
)
def test_an_article_that_waits_for_a_script_is_the_body(tmp_path: Path, style: str) -> None:
    made = f'<div class="rich_media_content" id="js_content" style="{style}"><p>{SENTENCE}</p><p>{OTHER}</p></div>'
    shown = page(tmp_path, f'<div>临江发布</div>{made}<div class="qr_code">扫一扫关注该公众号</div>')
    assert [text for text in shown if text in {SENTENCE, OTHER}] == [SENTENCE, OTHER]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('<div id="tab1">', '<div id="tab2" style="display:none">'),
        ('<div class="con on">', '<div class="con" hidden>'),
        ('<div class="accordion-body show">', '<div class="accordion-body" style="height:0;overflow:hidden">'),
    ],
)
def test_the_closed_tab_beside_an_open_one_is_read_however_short(tmp_path: Path, first: str, second: str) -> None:
    shown = page(tmp_path, f"{first}<p>{PROSE}</p><p>{PROSE}</p></div>{second}<p>{OTHER}</p></div>")
    assert shown == ["关于春耕的通知", PROSE, PROSE, OTHER]


def test_a_box_that_pops_up_is_no_text_and_what_stays_out_is_said(tmp_path: Path) -> None:
    popup = '<div id="warn" style="display:none"><p>您访问的链接即将离开“某某市政府门户网站”，是否继续？</p></div>'
    converted = reading(tmp_path, f"<html><body><div class=content><p>{SENTENCE}</p></div>{popup}</body></html>")
    assert body(converted) == [SENTENCE]
    (problem,) = converted.problems
    assert "text that the page hides is not part of the text (1 places" in problem.message
    assert not problem.lossy


def test_a_run_taken_out_of_a_sentence_is_said(tmp_path: Path) -> None:
    made = f'<html><body><p>{HEAD}<span style="display:none">版权所有禁止转载</span>{TAIL}</p></body></html>'
    converted = reading(tmp_path, made)
    assert "the first 「版权所有禁止转载」" in converted.problems[0].message
    assert [block.text for block in converted.blocks if block.role == "hidden"] == ["版权所有禁止转载"]


def test_a_mail_keeps_the_paragraphs_around_its_unseen_runs(tmp_path: Path) -> None:
    head = "From: a@b.example\nTo: c@d.example\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n"
    page = f'<p><span style="mso-hide:all;display:none">\u200d预览文字</span>{SENTENCE}</p><p>{OTHER}</p>'
    converted = read_any(tmp_path, (head + page).encode(), hint="eml")
    assert [block.text for block in converted.blocks if block.role == "body"][1:] == [SENTENCE, OTHER]


def test_the_original_of_a_page_is_judged_with_its_comments_and_fields(tmp_path: Path) -> None:
    made = (
        f"<html><body><p>{SENTENCE}</p><!-- <td>身份证号</td><td>110101199003070011</td> --><!-- 正文 -->"
        '<input type="hidden" value="110101199003070011"></body></html>'
    )
    assert reading(tmp_path, made).unseen == ("身份证号  110101199003070011", "110101199003070011")


def test_a_hidden_copy_of_the_text_is_not_read_again(tmp_path: Path) -> None:
    copy = f'<div class="bbnr" style="display:none">{PROSE} {SENTENCE} {OTHER} {PROSE}</div>'
    assert page(tmp_path, f"<p>{PROSE}</p><p>{SENTENCE}</p><p>{OTHER}</p>{copy}") == [
        "关于春耕的通知",
        PROSE,
        SENTENCE,
        OTHER,
    ]


@pytest.mark.parametrize(
    ("sheet", "made"),
    [
        (".hide{display:none}", '<span class="a hide">暗</span>'),
        ("p span.key { visibility : hidden }", '<span class="key">暗</span>'),
        ("#k,.other{DISPLAY:NONE!important}", '<span id="k">暗</span>'),
        ("/* x */ .content .k { font-size: 0 }", '<span class="k">暗</span>'),
        (".k{display:inline} span.k{display:none}", '<span class="k">暗</span>'),
    ],
)
def test_a_style_sheet_inside_the_page_hides_as_well(tmp_path: Path, sheet: str, made: str) -> None:
    inner = f"<style>{sheet}</style><p>{HEAD}{made}{TAIL}</p><p>{OTHER}</p>"
    assert page(tmp_path, inner) == ["关于春耕的通知", SENTENCE, OTHER]


@pytest.mark.parametrize(
    ("sheet", "made"),
    [
        ("@media print{.k{display:none}}", '<span class="k">明</span>'),
        (".k{display:none} .k{display:inline}", '<span class="k">明</span>'),
        (".k{display:none}", '<span class="k" style="display:inline">明</span>'),
        (".k:hover{display:none}", '<span class="k">明</span>'),
        ("div.x .k{display:none}", '<span class="k">明</span>'),
    ],
)
def test_a_rule_that_does_not_hold_hides_nothing(tmp_path: Path, sheet: str, made: str) -> None:
    assert page(tmp_path, f"<style>{sheet}</style><p>{HEAD}{made}{TAIL}</p>")[1:] == [f"{HEAD}明{TAIL}"]


FORM = "<p>申请人填写的内容如下，经审核予以公开。</p>"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("<textarea>申请公开的内容</textarea>", "申请公开的内容"),  # HTML, 4.10.11
        ("<svg><text x=1 y=9>流程图的一步</text><desc>说明</desc></svg>", "流程图的一步"),  # SVG 2, 11.2 and 5.9
        ("<p>状态<select><option>待办<option selected>已办结</select></p>", "状态 已办结"),  # HTML, 4.10.7
        ("<p>日期<input readonly value=2024-05-06></p>", "日期2024-05-06"),  # HTML, 4.10.5.3.3
        ("<p>日期<input type=hidden readonly value=2024></p>", "日期"),
        ("<p>联系人<input value='综合科 张明'></p>", "联系人综合科 张明"),  # HTML, 4.10.5.1.2: what is set is shown
        ("<p>数量<input type=number value=12></p>", "数量12"),
        ("<p>口令<input type=password value=abcdef></p>", "口令"),
        ("<p>站内<input name=searchword value=公开指南></p>", "站内"),
        ("<p>站内<input value=请输入关键字></p>", "站内"),
        ("<textarea style='display:none'>模板</textarea>", ""),
        ("<textarea>&lt;div&gt;延迟加载&lt;/div&gt;</textarea>", ""),
    ],
)
def test_what_a_form_or_drawing_shows_is_read(tmp_path: Path, field: str, said: str) -> None:
    found = reading(tmp_path, f"<html><body><div>{FORM}{field}</div></body></html>")
    assert [block.text for block in found.blocks if block.role != "hidden"][1:] == ([said] if said else [])


@pytest.mark.parametrize(
    ("head", "run", "seen"),
    [
        ("", '<span style="color:#fff">看不见</span>', False),
        ("", '<font color="#FFFFFF">看不见</font>', False),
        ("", '<span style="background:red;color:#fff">看得见</span>', True),
        ("", '<table><tr><td bgcolor=red style="color:#fff">看得见</table>', True),
        ("<link rel=stylesheet href=a.css>", '<span style="color:#fff">看得见</span>', True),
        ("<style>p{background:#900}</style>", '<span style="color:#fff">看得见</span>', True),
        ("", '<span style="color:#fff">看不见<b style="color:red">看得见</b></span>', True),
    ],
)
def test_white_text_is_seen_only_where_something_may_lie_under_it(
    tmp_path: Path, head: str, run: str, seen: bool
) -> None:
    # CSS Color 4, 3.1 color; what a style sheet beside the page lays under the text is not known
    found = reading(
        tmp_path, f"<html><head>{head}</head><body><div>{FORM}<p>正文第一段，{run}。</p></div></body></html>"
    )
    shown = "".join(block.text for block in found.blocks if block.role != "hidden")
    assert ("看得见" in shown, "看不见" in shown) == (seen, False)


@pytest.mark.parametrize("sheet", [*(f".q{{{said}}}" for said in SHEETS), "@media screen{.q{display:none}}"])
def test_what_a_style_sheet_of_the_page_makes_unseen_is_kept_apart(tmp_path: Path, sheet: str) -> None:
    made = f"<style>{sheet}</style><p>{HEAD}<span class=q>推广</span>{TAIL}</p><p>{OTHER}</p>"
    assert page(tmp_path, made) == ["关于春耕的通知", SENTENCE, OTHER]


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.q{display:none}}",
        "@media screen and (max-width:600px){.q{display:none}}",
        ".q{color:#fff} p{background:#036}",
        ".q{color:transparent;-webkit-background-clip:text}",
        ".q{color:rgb(0, 0, 0)}",
        ".q{color:rgb(200, 0, 0)}",
        ".q{color:rgba(0,0,0,.5)}",
        ".q{transform:scale(0)}",  # CSS Transforms 1, 2: no box inside a line can be transformed
        ".q{display:none} .content .q{display:inline}",
    ],
)
def test_what_a_browser_shows_all_the_same_is_read(tmp_path: Path, sheet: str) -> None:
    made = f"<style>{sheet}</style><p>{HEAD}<span class=q>推广</span>{TAIL}</p><p>{OTHER}</p>"
    assert page(tmp_path, made) == ["关于春耕的通知", f"{HEAD}推广{TAIL}", OTHER]


def test_a_style_sheet_raises_strikes_and_writes(tmp_path: Path) -> None:
    # CSS 2.2, 10.8.1 vertical-align, 12.2 content; CSS Text Decoration 3, 2.1
    sheet = ".u{vertical-align:super} .s{text-decoration:line-through} p.n::before{content:'附件：'}"
    made = f"<style>{sheet}</style><p>{OTHER}</p><p class=n>10<i class=u>5</i>公顷，<i class=s>旧</i>新。</p>"
    assert page(tmp_path, made)[2:] == ["附件：10⁵公顷，~~旧~~新。"]


def test_boxes_of_a_form_are_shown_ticked_or_not(tmp_path: Path) -> None:
    made = f"<p>{OTHER}</p><p>是否减免：<input type=checkbox checked>是<input type=radio>否</p>"
    assert page(tmp_path, made)[2:] == ["是否减免：☑是□否"]


@pytest.mark.parametrize("colour", ["rgb(0, 0, 0)", "rgb(192, 0, 0)", "hsl(0, 0%, 0%)", "#000", "#ff0000"])
def test_a_colour_stated_for_a_run_hides_nothing(tmp_path: Path, colour: str) -> None:
    # CSS Color 4, 5.1: a colour of three components is opaque.
    made = f'<p>{HEAD}<span style="color: {colour}">推广</span>{TAIL}</p><p>{OTHER}</p>'
    assert page(tmp_path, made)[1:] == [f"{HEAD}推广{TAIL}", OTHER]
