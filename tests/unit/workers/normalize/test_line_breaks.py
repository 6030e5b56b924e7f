import pytest

from schemas.blocks import Block, Converted, Style
from tests.support.builders.papers import BODY, clean, texts
from workers.normalize import normalize


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "二、精心组织,稳步推进政务公开工作 在推行政务公开工作中,我们结合部门",
            "工作实际,从职能范围出发,将政务公开内容向社会公布。",
        ),
        (BODY + "先后制定出台了《南宁市公安局操作程序》、《南宁市公", "局政务信息公开管理暂行办法》,规范了内容依据。"),
        (BODY + "同时明确了执法任", "务、执法项目、执法依据、执法责任、执法程序,并定期公布。"),
        ("现代行政程序理念不仅重视程序的公正性,而且必须考虑效率性", "和效益性。在推行政务公开的初期阶段,有人担心。"),
        ("各县、自治县人民政府，市政府各部门、各直属机构，各有关单位、", "大专院校:"),
        ("为了保障公民、法人和其他组织依法获取政府信息，提高政府工作的透明度", "，建设法治政府，制定本条例。"),
    ],
)
def test_a_sentence_goes_on_in_the_next_line(before, after):
    assert texts(before, after) == [before + after]


def test_characters_that_always_stand_together_are_not_parted():
    before, after = "(三)不断完善、定期更新政务公开内容,真正做到政务工", "作经常化、制度化、规范化。"
    assert texts("各项工作。工作计划。工作总结。", before, after)[-1] == before + after
    assert texts("工资、工人、工会、工程、工业。", before, after)[-2:] == [before, after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("牡丹江市残联2010年政务公开工作总结", "及2011年工作思路"),
        ("(三)创新方式方法,完善载体建设,不断提高政务公开工作实效性", "在通过多种形式进行政务公开的同时,广泛征求意见。"),
        (BODY + "扎实推进各项工作", "某市人民政府办公室"),
        (BODY + "扎实推进各项工作", "二〇一一年一月十三日"),
        (BODY + "扎实推进各项工作", "一、加强组织领导,健全工作机制。"),
        (BODY + "扎实推进各项工作", "今年以来,我局认真落实各项部署。"),
        (BODY, "抄送:市委办公室,市人大常委会办公室。"),
        ("各县、自治县人民政府，市政府各部门：", "现将有关事项通知如下，请认真贯彻执行。"),
        ("姓名", "张三,男,汉族,中共党员。"),
    ],
)
def test_what_ends_there_stays_apart(before, after):
    assert texts(before, after) == [before, after]


def test_text_wrapped_at_a_fixed_width_becomes_paragraphs():
    wrapped = "为了保障公民法人和其他组织依法获取政府信息提高政府工作的透明度建"
    lines = [wrapped] * 7 + ["设法治政府。"]
    assert texts(*lines) == [wrapped * 7 + "设法治政府。"]


def test_paragraphs_of_about_the_same_length_are_not_wrapped():
    lines = [
        f"第{number}条 行政机关公开政府信息应当坚持公正、公平、合法、便民的原则。" for number in "一二三四五六七八"
    ]
    assert texts(*lines) == lines


def test_a_format_that_knows_its_paragraphs_is_joined_only_where_the_break_is_impossible():
    before, after = BODY + "同时明确了执法任", "务、执法项目、执法依据、执法责任、执法程序,并定期公布。"
    assert texts(before, after, format_="docx") == [before, after]
    assert texts(before + "、", after, format_="docx") == [before + "、" + after]


def test_headings_by_style_are_not_joined():
    blocks = (Block(BODY + "(一", style=Style(heading_level=1)), Block("二)三。"))
    assert len(normalize(Converted("docx", blocks)).paragraphs) == 2


def test_a_joined_paragraph_keeps_its_script_and_its_damages():
    shifted = "提高申請?zhí)幚硇剩奖愎姭@取政府信息。繼續強化網站功能,進一步規(guī)範(fàn)內(nèi)容,明確了執(zhí)法任"
    cleaned = clean("開展政務(wù)公開工作。", shifted, "務、執法項目、執法依據,並定期公布。")
    paragraph = cleaned.paragraphs[1]
    assert paragraph.text.endswith("执法任务、执法项目、执法依据,并定期公布。")
    assert len(paragraph.text) == len(paragraph.display)
    assert paragraph.text[cleaned.damages[0].offset + 2] == "□"


RUN_TOGETHER = (
    "根据工作需要，现将有关事项通知如下：　　一、管制时间　　2025年10月19日5时至13时30分，以现场指挥为准。　　二、人员"
    "　　组　　长：周某某　　副组长：吴某某　　领导小组负责日常工作。"
    "　　第一章　　总则　　第一条　　为了规范秩序，制定本办法。　　第二条　　非机动车应当在规定地点停放。"
    "　　青溪县人民政府　　2025年4月2日"
)


def test_paragraphs_run_together_are_parted_at_their_indents_and_names_are_not():
    assert texts(RUN_TOGETHER) == [
        "根据工作需要，现将有关事项通知如下：",
        "一、管制时间",
        "2025年10月19日5时至13时30分，以现场指挥为准。",
        "二、人员",
        "组 长：周某某 副组长：吴某某 领导小组负责日常工作。",
        "第一章 总则",
        "第一条 为了规范秩序，制定本办法。",
        "第二条 非机动车应当在规定地点停放。",
        "青溪县人民政府 2025年4月2日",
    ]


def test_a_line_with_a_few_gaps_stays_whole():
    line = "第一条　　" + BODY + "　　" + BODY
    assert len(texts(line)) == 1
