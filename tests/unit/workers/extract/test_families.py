"""The record of papers beyond the notice: budgets, tenders, standards, orders, judgments, letters of Taiwan, invoices.

Each text is made for the test in the form its family has; no name in it is of a real body or person.
"""

import pytest

from schemas.articles import Article
from schemas.blocks import Clue
from tests.support.builders.clean_documents import read
from workers.extract.grammar.document_number import read_document_number

TEXT = "现将有关事项说明如下，请结合实际认真执行，执行中遇到的问题请及时反馈。"


@pytest.mark.parametrize("label", ["预算主管部门", "预算单位", "编报部门", "编制单位"])
def test_a_budget_is_of_the_organ_on_its_cover(label: str) -> None:
    article = read("甲市乙区2025年区级部门预算", f"{label}：甲市乙区人民政府办公室", "目录", "一、部门主要职能", TEXT)
    assert article.issuer == "甲市乙区人民政府办公室"


def test_purchaser_and_agent_of_a_tender_are_kept_apart() -> None:
    article = read(
        "甲大学期刊采购项目招标文件",
        "项目编号：0873-2301采购人：甲大学采购代理机构：乙招标代理有限公司",
        "2023年6月",
        TEXT,
    )
    assert (article.purchaser, article.agent) == ("甲大学", "乙招标代理有限公司")
    assert article.issuer == "甲大学"


def test_a_purchaser_named_in_a_contract_form_is_nobody() -> None:
    article = read("甲市采购文件示范文本", TEXT, "采购人：（单位名称）", "采购代理机构：")
    assert (article.purchaser, article.agent) == (None, None)


def test_the_cover_of_a_standard_has_number_and_days() -> None:
    article = read(
        "ICS 35.240.20", "A 13", "中华人民共和国国家标准", "GB/T 9999—2012", "代替 GB/T 9999—1999", "甲类公文格式",
        "2012-06-29 发布", "2012-07-01 实施", "1 范围", "本标准规定了公文格式。",
    )  # fmt: skip
    assert article.document_number == "GB/T 9999—2012"
    assert (article.published_on, article.effective_on) == ("2012-06-29", "2012-07-01")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("GB/T 33480-2016", "GB/T 33480—2016"),
        ("JR/T 0071.1—2020", "JR/T 0071.1—2020"),
        ("DB11/T 1234—2020", "DB11/T 1234—2020"),
        ("DB 34/T 1234—2021", "DB34/T 1234—2021"),
        ("DB34/ T 1234 — 2021", "DB34/T 1234—2021"),
        ("DB11/ 501—2017", "DB11/ 501—2017"),
        ("GB33480—2016", "GB 33480—2016"),
        ("中华人民共和国金融行业标准 JR/T 0071—2020", "JR/T 0071—2020"),
        ("行业标准 2020-2021", None),
        ("T/ABCD 12—2021", "T/ABCD 12—2021"),
        ("立法会CB(3)100/2026(10)号文件", "立法会CB(3)100/2026(10)号文件"),
        ("A 13/14-24", "A 13/14-24"),
        ("（2020）京01民终1234号", "（2020）京01民终1234号"),
        ("(2019)最高法知民终2号", "（2019）最高法知民终2号"),
        ("ICS 35.240.20", None),
        ("2020-2021", None),
    ],
)
def test_numbers_of_every_family_are_read(written: str, number: str | None) -> None:
    assert read_document_number(written) == number


def test_an_order_is_of_the_day_it_was_signed_above_the_text() -> None:
    article = read(
        "甲市人民政府令", "第179号", "《甲市老年人优待办法》已经2020年12月31日市人民政府常务会议通过，现予公布。",
        "市 长：某某某", "2021年1月29日", "甲市老年人优待办法", "第一条 为保障老年人合法权益，制定本办法。",
        "第二条 本办法自2021年5月1日起施行。",
    )  # fmt: skip
    assert (article.title, article.signed_on) == ("甲市老年人优待办法", "2021-01-29")
    assert article.document_number == "甲市人民政府令第179号"


def test_a_judgment_is_of_the_court_above_its_name() -> None:
    article = read(
        "甲市第一中级人民法院", "民事判决书", "（2020）甲01民终1234号", "上诉人：乙公司。", TEXT,
        "审判长 某某某", "二〇二〇年三月五日",
    )  # fmt: skip
    assert article.issuer == "甲市第一中级人民法院"
    assert (article.document_number, article.signed_on) == ("（2020）甲01民终1234号", "2020-03-05")


def taiwan_letter() -> Article:
    return read(
        "档 号：", "保存年限：", "甲县政府 函", "地址：甲县乙市光明路1号", "受文者：甲县立丙国民中学",
        "发文日期：中华民国110年9月30日", "发文字号：府教学字第1100000001号", "速别：普通件", "附件：竞赛实施计划",
        "主旨：有关本县办理科技教育竞赛一案，请查照。", "说明：", "一、依据本县年度推动总体计划办理。",
    )  # fmt: skip


def test_a_letter_of_taiwan_states_its_record_line_by_line() -> None:
    article = taiwan_letter()
    assert (article.issuer, article.addressees) == ("甲县政府", "甲县立丙国民中学")
    assert (article.document_number, article.signed_on) == ("府教学字第1100000001号", "2021-09-30")


def test_a_closing_word_is_no_part_of_the_one_who_signs() -> None:
    article = read("对甲条例草案的意见书", TEXT, "乙物流业工会联会 谨启", "2026年6月3日")
    assert article.issuer == "乙物流业工会联会"


def test_buttons_beside_a_source_are_no_part_of_it() -> None:
    clues = (Clue("信息来源", "市人力资源社会保障局 社保中心浏览", "publish_line"),)
    assert read("养老金申领指引", TEXT, clues=clues).source == "市人力资源社会保障局 社保中心"


def test_the_foot_of_a_formal_document_is_read() -> None:
    article = read(
        "000012", "甲省人民政府文件", "甲政发〔2024〕3号", "关于做好信息公开工作的通知", "各市人民政府：", TEXT,
        "甲省人民政府", "2024年1月2日", "（此件公开发布，发至县团级）", "抄送：省委办公厅。",
        "甲省人民政府办公厅 2024年1月4日印发",
    )  # fmt: skip
    assert article.copy_number == "000012"
    assert (article.note, article.release_level) == ("此件公开发布，发至县团级", "县团级")
    assert (article.printed_by, article.printed_on) == ("甲省人民政府办公厅", "2024-01-04")
    assert (article.signed_on, article.copied_to) == ("2024-01-02", "省委办公厅")


def test_an_invoice_is_of_the_day_it_was_made_out() -> None:
    article = read("电子发票（普通发票） 发票号码：24412000000000000001", "开票日期：2024年12月31日", TEXT)
    assert (article.title, article.signed_on) == ("电子发票（普通发票）", "2024-12-31")
