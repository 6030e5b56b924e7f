"""Sentences of the kinds real reports hold, each right: none of them may be named.

Most are worded after published reports (上海 2019, 平潭 2022 and 2025), with the numbers of the report they stand in.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from search.office.annual.check import check_report
from search.office.form.html_page import html_page
from tests.support.annual_reports import read_file, right_form

SENTENCES = (
    "因政府信息公开引发行政复议790件，结果维持376件；行政诉讼案件中，结果纠正2件，维持90件。",
    "全市办理行政复议案件790件；行政诉讼经复议后起诉的156件。",
    "行政诉讼：一审维持15件、二审维持8件；行政诉讼结果纠正1件。",
    "全年受理政府信息公开申请14629件（含上年结转560件）。",
    "收到政府信息公开申请14069件，申请数量较去年回落12.3%，去年收到申请16040件。",
    "其中市政府本级收到政府信息公开申请320件，办结310件。",
    "市政府办公室共收到政府信息公开申请86件。",
    "自2008年《条例》施行以来，累计收到政府信息公开申请98000件。",
    "收到政府信息公开申请14000余件，办结近1.4万件。",
    "通过网上平台收到申请9000件，当面收到申请300件，信函收到申请4769件。",
    "2024年，全市共收到政府信息公开申请13000件；2025年收到14069件，同比增长8.2%。",
    "主动公开规章3件，公开行政规范性文件60件，公布市政府其他文件162件。",
    "市政府印发行政规范性文件42件，均同步解读。",
    "清理行政规范性文件5000件，审查行政规范性文件草案700件，备案规范性文件30件。",
    "涉及自然人14147件、商业企业258件。",
    "予以公开及部分公开7716件，占55.9%；不予公开730件，占5.3%。",
    "公开行政许可信息20000条、行政处罚信息15000条。",
    "结转至2026年819件。",
    "根据2024年政务公开工作要点，完成任务32项。",
    "按照2024年11月1日印发的通知要求，开展自查。",
    "每月办结申请1150件左右，第四季度办结3000件。",
    "针对2024年评估发现的问题，整改12项。",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_right_sentence_is_not_named(sentence: str, tmp_path: Path) -> None:
    form = right_form()
    path = tmp_path / "年报.html"
    path.write_text(html_page(replace(form, chapters={**form.chapters, 1: f"{form.chapters[1]}\n{sentence}"})), "utf-8")
    report = read_file(path)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []


FEES = (
    "2025年，无收取信息处理费情况。",
    "本年度未收取信息处理费，但发出收费通知203件，均未缴纳。",
    "本机关2025年发出收费通知205件，总金额20500元，实际收取400元。",
    "依据《政府信息公开信息处理费管理办法》规定，全市实际收取信息处理费共计四百元。",
    "（一）收取信息处理费情况。2025年，各单位收取信息处理费0元。\n（二）其他。无其他需要报告的事项。",
)


@pytest.mark.parametrize("text", FEES)
def test_a_statement_of_the_fee_is_taken_in_any_words(text: str, tmp_path: Path) -> None:
    form = right_form()
    path = tmp_path / "年报.html"
    path.write_text(html_page(replace(form, chapters={**form.chapters, 6: text})), "utf-8")
    report = read_file(path)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []


HEADINGS = (
    ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
    ("五、存在的主要问题及改进情况", "五、存在问题及改进情况"),
    ("四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议和行政诉讼情况"),
    ("一、总体情况", "一、 总体情况"),
    ("六、其他需要报告的事项", "六、其他需要报告的情况"),
)


@pytest.mark.parametrize(("heading", "other"), HEADINGS)
def test_a_heading_in_words_offices_use_is_taken(heading: str, other: str, tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(html_page(right_form()).replace(heading, other), "utf-8")
    report = read_file(path)
    assert report is not None
    assert [finding.message for finding in check_report(report)] == []
