import pytest

from schemas.blocks import Style
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import read, rows, styled
from workers.extract import extract
from workers.extract.outline.numbers import form_order

LONG = "为了规范工作，根据有关法律、行政法规，结合本地区实际情况，制定本办法，请认真遵照执行。"


def test_the_path_is_the_true_nesting_where_a_step_of_the_ladder_is_skipped() -> None:
    article = read("工作方案", "一、工作任务", "1.摸底排查。各地要全面排查。", "（1）登记造册。逐一登记。", "二、要求")
    assert [section.path for section in article.sections] == [
        ("一、工作任务",),
        ("一、工作任务", "1.摸底排查"),
        ("一、工作任务", "1.摸底排查", "（1）登记造册"),
        ("二、要求",),
    ]
    assert [section.level for section in article.sections] == [1, 3, 4, 1]


def test_articles_of_a_law_are_sections_and_their_items_are_text() -> None:
    article = read(
        "某条例",
        "第一章 总 则",
        "第一条 为了规范工作，制定本条例。",
        "第二条 有下列情形之一的，予以公开：",
        "（一）涉及公众利益的；",
        "（二）其他情形。",
        "第二章 附 则",
        "第三条 本条例自公布之日起施行。",
    )
    assert rows(article.sections) == [
        (1, "第一章", "总 则"),
        (3, "第一条", None),
        (3, "第二条", None),
        (1, "第二章", "附 则"),
        (3, "第三条", None),
    ]
    assert article.sections[2].text == "有下列情形之一的，予以公开：\n（一）涉及公众利益的；\n（二）其他情形。"
    assert article.sections[4].path == ("第二章 附 则", "第三条")


def test_a_judicial_interpretation_has_its_articles_under_han_numbers() -> None:
    article = read("某解释", "一、一般规定", f"第一条 {LONG}", "二、结婚", f"第二条 {LONG}", "（一）未登记的；")
    assert rows(article.sections) == [
        (1, "一、", "一般规定"),
        (3, "第一条", None),
        (1, "二、", "结婚"),
        (3, "第二条", None),
    ]


def test_a_chapter_cited_in_a_sentence_is_no_heading() -> None:
    article = read(
        "某办法", "第一章 总则", "第一条 依照第三章的规定执行。", "第三章规定的情形除外，其他情形依照本办法执行。"
    )
    assert rows(article.sections) == [(1, "第一章", "总则"), (3, "第一条", None)]


def test_a_table_of_contents_is_no_outline() -> None:
    article = read(
        "某条例",
        "目 录",
        "第一章 总则",
        "第二章 附则",
        "第一章 总则",
        f"第一条 {LONG}",
        "第二章 附则",
        f"第二条 {LONG}",
    )
    assert [section.number for section in article.sections] == ["第一章", "第一条", "第二章", "第二条"]


def test_first_second_third_inside_a_sentence_are_no_sections() -> None:
    text = "一是认真编制指南。二是及时丰富内容。"
    article = read("总结", f"四、及时维护更新，公开内容全面。{text}", "一是加强领导，落实责任。")
    assert rows(article.sections) == [(1, "四、", "及时维护更新，公开内容全面")]
    assert article.sections[0].text == f"{text}\n一是加强领导，落实责任。"


def test_the_names_in_a_list_of_attachments_are_no_sections() -> None:
    article = read(
        "某局关于印发方案的通知", "一、总体要求", LONG, "附件：1.工作方案", "2.统计表", "某市教育局", "2020年5月6日"
    )
    assert rows(article.sections) == [(1, "一、", "总体要求")]
    assert article.attachments == ("工作方案", "统计表")


def test_an_attached_text_opens_a_section_of_its_own_below_the_signature() -> None:
    article = read(
        "某局关于印发试点工作方案的通知",
        "现印发给你们，请认真执行。",
        "某市教育局",
        "2020年5月6日",
        "试点工作方案",
        LONG,
        "一、总体要求",
        LONG,
    )
    assert rows(article.sections) == [(1, None, "试点工作方案"), (1, "一、", "总体要求")]
    assert article.sections[1].path == ("试点工作方案", "一、总体要求")
    assert article.preamble == "现印发给你们，请认真执行。\n某市教育局\n2020年5月6日"


def test_an_unnumbered_heading_is_known_by_its_style() -> None:
    heading = Style(heading_level=2)
    article = extract(
        styled(
            ("某某典型案例", Style(heading_level=1)),
            ("基本案情", heading),
            (LONG, None),
            ("裁判结果", heading),
            (LONG, None),
        )
    ).articles[0]
    assert rows(article.sections) == [(1, None, "基本案情"), (1, None, "裁判结果")]


