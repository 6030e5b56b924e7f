"""Heads of laws, orders, announcements and letters as provinces, ministries and courts write them."""

import pytest

from schemas.articles import Article
from tests.support.builders.papers import paper
from workers.extract import extract
from workers.normalize import normalize

BODY = (
    "第一章 总则",
    "第一条 为了加强管理，根据有关法律、法规，结合本地实际，制定本办法。",
    "第二章 附则",
    "第二条 本办法自2019年10月1日起施行。",
)
TEXT = ("一、总体要求", "各单位要认真贯彻落实，切实加强组织领导，确保各项工作落到实处。")


def read(*lines: str) -> Article:
    (article,) = extract(normalize(paper(*lines))).articles
    return article


@pytest.mark.parametrize(
    ("lines", "issuer", "number", "date"),
    [
        (
            ("浙江省行政程序办法", "浙江省人民政府令第348号", *BODY),
            "浙江省人民政府",
            "浙江省人民政府令第348号",
            None,
        ),
        (
            (
                "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
                "（2014年12月18日最高人民法院审判委员会第1636次会议通过 法释〔2015〕5号 自2015年2月4日起施行）",
                *BODY,
            ),
            "最高人民法院",
            "法释〔2015〕5号",
            "2014-12-18",
        ),
        (
            (
                "最高人民法院 最高人民检察院关于办理贪污贿赂刑事案件适用法律若干问题的解释",
                "（2016年3月28日最高人民法院审判委员会第1680次会议、2016年3月25日最高人民检察院第十二届检察委员会第50次会议通过）",
                "法释〔2016〕9号",
                *TEXT,
            ),
            "最高人民法院",
            "法释〔2016〕9号",
            "2016-03-28",
        ),
        (
            (
                "财政部 税务总局关于延续实施有关税收优惠政策的公告",
                "财政部 税务总局公告2023年第7号",
                "为支持企业发展，现将有关政策公告如下：",
                *TEXT,
                "财政部 税务总局",
                "2023年3月26日",
            ),
            "财政部",
            "财政部 税务总局公告2023年第7号",
            "2023-03-26",
        ),
        (
            (
                "中华人民共和国香港特别行政区驻军法",
                "（1996年12月30日第八届全国人民代表大会常务委员会第二十三次会议通过 "
                "1996年12月30日中华人民共和国主席令第八十号公布 自1997年7月1日起施行）",
                *BODY,
            ),
            "全国人民代表大会常务委员会",
            "中华人民共和国主席令第80号",
            "1996-12-30",
        ),
        (
            (
                "甘孜藏族自治州草原管理条例",
                "2019年6月26日甘孜藏族自治州第十二届人民代表大会第四次会议通过",
                "2019年9月26日四川省第十三届人民代表大会常务委员会第十三次会议批准",
                *BODY,
            ),
            "甘孜藏族自治州人民代表大会",
            None,
            "2019-06-26",
        ),
    ],
)
def test_issuer_number_and_date_of_a_head(
    lines: tuple[str, ...], issuer: str, number: str | None, date: str | None
) -> None:
    article = read(*lines)
    assert (article.title, article.issuer, article.document_number, article.signed_on) == (
        lines[0],
        issuer,
        number,
        date,
    )


def test_the_organ_in_large_letters_above_a_title_is_no_title() -> None:
    title = "玉树藏族自治州人民政府关于表彰先进集体的决定"
    assert read("玉树藏族自治州人民政府", "玉政〔2013〕12号", title, "各县市人民政府：", *TEXT).title == title


def test_an_organ_on_the_first_line_of_a_title_stays_part_of_it() -> None:
    assert (
        read("某市教育局", "2011年政府信息公开工作年度报告", *TEXT).title == "某市教育局2011年政府信息公开工作年度报告"
    )


def test_the_first_of_several_organs_before_a_title_is_the_issuer() -> None:
    title = "中共中央办公厅 国务院办公厅印发《关于全面推进政务公开工作的意见》"
    assert read(title, "近日，有关部门印发了意见，要求各地认真贯彻落实。", *TEXT).issuer == "中共中央办公厅"


def test_a_place_before_its_government_is_no_organ_of_its_own() -> None:
    lines = ("关于表彰先进集体的决定", *TEXT, "银杏镇 人民政府", "2013年2月26日")
    assert (read(*lines).issuer or "").replace(" ", "") == "银杏镇人民政府"


@pytest.mark.parametrize("specks", [("(Ted|", "实"), ("实",), ("|", "~ 3", "鱼")])
def test_stains_a_scan_is_read_with_do_not_part_the_title_from_its_notes(specks: tuple[str, ...]) -> None:
    notes = ("1988年10月31日国务院批准", "1988年11月14日国家科学技术委员会令第2号发布")
    article = read("实验动物管理条例", *specks, *notes, *BODY)
    assert article.document_number == "国家科学技术委员会令第2号"
    assert article.signed_on == "1988-11-14"
    assert article.issuer == "国务院"


def test_what_is_no_speck_ends_the_head() -> None:
    article = read("实验动物管理条例", "本条例的由来", "1988年11月14日国家科学技术委员会令第2号发布", *BODY)
    assert article.preamble is not None
    assert article.preamble.startswith("本条例的由来")
