"""Guide and catalogue: the thirteen items of 条例第十二条, each missed by name, and old or missing documents."""

import datetime

import pytest

from schemas.office.catalogues.guide import GuideKind, GuideText
from search.office.catalogue.guide.check import check_guide, check_guides
from search.office.catalogue.guide.items import ITEMS, kind_of

GUIDE = """一、信息分类和编排
本机关公开的信息分为八类，按索引号编排。
二、获取方式
在政府网站或者县档案馆查阅场所获取。
三、公开工作机构
机构名称：某县人民政府办公室
办公地址：某县人民路1号
办公时间：周一至周五8:30-12:00，14:30-18:00
联系电话：0453-6171234
传真号码：0453-6171235
电子邮箱：zwgk@mx.gov.cn
"""
CATALOGUE = "索引号\t名称\t内容概述\t生成日期\nA-1\t某办法\t规范管理\t2025-01-01"


def text_of(kind: GuideKind, text: str, dated: str = "2025-06-01") -> GuideText:
    return GuideText("指南.html", "d1", f"某县政府信息公开{kind}", kind, text, dated)


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("分为八类，", None),
        ("，按索引号编排", "编排体系"),
        ("机构名称：某县人民政府办公室", "工作机构的名称"),
        ("办公地址：某县人民路1号", "办公地址"),
        ("办公时间：周一至周五8:30-12:00，14:30-18:00", "办公时间"),
        ("联系电话：0453-6171234", "联系电话"),
        ("传真号码：0453-6171235", "传真号码"),
        ("电子邮箱：zwgk@mx.gov.cn", "互联网联系方式"),
    ],
)
def test_an_item_that_is_left_out_is_named(line: str, item: str | None) -> None:
    assert line in GUIDE
    text = GUIDE.replace(line, "").replace("信息分类和编排", "信息分类" if item else "信息分类和编排")
    found = list(check_guide(text_of(GuideKind.GUIDE, text)))
    assert [one.evidence[0].place for one in found] == ([item] if item else [])
    assert all(basis.paragraph == "第十二条第二款" for one in found for basis in one.rule.bases)


def test_a_whole_guide_and_a_whole_catalogue_are_silent() -> None:
    assert list(check_guide(text_of(GuideKind.GUIDE, GUIDE))) == []
    assert list(check_guide(text_of(GuideKind.CATALOGUE, CATALOGUE))) == []
    assert [kind.kind for kind in ITEMS].count(GuideKind.GUIDE) == 9
    assert len(ITEMS) == 13


def test_a_label_without_its_value_is_said_to_be_blank() -> None:
    found = list(check_guide(text_of(GuideKind.GUIDE, GUIDE.replace("0453-6171235", ""))))
    assert [one.evidence[0].text for one in found] == ["传真号码："]
    assert "没有内容" in found[0].message


@pytest.mark.parametrize("head", ["索引", "名称", "内容概述", "生成日期"])
def test_a_catalogue_lacks_a_column(head: str) -> None:
    found = list(check_guide(text_of(GuideKind.CATALOGUE, CATALOGUE.replace(head, "甲"))))
    assert [one.evidence[0].place for one in found] == [head]


def test_old_ones_and_missing_ones_are_named() -> None:
    guide = text_of(GuideKind.GUIDE, GUIDE, dated="2023-01-01")
    found = list(check_guides([guide], today=datetime.date(2026, 11, 29)))
    assert [one.rule.code for one in found] == ["guide.stale", "guide.none"]
    assert "公开目录" in found[1].message


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某县政府信息公开指南", GuideKind.GUIDE),
        ("某局政务公开工作指南（2025年版）", GuideKind.GUIDE),
        ("某县政府信息公开目录", GuideKind.CATALOGUE),
        ("某镇主动公开基本目录", GuideKind.CATALOGUE),
        ("关于编制政府信息公开指南的通知", None),
        ("某县基层政务公开标准目录", None),
        ("办事指南", None),
    ],
)
def test_a_guide_is_known_by_its_title(title: str, kind: GuideKind | None) -> None:
    assert kind_of(title) is kind
