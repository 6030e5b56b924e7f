"""Properties that hold for any text, however odd: nothing raises, nothing is lost, both scripts stay twins."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.cleaned import Normalized, Paragraph
from workers.extract import extract

PIECES = """
    一、 二、 三、加强领导 （一） （二）思想。 (3) 1. 2、 3．其他。 ① 第一章 第二章总则 第一条 第二条为了 第三款 附件
    附件1： 目录 序号 某市教育局 2011年1月13日 二〇一一年 发布日期：2011-01-13 来源： 关于做好工作的通知 《条例》
    国办发〔2017〕42号 “ ” 。 ； ： ， 一是 情况 第一篇：总结 第二篇：总结 【案情】 123 x
    今年以来我局认真贯彻落实条例，切实加强领导，政务公开工作取得新的成效。
"""
LINES = st.lists(st.lists(st.sampled_from([*PIECES.split(), " "]), min_size=1, max_size=12).map("".join), max_size=14)
ENDS_OF_HEADINGS = set("。.：:；;，,、！!")


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace() and character not in ENDS_OF_HEADINGS)


@settings(deadline=None, max_examples=150)
@given(LINES)
def test_every_character_is_in_the_text_and_none_is_invented(lines: list[str]) -> None:
    articles = extract(Normalized("txt", tuple(map(Paragraph, lines)))).articles
    assert letters("".join(article.text for article in articles)) <= letters("".join(lines))
    kept = letters("".join(lines)) - letters("".join(article.text for article in articles))
    assert set(kept) <= set("第一二篇")  # 「第二篇：」 is the page's own numbering of its articles


@settings(deadline=None, max_examples=150)
@given(LINES)
def test_sections_hold_only_text_of_their_article_once(lines: list[str]) -> None:
    for article in extract(Normalized("txt", tuple(map(Paragraph, lines)))).articles:
        parts = [f"{section.number or ''}{section.heading or ''}{section.text}" for section in article.sections]
        assert letters(article.preamble + "".join(parts)) <= letters(article.text)


@settings(deadline=None, max_examples=100)
@given(LINES)
def test_twins_keep_their_length(lines: list[str]) -> None:
    twins = tuple(Paragraph(line, line.replace("导", "導").replace("条", "條")) for line in lines)
    for article in extract(Normalized("txt", twins)).articles:
        for section in article.sections:
            for text, original in ((section.heading, section.heading_original), (section.text, section.text_original)):
                assert original is None or (text is not None and len(text) == len(original))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000,
        "一、" * 100_000,
        "（一）" * 70_000,
        "一" + " " * 200_000 + "一",
        "第一条 " * 50_000,
        "“" * 200_000,
        "2011年1月13日" * 20_000,
        "一、加强领导。" * 30_000,
        "来源：" * 60_000,
        "局" * 200_000,
        ">" * 200_000,
        "国办发〔2017〕42号" * 30_000,
        "其中公开1条" * 30_000,
    ],
)
def test_a_hostile_line_is_read_to_its_end(text: str) -> None:
    articles = extract(Normalized("txt", (Paragraph(text),))).articles
    assert letters(articles[0].text) == letters(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["一、"],
        ["("],
        ["第一条"],
        ["1 总则"],
        ["附件1"],
        ["某市教育局", "2011年1月13日"],
        ["“", "某市教育局", "2011年1月13日"],
        ["关于某事的通知", "一、工作"],
        ["目录", "第一章 总则"],
        ["（一）某项；", "（二）某项。"],
        ["来源：某局"],
        ["公开212条。", "《条例》第三条"],
    ],
    ids="".join,
)
def test_many_short_hostile_lines_are_read_to_their_end(lines: list[str]) -> None:
    many = lines * (20_000 // len(lines))
    articles = extract(Normalized("txt", tuple(map(Paragraph, many)))).articles
    assert letters("".join(article.text for article in articles)) == letters("".join(many))


SHORT = st.lists(st.sampled_from([*PIECES.split(), "(", "“", "《", "一", "1 总则", "二：概述"]), max_size=60)


@settings(deadline=None, max_examples=100)
@given(SHORT)
def test_short_lines_in_any_order_lose_no_character(lines: list[str]) -> None:
    articles = extract(Normalized("txt", tuple(map(Paragraph, lines)))).articles
    kept = letters("".join(lines)) - letters("".join(article.text for article in articles))
    assert set(kept) <= set("第一二篇")
