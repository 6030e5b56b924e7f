"""What becomes of web pages: text in order, chrome apart, clues read, nothing fetched."""

from pathlib import Path

import pytest

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.html_reader import PROSE, body, reading

MENU = "".join(f'<li><a href="/{number}.html">栏目名称{number}</a></li>' for number in range(8))
DISCLOSURE = f"""<html><head><title>关于公开年报的通知_某某市人民政府</title>
<meta name="ArticleTitle" content="关于公开年报的通知"><meta name="PubDate" content="2024-03-01 10:00">
<meta name="viewport" content="width=device-width"></head><body>
<div class="nav"><ul>{MENU}</ul></div>
<div class="location">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>
<table class="meta"><tr><td>索 引 号：</td><td>000014349/2024-00002</td><td>主题分类：</td><td></td></tr>
<tr><td>发文机关：</td><td>某某市人民政府</td><td>成文日期：</td><td>2024年02月28日</td></tr></table>
<h1>关于公开年报的通知</h1>
<div>发布日期：2024-03-01　　来源：市政府办公室 浏览次数：<span>12</span> 字号：[<a href="#">大</a> <a>小</a>]</div>
<div id="zoom"><p style="text-align:center"><strong>一、总则</strong></p><p style="text-indent:2em">{PROSE}</p>
<p>{PROSE}</p><p>附件：<a href="/files/a.docx">1.年报表.docx</a></p><p>二〇二四年二月二十八日</p></div>
<div class="related"><h3>相关阅读</h3><ul>{MENU}</ul></div>
<div class="footer">版权所有：某某市人民政府　ICP备12345678号</div></body></html>"""


def article(folder: Path, inner: str) -> Converted:
    return reading(folder, f"<html><body><div class=article><p>{PROSE}</p>{inner}<p>{PROSE}</p></div></body></html>")


def inner(converted: Converted) -> list[Block]:
    return [block for block in converted.blocks if block.role == "body" and block.text != PROSE]


def clues(converted: Converted, origin: str) -> list[tuple[str, str]]:
    return [(clue.label, clue.value) for clue in converted.clues if clue.origin == origin]


def test_the_main_text_is_the_article_and_nothing_else(tmp_path: Path) -> None:
    assert body(reading(tmp_path, DISCLOSURE)) == [
        "关于公开年报的通知",
        "一、总则",
        PROSE,
        PROSE,
        "附件：1.年报表.docx",
        "二〇二四年二月二十八日",
    ]


def test_chrome_is_kept_apart_and_not_dropped(tmp_path: Path) -> None:
    chrome = [block.text for block in reading(tmp_path, DISCLOSURE).blocks if block.role == "chrome"]
    assert "栏目名称0" in chrome
    assert any("版权所有" in text for text in chrome)


def test_the_metadata_table_is_read_and_an_empty_value_takes_nothing(tmp_path: Path) -> None:
    assert clues(reading(tmp_path, DISCLOSURE), "meta_table") == [
        ("索引号", "000014349/2024-00002"),
        ("发文机关", "某某市人民政府"),
        ("成文日期", "2024年02月28日"),
    ]


def test_breadcrumb_publish_line_and_head_are_clues(tmp_path: Path) -> None:
    converted = reading(tmp_path, DISCLOSURE)
    assert clues(converted, "breadcrumb") == [("breadcrumb", "首页"), ("breadcrumb", "政务公开")]
    assert clues(converted, "publish_line") == [
        ("发布日期", "2024-03-01"),
        ("来源", "市政府办公室"),
        ("浏览次数", "12"),
    ]
    assert clues(converted, "html_meta") == [
        ("title", "关于公开年报的通知_某某市人民政府"),
        ("ArticleTitle", "关于公开年报的通知"),
        ("PubDate", "2024-03-01 10:00"),
    ]


def test_linked_files_are_named(tmp_path: Path) -> None:
    page = article(
        tmp_path, '<p><a href="/a/%E8%A1%A8.xlsx">点击下载</a> <a href="b.pdf">年报.pdf</a> <a href="c.htm">x</a></p>'
    )
    assert page.attachments == ("表.xlsx", "年报.pdf")


def test_the_title_outside_the_text_is_a_heading_of_the_body(tmp_path: Path) -> None:
    page = f"""<html><head><title>工作总结 - 某网</title></head><body><div><b>工作总结</b></div>
    <div class=content><p>{PROSE}</p><p>{PROSE}</p></div></body></html>"""
    first = next(block for block in reading(tmp_path, page).blocks if block.role == "body")
    assert first.style
    assert (first.text, first.style.heading_level) == ("工作总结", 1)


