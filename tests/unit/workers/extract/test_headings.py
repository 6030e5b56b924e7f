import pytest

from ops.bench.quality.sameness import plain
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import read, rows
from workers.extract import extract
from workers.extract.outline.annual_report import format_part_end
from workers.extract.outline.headings import heading_end


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("2010年政务公开工作总结", "2010年政务公开工作总结"),
        ("统一思想认识。根据区政府的统一部署和要求，我街道把工作列入重要议事日程。", "统一思想认识。"),
        (
            "强化领导，增强政务公开的规范性 为使政务公开工作不流于形式，不走过场，我局建立了长效机制。",
            "强化领导，增强政务公开的规范性",
        ),
        (
            "概述 推进政府信息公开工作是贯彻实施条例和落实纲要的重要举措，"
            "是推进服务政府、法治政府、责任政府建设的一项重要工作。",
            "概述",
        ),
        ("监督保障方面一是压实工作责任。根据要点，印发分解表。", "监督保障方面"),
        ("加强领导 明确责任。我局成立了小组。", "加强领导 明确责任。"),
        (
            "充分利用 “国际残疾人日”、“国际盲人节”、“国际聋人节”、“世界精神卫生日”、"
            "“全国助残日”、“全国爱耳日”、“全国爱眼日”举行活动。",
            "",
        ),
        ("未依照本条例规定进行备案；", ""),
        ("主动公开范围包括：", "主动公开范围包括："),
        ("主办单位：甲县政府教育处", "主办单位："),
        ("年龄条件：达到国家规定的退休年龄", "年龄条件："),
        ("咨询电话:0591-00000000", "咨询电话:"),
        ("第一阶段：宣传发动", "第一阶段：宣传发动"),
        ("专题一：水利工程", "专题一：水利工程"),
    ],
)
def test_a_heading_ends_where_its_text_begins(text: str, heading: str) -> None:
    assert text[: heading_end(text)] == heading


def test_a_long_numbered_sentence_has_a_number_and_no_heading() -> None:
    sentence = (
        "市残联主动公开政府信息的公开范围主要分政策法规、领导讲话、理论探讨、康复服务、"
        "教育就业、宣传文体、扶贫工作、维权工作、组织建设几部分。"
    )
    article = read(
        "总结", "一、公开范围", f"（1）{sentence}", "（2）机构职能公开情况。各部门主要职责、机构设置一览表。"
    )
    assert rows(article.sections) == [(1, "一、", "公开范围"), (4, "（1）", None), (4, "（2）", "机构职能公开情况")]
    assert article.sections[1].text == sentence
    assert article.sections[2].text == "各部门主要职责、机构设置一览表。"


def test_the_last_item_of_a_list_with_semicolons_is_no_heading() -> None:
    article = read("指南", "一、申请资料", "1.申请表；", "2.评估表。", "二、办理流程", "1.受理。窗口受理申请。")
    assert rows(article.sections) == [
        (1, "一、", "申请资料"),
        (3, "1.", None),
        (3, "2.", None),
        (1, "二、", "办理流程"),
        (3, "1.", "受理"),
    ]


def test_a_long_sentence_that_says_who_has_to_do_what_is_no_heading() -> None:
    duty = "各幼儿园要认真贯彻国家、省、市、区有关招生政策精神，结合本园实际，安排和落实好招生的各项工作。"
    topic = "进一步摸索创新政务公开的方式方法，使之更有利于残联机关工作朝着规范化、程序化的方向发展。"
    article = read("工作总结", "一、要求", f"（一）{duty}", f"（二）{topic}")
    assert [section.heading for section in article.sections] == ["要求", None, topic.rstrip("。")]


def test_a_value_behind_the_name_of_an_item_is_its_text() -> None:
    article = read("竞赛实施计划", "贰、办理单位", "一、主办单位：甲县政府教育处", "二、承办单位：乙国民中学")
    assert rows(article.sections) == [(1, "贰、", "办理单位"), (2, "一、", "主办单位"), (2, "二、", "承办单位")]
    assert [section.text for section in article.sections] == ["", "甲县政府教育处", "乙国民中学"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("监督保障措施不到位，有的单位没有专人负责。", ""),
        ("平台建设滞后，更新不及时。", ""),
        ("监督保障不力，考核流于形式。", ""),
        ("监督保障落实不到位。", ""),
        ("监督保障组织召开培训会1次。", "监督保障"),
        ("监督保障方面加强领导，压实责任。", "监督保障方面"),
        ("依申请公开情况全年收到申请3件。", "依申请公开情况"),
        ("监督保障：加强领导，压实责任。", "监督保障"),
        ("平台建设 加强领导，压实责任。", "平台建设"),
        ("监督保障2023年加强领导，压实责任。", "监督保障"),
        ("依申请公开今年收到申请3件。", "依申请公开"),
    ],
)
def test_the_name_of_a_part_ends_only_where_a_clause_begins(line: str, heading: str) -> None:
    assert line[: format_part_end(line)] == heading


def test_a_sentence_broken_by_the_page_and_the_address_of_a_page_are_no_headings() -> None:
    lines = (
        "报名须知",
        "一、报名方式",
        "1、请各校于报名时将报名表一并上传，学校班级数在二十四班以",
        "上者，每校至少报名一组。",
        "2、登录全省统一的服务平台办理报名，网址：http://www.example.gov.cn/bm",
        "二、加强领导，落实责任",
        "各校要高度重视，指定专人负责，按照时间要求完成报名。",
    )
    article = extract(Normalized("pdf", tuple(Paragraph(line, page=1) for line in lines))).articles[0]
    assert [section.heading for section in article.sections] == ["报名方式", None, None, "加强领导，落实责任"]


