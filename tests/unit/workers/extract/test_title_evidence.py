"""The title of papers of many kinds: what stands on the page, by its look, its place and its words.

Each document is made for the test after the look of published ones; none of the names in it is of a real body.
"""

import pytest

from schemas.articles import Evidence
from schemas.blocks import Clue, Style
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import styled
from workers.extract import extract

LARGE = Style(size=22, align="center")
SMALL = Style(size=16, align="justify")
TEXT = "为了做好有关工作，现将有关事项说明如下，请各有关单位认真组织实施，确保各项要求落到实处。"


def title(document: Normalized) -> str | None:
    return extract(document).articles[0].title


def with_clues(document: Normalized, *clues: Clue) -> Normalized:
    return Normalized(document.format, document.paragraphs, clues=clues)


@pytest.mark.parametrize(
    "lines",
    [
        ("甲市乙区规划和自然", "资源局", "2024年度部门决算"),
        ("甲县人力资源和社会保障局副局长", "职位说明书"),
        ("甲市自然资源局数据中心", "基础软硬件采购项目", "招标文件"),
        ("乙镇综合管理服务项目（北园区）", "竞争性磋商文件"),
        ("2026年甲市高校宣传大使", "选拔赛报名表"),
        ("关于加强城市绿化养护", "工作的提案"),
        ("甲市第一人民医院门诊楼", "维修改造工程量清单"),
    ],
)
def test_a_title_over_several_lines_of_one_look_is_joined_whatever_kind_of_paper_it_names(
    lines: tuple[str, ...],
) -> None:
    document = styled(*((line, LARGE) for line in lines), ("一、基本情况", SMALL), (TEXT, SMALL))
    assert title(document) == "".join(lines)


@pytest.mark.parametrize(
    "stale", ["丙市丁区来甲考察学习工作方案", "甲市财政局", "政府信息公开工作年度报告", "Administrator"]
)
def test_a_property_nobody_sees_never_beats_what_stands_on_the_page(stale: str) -> None:
    document = styled(("甲市人民政府", LARGE), ("2024年政府信息公开工作年度报告", LARGE), (TEXT, SMALL))
    assert title(with_clues(document, Clue("title", stale, "embedded"))) == "甲市人民政府2024年政府信息公开工作年度报告"


def test_a_property_serves_where_the_page_has_no_title() -> None:
    document = with_clues(styled((TEXT, SMALL)), Clue("title", "甲市公共停车场收费标准调整方案", "embedded"))
    article = extract(document).articles[0]
    assert article.title == "甲市公共停车场收费标准调整方案"
    assert article.evidence[0].origin == "embedded"


def test_the_merged_first_row_of_a_sheet_is_its_title_and_not_the_name_of_the_sheet() -> None:
    sheet = Style(heading_level=1, name="sheet")
    rows = (("序号", "招聘单位", "计划"), ("1", "甲市第一小学", "2"))
    paragraphs = (
        Paragraph("Sheet1", style=sheet),
        Paragraph("附件1", style=Style(align="center")),
        Paragraph("2022年甲市事业单位公开招聘岗位一览表"),
        Paragraph("序号\t招聘单位\t计划", kind="table", rows=rows),
    )
    assert title(Normalized("xlsx", paragraphs)) == "2022年甲市事业单位公开招聘岗位一览表"


def test_the_first_row_of_a_table_in_one_cell_is_a_title() -> None:
    rows = (("甲县专业岗位报名推荐表", "", ""), ("姓名", "", "性别"), ("民族", "", "籍贯"))
    table = Paragraph("甲县专业岗位报名推荐表", kind="table", rows=rows)
    assert title(Normalized("docx", (table,))) == "甲县专业岗位报名推荐表"