def test_line_breaks_part_paragraphs_and_inline_tags_do_not(tmp_path: Path) -> None:
    found = article(tmp_path, "<p>第<b>一</b>条<br>　　第<span>二</span>条</p>第三条<div>第四条</div>")
    assert [block.text for block in inner(found)] == ["第一条", "第二条", "第三条", "第四条"]


def test_a_source_line_end_between_han_is_no_space(tmp_path: Path) -> None:
    found = article(tmp_path, "<p>政府\n   信息 公开 in\n2024&nbsp;&nbsp;年</p>")
    assert [block.text for block in inner(found)] == ["政府信息 公开 in 2024 年"]


def test_tags_and_inline_styles_are_evidence(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        '<h2>第一章</h2><p align=center><span style="font-size:22pt"><strong>标题</strong></span></p>'
        '<p style="font-size:16px;text-indent:2em">段</p>',
    )
    styles = [block.style for block in inner(found) if block.style]
    assert [(s.heading_level, s.bold, s.size, s.align, s.indent) for s in styles] == [
        (2, None, None, None, None),
        (None, True, 22.0, "center", None),
        (None, None, 12.0, None, 24.0),
    ]


def test_numbers_a_list_generates_are_text_and_typed_ones_are_not_doubled(tmp_path: Path) -> None:
    found = article(tmp_path, "<ol start=3><li>受理申请；</li><li>4.作出答复。</li></ol><ul><li>其他。</li></ul>")
    assert [(block.text, block.number) for block in inner(found)] == [
        ("3. 受理申请；", "3. "),
        ("4.作出答复。", None),
        ("其他。", None),
    ]


def test_a_data_table_is_rows_with_merged_cells_in_place(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        "<table><tr><td rowspan=2>信息</td><td colspan=2>数量</td></tr>"
        "<tr><td><p>公开</p></td><td>受理<br>件</td></tr><tr><td>合计</td><td>12</td><td>3</td></tr></table>",
    )
    (table,) = (block for block in found.blocks if block.kind == "table")
    assert table.rows == (("信息", "数量", ""), ("", "公开", "受理 件"), ("合计", "12", "3"))
    assert table.text.splitlines()[2] == "合计\t12\t3"


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    cells = f"<td><ul>{MENU}</ul></td><td><p>{PROSE}</p><p>{PROSE}</p></td>"
    converted = reading(tmp_path, f"<html><body><table><tr>{cells}</tr></table></body></html>")
    assert all(block.kind == "paragraph" for block in converted.blocks)
    assert body(converted) == [PROSE, PROSE]


def test_hidden_text_is_recorded_as_hidden(tmp_path: Path) -> None:
    found = article(tmp_path, '<p style="display: none">看不见的字</p>')
    assert [(block.role, block.text) for block in found.blocks if block.text != PROSE] == [("hidden", "看不见的字")]


def test_a_text_hidden_until_a_script_shows_it_is_read(tmp_path: Path) -> None:
    page = f"<html><body><div id=zoom style='display:none'><p>{PROSE}</p></div></body></html>"
    assert body(reading(tmp_path, page)) == [PROSE]


def test_a_list_of_links_is_the_text_where_there_is_no_other(tmp_path: Path) -> None:
    page = reading(tmp_path, f"<html><body><ul>{MENU}</ul></body></html>")
    assert body(page) == [f"栏目名称{number}" for number in range(8)]


def test_a_text_without_any_markup_of_its_own_is_all_body(tmp_path: Path) -> None:
    assert body(reading(tmp_path, f"<html><body>{PROSE}<br>{PROSE}</body></html>")) == [PROSE, PROSE]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", "nonsense"])
