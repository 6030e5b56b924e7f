"""Numbers of disclosure work, held against the set drawn by hand, and the tables they stand in."""

from typing import Any

import pytest

from schemas.articles import Article, Statistic
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import read
from tests.support.fact_sets import facts, precision_recall, seed_articles
from workers.extract import extract
from workers.extract.statistics.reader import MAX_STATISTICS

TITLE = "某区2022年政府信息公开工作年度报告"
SEVEN = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def same(found: Statistic, wanted: list[Any]) -> bool:
    words, value, unit = wanted
    return (found.value, found.unit) == (value, unit) and words in f"{found.subject}{found.measure}"


def drawn() -> list[tuple[tuple[Statistic, ...], list[Any]]]:
    data = facts("statistics")
    quotes = [(read(TITLE, quote["text"]).statistics, quote["statistics"]) for quote in data["quotes"]]
    return [(article.statistics, wanted) for article, wanted in seed_articles(data)] + quotes


def test_the_set_drawn_by_hand_is_found_and_little_else() -> None:
    pairs = drawn()
    assert sum(len(wanted) for _, wanted in pairs) >= 60
    precision, recall, wrong = precision_recall(pairs, same)
    assert min(precision, recall) >= 0.9, "\n".join(wrong)


def test_every_number_stands_in_its_evidence_and_every_evidence_in_the_text() -> None:
    for article, _ in seed_articles(facts("statistics")):
        for row in article.statistics:
            assert row.value == 0 or str(row.value) in row.evidence.replace(",", "")
            assert row.evidence in article.text


def values(article: Article, subject: str) -> dict[str, int | float]:
    return {row.measure: row.value for row in article.statistics if row.table and row.subject.endswith(subject)}


def messages(article: Article) -> list[str]:
    return [problem.message for problem in article.problems if problem.place == "statistics"]


def test_a_year_is_that_of_its_clause_else_of_the_title() -> None:
    text = "2021年公开政府信息3条，2022年公开政府信息4条。办理回复5件。结合2007年和2009年两次清理，公布规范性文件6部。"
    assert [row.year for row in read(TITLE, text).statistics] == [2021, 2022, 2022, 2009]
    assert [row.year for row in read(TITLE, "2010年结合2007年清理的结果，公布规范性文件6部。").statistics] == [2010]


@pytest.mark.parametrize(
    "text",
    [
        "要对13个试点领域的公开事项进行梳理。",
        "应当自收到申请之日起15个工作日内公开信息。",
        "各单位拟公开信息20条。",
        "主动公开政府信息占79%，较上年提高了172%。",
        "联系电话：23158668，邮编350400。",
        "《关于公开的通知》（国办发〔2017〕42号）第20条。",
        "本单位设科室18个。",
    ],
)
def test_what_is_no_number_of_work_done_is_no_statistic(text: str) -> None:
    assert read(TITLE, text).statistics == ()


def test_a_plan_states_no_statistics() -> None:
    assert read("政务公开试点工作实施方案", "5个试点单位围绕13个领域公开信息100条。").statistics == ()


@pytest.mark.parametrize(
    "text", ["无正当理由大量反复申请", "未经复议直接起诉", "未按时答复申请", "没有明确信息公开的责任"]
)
def test_a_rule_about_absence_is_no_zero(text: str) -> None:
    assert read(TITLE, text).statistics == ()