def headings_of_pages(*pages: tuple[str, ...]) -> list[str]:
    lines = (Paragraph(line, page=number) for number, page in enumerate(pages, 1) for line in page)
    article = extract(Normalized("pdf", tuple(lines))).articles[0]
    return [plain(f"{section.number or ''}{section.heading}") for section in article.sections if section.heading]


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("（一）加强组织领导，明确工作职责，确保各项任务落到实处", "成立领导小组。"),
        ("一、提高政治站位，切实加强组织领导和统筹协调工作", "责任单位：县发改局、县财政局。"),
        ("一、加强宣传引导，畅通投诉渠道，鼓励社会公众有序参与", "由县住建局牵头。"),
        ("一、完善工作机制，压实各方责任，全面实现年度目的", "各乡镇要抓好落实。"),
        ("一、统一思想认识，坚持问题导向，切实转变工作作风", "了解群众的需求。"),
        ("一、坚持系统观念，积极稳妥有序地推进碳达峰碳中和", "由发改局牵头。"),
    ],
)
def test_a_heading_of_several_clauses_stays_one_above_a_short_paragraph(heading: str, below: str) -> None:
    lines = ("关于做好有关工作的通知", heading, below, "二、附则", "本通知自印发之日起施行。")
    assert headings_of_pages(lines) == [plain(heading), "二、附则"]


CLAUSES = ("某类监测规范", "1 范围", "本文件规定了要求。", "2 抽样", "样品按规定抽取。")
TERMS = ("3 术语和定义", "下列术语和定义适用于本文件。", "3.1", "监测点 monitoring point", "用于采集数据的位置。")
NAMES = ["3 术语和定义", "3.1 监测点 monitoring point"]


def headings_of_standard(*lines: str) -> list[str]:
    return headings_of_pages((*CLAUSES, *lines, "4 要求", "要求如下。", "4.1 版面", "版面应当整洁。"))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (TERMS, NAMES),
        (("3 术语和定义", "3.2", *TERMS[3:]), ["3 术语和定义", "3.2 监测点 monitoring point"]),
        ((*TERMS, "3.2", "周期 period", "两次之间的时间。"), [*NAMES, "3.2 周期 period"]),
        (("3 情况", "12.5", "发电量 million kwh", "情况良好。"), ["3 情况"]),
        (("3 人员", "5.1", "张三 Zhang San", "情况良好。"), ["3 人员"]),
        (("3 人员", "3.1", "张三 Zhang San", "情况良好。"), ["3 人员"]),
        ((*TERMS, "5.1", "乙级资质 Class B", "情况良好。"), NAMES),
        ((*TERMS, "3.6", "发电量 million kwh", "情况良好。"), NAMES),
    ],
)
def test_the_number_above_a_term_counts_on_in_its_clause(lines: tuple[str, ...], found: list[str]) -> None:
    assert headings_of_standard(*lines) == ["1范围", "2抽样", *map(plain, found), "4要求", "4.1版面"]


@pytest.mark.parametrize("clause", ["第3章 术语和定义", "第3章术语和定义", "3术语和定义", "3．术语和定义"])
def test_a_term_is_a_heading_however_the_number_of_its_clause_is_written(clause: str) -> None:
    assert plain(NAMES[1]) in headings_of_standard(clause, *TERMS[1:])


ANNEXES = [
    ("规范性", "规定动作清单"),
    ("规范性", "执行情况表"),
    ("资料性", "和谐社区评价"),
    ("资料性", "与ISO 9001的对应关系"),
]
ANNEXES += [
    ("规范性", "进行曲目录"),
    ("资料性", "及时率计算方法"),
    ("规范性", "的士站牌样式"),
    ("资料性附录", "提供资料清单"),
]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        *(((f"附录A（{kind}）{name}", "内容见表。"), [f"附录A（{kind}）{name}"]) for kind, name in ANNEXES),
        (("附录A", "（资料性）", "及格线评价", "内容见表。"), ["附录A（资料性）及格线评价"]),
        (("附录A（资料性）与附录B（资料性）配合使用",), []),
        (("附录A（规范性）和有关标准的要求",), []),
        (("附录A（规范性）及2.3的规定",), []),
        (("附录A（规范性）规定的方法",), []),
        (("附录A（规范性）规定了试验方法",), []),
        (("附录A（规范性）执行",), []),
        (("附录A（规范性）", "抽取方法", "样品不少于3件。"), ["附录A（规范性）抽取方法"]),
        (("附录A（资料性）中药材名录", "名录见表。"), ["附录A（资料性）中药材名录"]),
        (("2.1 样品的抽取方法及数量应符合", "附录A（规范性）的规定", "样品不少于3件。"), []),
        (("2.1 样品的抽取方法及数量应符合", "附录A（规范性）", "样品不少于3件。"), []),
        (("附录A（规范性）给出了试验方法",), []),
        (("附录A（规范性）中规定的方法",), []),
        (("附录A（规范性）所列的方法",), []),
    ],
)
def test_an_annex_cited_in_a_sentence_is_no_heading(lines: tuple[str, ...], found: list[str]) -> None:
    names = [name for name in headings_of_standard(*lines, "3 其他", "无。") if not name.startswith("2.1")]
    assert names == ["1范围", "2抽样", *map(plain, found), "3其他", "4要求", "4.1版面"]
