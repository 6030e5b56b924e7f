"""Which numbered paragraphs have a heading, and where a heading without a number stands."""

import pytest

from schemas.blocks import Style
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import read, rows, styled
from workers.extract import extract
from workers.extract.outline.judgement.ends import SCALE, SLOTS, find_end, likelihoods, read_table

TEXT = "为了规范工作，根据有关法律、行政法规，结合本地区实际情况，制定本办法，请认真遵照执行。"
BOLD = Style(bold=True)


def headings(*lines: str) -> list[str | None]:
    return [section.heading for section in read(*lines).sections]


def test_sentences_that_could_head_what_follows_are_text_where_all_beside_are() -> None:
    found = headings(
        "甲市养老金申领指南",
        "一、注意事项",
        "（一）在受理回执所注明的时间后，申办人须登录本市平台下载核定表。经审核的，养老金于次月发放。",
        "（二）在申领人选择的退休时间当月，单位必须到所属税务部门办理停保手续。逾期的，由单位自行承担责任。",
        "（三）申请人提供的资料必须真实可靠。以虚假资料申报的，一经查实，除追回外，将按照有关法规处理。",
    )
    assert found == ["注意事项", None, None, None]


def test_run_in_headings_of_a_report_stay() -> None:
    found = headings(
        "甲县政务公开工作总结",
        "一、主要做法",
        f"（一）加强组织领导，健全工作机制。{TEXT}",
        f"（二）规范公开程序，丰富公开内容。{TEXT}",
        f"（三）强化监督检查。{TEXT}",
    )
    assert found == ["主要做法", "加强组织领导，健全工作机制", "规范公开程序，丰富公开内容", "强化监督检查"]


def test_the_name_before_a_colon_heads_an_item_of_one_sentence() -> None:
    article = read(
        "甲市申领指南", "一、受理条件", "（一）年龄条件：达到规定的年龄。", "（二）缴费条件：累计缴费满十五年。"
    )
    assert [section.heading for section in article.sections] == ["受理条件", "年龄条件", "缴费条件"]
    assert article.sections[1].text == "达到规定的年龄。"


def test_a_lone_sentence_below_a_section_is_its_text() -> None:
    article = read("竞赛实施计划", "参、报名方式", "一、报名请于期限前完成。", "肆、奖励", "一、学生部分", TEXT)
    assert [section.heading for section in article.sections] == ["报名方式", None, "奖励", "学生部分"]
    assert article.sections[1].text == "报名请于期限前完成。"


def test_a_heading_that_ends_in_the_word_for_contents_is_none() -> None:
    found = headings(
        "许可证核发服务指南", "一、受理条件", TEXT, "二、申请材料目录", "应当提交下列材料：", "三、材料的接收", TEXT
    )
    assert found == ["受理条件", "申请材料目录", "材料的接收"]


def test_an_attachment_named_above_the_text_hides_no_section() -> None:
    found = headings("甲县政府函", "附件：竞赛实施计划", "说明：", "一、参赛对象", TEXT, "二、竞赛时间", TEXT)
    assert found == ["参赛对象", "竞赛时间"]


def test_names_of_attached_files_are_no_headings() -> None:
    found = headings("甲区申请公告", "一、申请时间", TEXT, "附件：1.申请表.docx", "2.诚信承诺书.docx", "3.汇总表.xls")
    assert found == ["申请时间"]


def test_a_heading_without_a_number_stands_inside_the_section_that_goes_on() -> None:
    document = styled(
        ("立法会议程", BOLD),
        ("I. 提交文件", BOLD),
        ("其他文件", BOLD),
        (TEXT, None),
        ("II. 书面质询", BOLD),
        (TEXT, None),
    )
    sections = extract(document).articles[0].sections
    assert rows(sections) == [(1, "I.", "提交文件"), (2, None, "其他文件"), (1, "II.", "书面质询")]
    assert sections[1].path == ("I.提交文件", "其他文件")
    assert len(sections[2].path) == 1


def test_boxes_to_tick_are_no_heading() -> None:
    document = styled(
        ("甲赛报名须知", None), ("组别：□ 国小组 □ 国中组", BOLD), (TEXT, None), ("一、说明", None), (TEXT, None)
    )
    assert [section.heading for section in extract(document).articles[0].sections] == ["说明"]


def test_heads_of_columns_above_a_table_are_no_heading() -> None:
    table = Paragraph("《税务令》\t54/2014", kind="table", rows=(("《税务令》", "54/2014"),))
    lines = styled(("立法会议程", BOLD), ("I. 提交文件", BOLD), ("附属法例／文书 公告编号", BOLD)).paragraphs
    sections = extract(Normalized("docx", (*lines, table))).articles[0].sections
    assert [section.heading for section in sections] == ["提交文件"]


def test_headings_that_lost_their_line_breaks_end_where_a_sentence_begins() -> None:
    done = "切实落实关于信息公开的各项部署，全年主动公开政府信息一千二百余条，及时回应社会关切，做到应公开尽公开。"
    article = read(
        "甲县2023年政府信息公开工作年度报告",
        f"一、总体情况2023年，甲县认真贯彻条例。（一）主动公开方面甲县{done}（二）依申请公开方面严格执行条例，{done}"
        f"（三）监督保障方面加强政务公开工作组织领导，{done}",
    )
    found = [section.heading for section in article.sections]
    assert found == [
        "总体情况",
        "主动公开方面",
        "依申请公开方面",
        "监督保障方面",
    ]
    assert article.sections[1].text == f"甲县{done}"


def test_where_no_heading_is_sure_to_end_nothing_is_cut() -> None:
    assert find_end("涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策的政府信息，应当主动公开。") == 0
    assert find_end("加强") == 0


def test_the_table_of_heading_ends_is_small() -> None:
    assert len(read_table()) == SLOTS
    assert sum(
        likelihoods("加强组织领导我局成立了领导小组，明确分工。", read_table(), SCALE).values()
    ) == pytest.approx(1)