@pytest.mark.parametrize(("body", "headings"), [(Style(bold=True), []), (Style(), ["项目概况"])])
def test_weight_sets_a_line_off_only_from_a_lighter_body(body: Style, headings: list[str]) -> None:
    # A page printed in 黑体 throughout shows its first line no bolder than any other.
    lines = [("甲大学公开招标公告", Style(align="center", size=15.0)), ("项目概况", Style(bold=True)), (LONG, body)]
    article = extract(styled(*lines, ("一、项目基本情况", body), (LONG, body))).articles[0]
    assert [section.heading for section in article.sections if section.number is None] == headings


def test_bare_short_lines_between_paragraphs_are_headings_where_there_are_several() -> None:
    article = read("某工贸公司诉某县政府案", "基本案情", LONG, "裁判结果", LONG, "典型意义", LONG)
    assert [section.heading for section in article.sections] == ["基本案情", "裁判结果", "典型意义"]


def test_a_table_adds_its_text_to_the_section_it_stands_in() -> None:
    table = Paragraph("数量\t212", kind="table", rows=(("数量", "212"),))
    article = extract(Normalized("docx", (Paragraph("总结"), Paragraph("一、数量"), table))).articles[0]
    assert article.sections[0].text == "数量\t212"


def test_original_script_twins_have_the_length_of_the_text() -> None:
    text, original = "一、加强领导。领导班子高度重视。", "一、加強領導。領導班子高度重視。"
    article = extract(Normalized("txt", (Paragraph("总结", "總結"), Paragraph(text, original)))).articles[0]
    section = article.sections[0]
    assert (section.heading_original, section.text_original) == ("加強領導", "領導班子高度重視。")
    assert article.title_original == "總結"


def test_a_number_alone_on_its_line_takes_the_next_line_for_its_heading() -> None:
    article = read("某某条例", "第一章", "总 则", f"第一条 {LONG}", "第二章", "附 则", f"第二条 {LONG}")
    assert [row for row in rows(article.sections) if row[2]] == [(1, "第一章", "总 则"), (1, "第二章", "附 则")]


def test_headings_in_brackets_are_cut_from_the_text_they_run_into() -> None:
    article = read("某某诉某某案", f"【基本案情】{LONG}", f"【裁判结果】{LONG}", "【典型意义】", LONG)
    assert [section.heading for section in article.sections] == ["【基本案情】", "【裁判结果】", "【典型意义】"]
    assert {section.text for section in article.sections} == {LONG}


def test_the_rows_of_a_table_flattened_to_lines_are_no_sections() -> None:
    cells = ("序号 改革举措 推广范围", "一、知识产权方面（共 2 项）", "1 三合一审判 全国", "2 跨市审理 全国")
    article = read("某局关于推广举措的通知", "一、总体要求", LONG, *cells)
    assert rows(article.sections) == [(1, "一、", "总体要求")]


def test_names_of_attached_files_are_attachments() -> None:
    article = read("某局关于招生工作的通知", LONG, "附件1.docx", "附件2：报名表.xlsx")
    assert article.sections == ()
    assert article.attachments == ("附件1.docx", "附件2：报名表.xlsx")


def test_a_section_inside_a_part_of_the_same_form_of_heading_is_one_level_below() -> None:
    law = (
        "第一编 总则",
        "第一章 任务",
        "第一节 范围",
        f"第一条 {LONG}",
        "第二编 审判",
        "第一章 组织",
        f"第二条 {LONG}",
    )
    assert [section.level for section in read("某法", *law).sections] == [1, 2, 3, 4, 1, 2, 3]
    budget = ("第一部分 概况", "一、职能", LONG, "（一）机构", LONG, "第二部分 说明", "一、收支", LONG)
    assert [section.level for section in read("某局2025年部门预算", *budget).sections] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize(
    ("lines", "counted"),
    [
        (("一、甲", "二、乙", "三、丙"), 0),
        (("一、甲", "（一）子", "（二）丑", "二、乙", "（一）子", "（二）丑"), 0),
        (("1. 甲", "（一）子", "（二）丑", "2. 乙", "（一）子", "（二）丑", "3. 丙"), 1),
    ],
    ids=["one form", "as a rule", "otherwise"],
)
def test_how_forms_nest_is_counted_only_where_they_may_nest_otherwise(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], counted: int
) -> None:
    calls: list[int] = []
    count = form_order._count_restarts
    monkeypatch.setattr(form_order, "_count_restarts", lambda marks: calls.append(1) or count(marks))
    sections = read("某局2024年工作总结", *lines).sections
    assert (len(sections), len(calls)) == (len(lines), counted)
    if counted:
        assert [section.level for section in sections] == [3, 4, 4, 3, 4, 4, 3]