def test_the_bytes_decide_the_charset_and_not_the_declaration(tmp_path: Path, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{PROSE}</p></body></html>'
    converted = reading(tmp_path, page.encode("gb18030"))
    assert (body(converted), converted.encoding) == ([PROSE], "gb18030")


def test_a_page_only_a_script_would_fill_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        reading(tmp_path, "<html><body><script>document.write('x')</script></body></html>")
    assert caught.value.category is Category.EMPTY


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ol><li"])
def test_no_depth_of_nesting_loses_text(tmp_path: Path, tag: str) -> None:
    converted = reading(tmp_path, "<html><body>" + f"<{tag}>" * 20_000 + PROSE)
    assert "".join(body(converted)).endswith(PROSE)


def test_one_element_with_a_hundred_thousand_attributes_is_read(tmp_path: Path) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    assert body(reading(tmp_path, f"<html><body><div {attributes}>{PROSE}</div></body></html>")) == [PROSE]


def test_external_entities_and_files_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>{PROSE}&x;</p></body></html>'
    assert "秘密" not in "".join(block.text for block in reading(tmp_path, page).blocks)


def test_a_bare_date_above_the_text_is_a_clue_and_stays_text(tmp_path: Path) -> None:
    page = f"<html><body><div id=zoom><p>2024-03-15</p><p>{PROSE}</p><p>{PROSE}</p></div></body></html>"
    converted = reading(tmp_path, page)
    assert body(converted) == ["2024-03-15", PROSE, PROSE]
    assert clues(converted, "publish_line") == [("date", "2024-03-15")]


@pytest.mark.parametrize(
    "line",
    [
        "作者:某某 阅读(1660) 评论(5) 编辑 发表于:2005-07-31 12:30",
        "发表于 2005-07-31 12:30 - (阅读:3727;评论:63)",
        "〓 某某网 留言板 发布时间 2005-07-31 12:30:11 by 某某 〓",
    ],
)
def test_the_stamp_below_a_text_is_a_clue_and_no_text(tmp_path: Path, line: str) -> None:
    read_page = article(tmp_path, "")
    stamped = reading(
        tmp_path, f"<html><body><div class=article><p>{PROSE}</p><p>{PROSE}</p><p>{line}</p></div></body></html>"
    )
    assert body(stamped) == body(read_page)
    assert any(value.startswith("2005-07-31") for _, value in clues(stamped, "publish_line"))


def test_a_date_with_its_time_between_title_and_text_is_a_clue_wherever_it_stands_in_the_line(tmp_path: Path) -> None:
    head = "<h1>关于公开年报的通知</h1><div>某某日报 2024年3月1日 星期五 10:05 某某</div>"
    read_page = reading(tmp_path, f"<html><body>{head}<div id=zoom><p>{PROSE}</p><p>{PROSE}</p></div></body></html>")
    assert ("date", "2024年3月1日") in clues(read_page, "publish_line")


@pytest.mark.parametrize(
    "mark",
    [
        '<script type="application/ld+json">{"datePublished": "2024-03-01T10:00:00+08:00",}</script>',
        '<span itemprop="datePublished">2024-03-01T10:00:00+08:00</span>',
        '<article><time datetime="2024-03-01T10:00:00+08:00">昨天</time></article>',
    ],
)
def test_a_date_marked_for_machines_is_a_clue(tmp_path: Path, mark: str) -> None:
    page = (
        f"<html><head>{mark if 'script' in mark else ''}</head><body>{mark}<p>{PROSE}</p><p>{PROSE}</p></body></html>"
    )
    assert clues(reading(tmp_path, page), "html_meta") == [("datePublished", "2024-03-01T10:00:00+08:00")]


@pytest.mark.parametrize(("line", "taken"), [("市民热线开通一周年综述", True), ("搜索市民热线网站全部内容", False)])
def test_where_the_head_names_only_the_site_the_line_above_the_text_is_the_title(
    tmp_path: Path, line: str, taken: bool
) -> None:
    page = (
        f"<title>某某网</title><table><tr><td>{line}</td></tr></table><div id=zoom><p>{PROSE}</p><p>{PROSE}</p></div>"
    )
    assert body(reading(tmp_path, page)) == [*([line] if taken else []), PROSE, PROSE]


def test_a_date_in_a_table_of_data_is_not_the_pages(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{name}公司</td><td>{date}</td></tr>" for name, date in (("甲", "1998-05-06"), ("乙", "2001-07-08"))
    )
    made = f"<html><body><table><tr><td>企业名称</td><td>成立日期</td></tr>{rows}</table></body></html>"
    assert reading(tmp_path, made).clues == ()


@pytest.mark.parametrize("between", ["：", "</td><td>"])
def test_a_table_of_one_or_two_labels_is_read(tmp_path: Path, between: str) -> None:
    pairs = [("成文日期", "2024年3月1日"), ("发布日期", "2024年3月5日")]
    cells = "".join(f"<td>{label}{between}{value}</td>" for label, value in pairs)
    made = f"<html><body><h1>关于防汛的通知</h1><table><tr>{cells}</tr></table><p>{PROSE}</p></body></html>"
    converted = reading(tmp_path, made)
    assert sorted((clue.label, clue.value) for clue in converted.clues) == sorted(pairs)
    assert body(converted) == ["关于防汛的通知", PROSE]