def test_a_table_is_read_with_the_heads_of_merged_cells() -> None:
    rows = (
        ("申请人情况", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"),
        ("", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""),
        ("一、本年新收政府信息公开申请数量", "", "", "71", "3", "0", "0", "0", "0", "74"),
        ("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "0", "2", "0", "0", "0", "0", "2"),
        ("", "", "2.其他法律行政法规禁止公开", "1", "0", "0", "0", "0", "0", "1"),
    )
    article = in_table(rows)
    assert values(article, "三、本年度办理结果：（三）不予公开：2.其他法律行政法规禁止公开")["自然人"] == 1
    new = values(article, "本年新收政府信息公开申请数量")
    assert [head.split("：")[-1] for head in new] == list(SEVEN)
    assert list(new.values()) == [71, 3, 0, 0, 0, 0, 74]
    assert messages(article) == []


def in_table(rows: tuple[tuple[str, ...], ...]) -> Article:
    table = Paragraph("\n".join("\t".join(row) for row in rows), kind="table", rows=rows)
    return extract(Normalized("docx", (Paragraph(TITLE), Paragraph("政府信息公开情况如下。"), table))).articles[0]


def test_a_table_of_units_gives_each_number_its_unit_and_year() -> None:
    rows = (("指标名称", "计量单位", "2022年度", "历年累计"), ("主动公开信息数", "条", "425", "1,516"))
    found = [(row.measure, row.value, row.unit, row.year) for row in in_table(rows).statistics]
    assert found == [("2022年度", 425, "条", 2022), ("历年累计", 1516, "条", 2022)]


def test_a_serial_number_is_no_statistic() -> None:
    rows = (("序号", "公开事项", "条数"), ("1", "机构职能", "12"), ("二、办事信息", "", ""), ("2", "办事指南", "30"))
    found = [(row.subject, row.measure, row.value) for row in in_table(rows).statistics]
    assert found == [("机构职能", "条数", 12), ("办事指南", "条数", 30)]


def test_a_table_of_disputes_takes_its_subjects_from_its_heads() -> None:
    rows = (
        ("行政复议", "", "", "", "", "行政诉讼", "", "", "", ""),
        ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "", "", "", ""),
        ("", "", "", "", "", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
        ("25", "3", "8", "0", "36", "3", "3", "0", "0", "6"),
    )
    article = in_table(rows)
    assert values(article, "行政复议") == {"结果维持": 25, "结果纠正": 3, "其他结果": 8, "尚未审结": 0, "总计": 36}
    assert values(article, "行政诉讼：未经复议直接起诉")["总计"] == 6


def test_a_sum_that_does_not_hold_is_reported_and_both_numbers_kept() -> None:
    rows = (("申请人情况", *SEVEN), ("一、本年新收政府信息公开申请数量", "71", "3", "0", "0", "0", "0", "75"))
    article = in_table(rows)
    assert values(article, "本年新收政府信息公开申请数量")["总计"] == 75
    assert messages(article) == ["一、本年新收政府信息公开申请数量：各栏之和为74，总计为75；请核对原表"]


FLAT = (
    "三、收到和处理政府信息公开申请情况申请人情况自然人法人或其他组织总计一、本年新收政府信息公开申请数量{new}二、上年结转政府信息公开申请数量"
    "0000000三、本年度办理结果（一）予以公开330000033（二）部分公开（区分处理的，只计这一情形）380000038（三）不予公开1.属于国家秘密"
    "00000002.其他法律行政法规禁止公开0000000（七）总计710000071四、结转下年度继续办理4200006"
)


def test_cells_that_ran_together_are_cut_where_their_sum_proves_it() -> None:
    article = read(TITLE, FLAT.format(new="752000077"))
    assert list(values(article, "本年新收政府信息公开申请数量").values()) == [75, 2, 0, 0, 0, 0, 77]
    assert list(values(article, "（二）部分公开").values()) == [38, 0, 0, 0, 0, 0, 38]
    assert list(values(article, "1.属于国家秘密").values()) == [0] * 7
    assert list(values(article, "四、结转下年度继续办理").values()) == [4, 2, 0, 0, 0, 0, 6]
    assert messages(article) == []


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_cells_that_a_gap_parts_are_read_as_they_stand(separator: str) -> None:
    new = separator.join(["", "75", "2", "0", "0", "0", "0", "77", ""])
    article = read(TITLE, *FLAT.format(new=new).split("\n"))
    assert list(values(article, "本年新收政府信息公开申请数量").values()) == [75, 2, 0, 0, 0, 0, 77]


def test_digits_that_no_sum_proves_are_reported_and_not_read() -> None:
    article = read(TITLE, FLAT.format(new="752000078"))
    assert values(article, "本年新收政府信息公开申请数量") == {}
    assert ["752000078" in message for message in messages(article)] == [True]


ISSUED = (
    "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件8855698第二十条第（五）项"
    "信息内容本年处理决定数量行政许可10690"
)


def test_a_row_without_a_sum_is_cut_by_what_the_sentences_state() -> None:
    article = read(TITLE, f"公开现行有效行政规范性文件698件，本年制发规范性文件88件。{ISSUED}")
    assert values(article, "行政规范性文件") == {"本年制发件数": 88, "本年废止件数": 55, "现行有效件数": 698}
    assert values(article, "规章") == {"本年制发件数": 0, "本年废止件数": 0, "现行有效件数": 0}
    assert values(article, "行政许可") == {"本年处理决定数量": 10690}


def test_a_row_without_a_sum_that_nothing_proves_is_reported() -> None:
    article = read(TITLE, f"政府信息公开。{ISSUED}")
    assert values(article, "行政规范性文件") == {}
    assert any("8855698" in message for message in messages(article))


def test_the_disputes_of_a_page_are_cut_by_their_three_sums() -> None:
    heads = "结果维持结果纠正其他结果尚未审结总计"
    text = f"政府信息公开行政复议行政诉讼{heads}未经复议直接起诉复议后起诉{heads}{heads}25380363300630003五、存在的问题"
    article = read(TITLE, text)
    assert list(values(article, "行政复议").values()) == [25, 3, 8, 0, 36]
    assert list(values(article, "未经复议直接起诉").values()) == [3, 3, 0, 0, 6]
    assert list(values(article, "复议后起诉").values()) == [3, 0, 0, 0, 3]


@pytest.mark.parametrize("gap", ["", " "])
def test_the_form_with_units_is_read_with_and_without_gaps(gap: str) -> None:
    cells = ["统计指标", "单位", "统计数", "主动公开政府信息数", "条", "1132", "1.政府公报公开政府信息数", "条", "0",
             "2.政府网站公开政府信息数", "条", "1132", "收到行政复议申请数", "件", "0"]  # fmt: skip
    article = read(TITLE, f"政府信息公开情况统计表{gap}" + gap.join(cells))
    found = [(row.subject, row.value, row.unit) for row in article.statistics if row.table]
    assert found == [
        ("主动公开政府信息数", 1132, "条"),
        ("1.政府公报公开政府信息数", 0, "条"),
        ("2.政府网站公开政府信息数", 1132, "条"),
        ("收到行政复议申请数", 0, "件"),
    ]


def test_a_row_with_an_empty_cell_is_reported() -> None:
    text = "指标名称 计量单位 2013年度 历年累计 主动公开信息数 条 72804 76424 2、政府公报公开 条 0 行政复议数 件 0 0"
    article = read(TITLE, f"政府信息公开。{text}")
    assert any(message.startswith("2、政府公报公开") for message in messages(article))


def test_a_sentence_that_differs_from_the_table_is_reported() -> None:
    article = read(TITLE, "全区收到政府信息公开申请78件。", FLAT.format(new="752000077"))
    assert messages(article) == ["收到政府信息公开申请：正文为78，表中为77；请核对原文"]


def test_numbered_rows_that_miss_their_whole_are_reported() -> None:
    rows = (
        ("指标", "单位", "2022年度"),
        ("对申请的答复数", "条", "5"),
        ("其中：1.同意公开答复数", "条", "3"),
        ("2.不同意公开答复数", "条", "1"),
        ("其中：涉及国家秘密", "条", "1"),
        ("3.信息不存在数", "条", "0"),
    )
    assert messages(in_table(rows)) == ["对申请的答复数（2022年度）：为5，所列各项之和为4；请核对原表"]


HOSTILE = """
    公开1条 条1 《 《条例》 国办发〔2017〕42号 本年新收政府信息公开申请数量1 没有申请 其中1条 1,234
    指标单位条1 《条例》第一条、
    第二十条第（一）项本年制发件数规章12345 未经复议直接起诉复议后起诉结果
"""


@pytest.mark.parametrize("text", HOSTILE.split())
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    article = read(TITLE, text * (200_000 // len(text)))
    assert len(article.statistics) <= MAX_STATISTICS


def test_parts_that_miss_their_whole_are_reported() -> None:
    article = seed_articles(facts("statistics"))[2][0]
    assert messages(article) == ["城区一级为2907条，所列4项之和为2807；请核对原文"]