def test_a_running_head_in_small_type_is_no_title() -> None:
    document = styled(
        ("甲市政府采购标准文本", Style(size=9, align="right")),
        ("甲大学图书馆期刊采购项目公开招标文件", Style(size=30, align="center", bold=True)),
        ("项目编号：0873-2301", Style(size=18)),
        (TEXT, SMALL),
    )
    assert title(document) == "甲大学图书馆期刊采购项目公开招标文件"


def test_a_last_line_of_one_word_in_other_type_belongs_to_the_title() -> None:
    document = styled(
        ("甲市自然资源和规划局数据中心", Style(size=22, align="center")),
        ("基础软硬件采购项目", Style(size=22, align="center")),
        ("招标文件", Style(size=22, align="center", bold=True)),
        ("采购人：甲市自然资源和规划局", Style(size=14, align="left")),
        ("第一章 投标邀请", None),
        (TEXT, SMALL),
    )
    assert title(document) == "甲市自然资源和规划局数据中心基础软硬件采购项目招标文件"


def test_a_letter_of_taiwan_is_titled_by_its_subject() -> None:
    document = styled(
        ("甲县政府 函", None),
        ("地址：甲县乙市光明路1号", None),
        ("受文者：丙国民中学", None),
        ("主旨：有关本县办理科技教育竞赛一案，请各校踊跃报名参加，请查照。", None),
        ("说明：", None),
        ("一、依据本县年度推动总体计划办理。", None),
    )
    assert title(document) == "有关本县办理科技教育竞赛一案，请各校踊跃报名参加，请查照"


def test_a_subject_over_several_lines_is_read_to_its_full_stop() -> None:
    document = styled(
        ("甲县政府 函", None),
        ("受文者：丙国民中学", None),
        ("主旨：有关本县办理「110学年度科技教育创意竞赛」一", None),
        ("案，请各校踊跃报名参加，详如说明，请查照。", None),
        ("说明：", None),
        ("一、依据本县年度推动总体计划办理。", None),
    )
    assert title(document) == "有关本县办理「110学年度科技教育创意竞赛」一案，请各校踊跃报名参加，详如说明，请查照"


def test_the_name_of_a_standard_stands_below_its_series_and_number() -> None:
    lines = ("ICS 35.240.20", "A 13", "中华人民共和国国家标准", "GB/T 9999—2012", "代替 GB/T 9999—1999", "甲类公文格式")
    document = styled(*((line, None) for line in lines), ("1 范围", None), ("本标准规定了公文格式。", None))
    assert title(document) == "甲类公文格式"


def test_the_number_of_a_paper_before_a_council_is_no_title() -> None:
    lines = ("立法会CB(3)100/2026(10)号文件", "甲业联会", "对保险安排的意见及建议")
    document = styled(*((line, None) for line in lines), ("甲业联会为行业的代表机构。", None))
    assert title(document) == "甲业联会对保险安排的意见及建议"


def test_a_section_glued_to_a_title_is_cut_off() -> None:
    document = styled(
        ("110学年度甲竞赛-资讯科技组说明(一)作品说明书上传", SMALL),
        ("1. 收件方式：以电子档呈现。", SMALL),
        ("(二)作品展示及报告", SMALL),
        ("1. 竞赛日期另行通知。", SMALL),
    )
    article = extract(document).articles[0]
    assert article.title == "110学年度甲竞赛-资讯科技组说明"
    assert [section.heading for section in article.sections if section.level == 2] == [
        "作品说明书上传",
        "作品展示及报告",
    ]


def test_the_record_says_why_a_line_is_the_title_and_how_sure_that_is() -> None:
    document = styled(
        ("甲市财政局", LARGE), ("关于公布收费目录清单的通知", LARGE), ("各县、区财政局：", SMALL), (TEXT, SMALL)
    )
    evidence = extract(document).articles[0].evidence[0]
    assert isinstance(evidence, Evidence)
    assert evidence.field == "title"
    assert {"kind", "size_largest"} & set(evidence.reasons)
    assert 0.5 < evidence.confidence <= 1
