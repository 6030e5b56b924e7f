"""The original with its repairs in place, the lines of a section, the record with its evidence, problems in Chinese."""

import re
from dataclasses import replace

import pytest

from schemas.articles import Article, Evidence, Extracted
from schemas.blocks import Block, Converted
from schemas.cleaned import Damage, Normalized, Paragraph, Removal
from schemas.outcomes import Category, Problem
from schemas.records import ArticleSummary
from search.pages.original.original_view import headings_in, source
from search.pages.passages import Passage, Stretch, damages_by_tail, passages
from search.pages.problem_messages import problem_message
from search.pages.record_view import facts
from tests.support.library import rows_of

BLOCKS = (
    Block("首页 > 公开", role="chrome", page=1),
    Block("當(dāng)前工作", page=1),
    Block("國辦發?2017?42號", page=2),
    Block("甲\t乙\n1\t2", kind="table", page=2),
)
CONVERTED = Converted("pdf", BLOCKS)
DETAILS = Normalized(
    format="pdf",
    paragraphs=(
        Paragraph("当前工作", "當前工作", block=1),
        Paragraph("国办发□2017□42号", "國辦發□2017□42號", block=2),
        Paragraph("甲\t乙\n1\t2", block=3, kind="table"),
    ),
    removals=(
        Removal("breadcrumb", "首页 > 公开", 0),
        Removal("injected_pinyin", "(dāng)", 1, 1),
        Removal("seo_spam", "不在此处的文字", 1, 3),
    ),
    damages=(Damage("lost_mark", 1, 3, "?"), Damage("lost_mark", 1, 8, "?")),
)


def test_what_was_taken_away_and_what_is_damaged_stands_where_it_stood() -> None:
    shown = source(CONVERTED, DETAILS)
    chrome, paragraph, number, table = shown.blocks
    assert (chrome.rule, [one.text for one in chrome.stretches]) == ("breadcrumb", ["首页 > 公开"])
    assert paragraph.stretches == (Stretch("當"), Stretch("(dāng)", "injected_pinyin", removed=True), Stretch("前工作"))
    assert number.stretches == (
        Stretch("國辦發"), Stretch("?", "lost_mark"), Stretch("2017"), Stretch("?", "lost_mark"), Stretch("42號")
    )  # fmt: skip
    assert table.table
    assert shown.rules == (("lost_mark", 2), ("breadcrumb", 1), ("injected_pinyin", 1), ("seo_spam", 1))


def test_what_has_lost_its_place_is_shown_beside_its_block() -> None:
    assert source(CONVERTED, DETAILS).blocks[1].lost == (Stretch("不在此处的文字", "seo_spam", removed=True),)


def test_nothing_of_a_block_is_lost_or_doubled_whatever_the_marks() -> None:
    removals = tuple(Removal("space", text, 1, at) for text, at in (("當(", 0), ("(dāng)", 1), ("前", 7), ("作", 9)))
    wild = replace(
        DETAILS, removals=removals, damages=(Damage("mojibake", 0, 0, "當(dāng)前"), Damage("mojibake", 9, 0, "?"))
    )
    for n, block in enumerate(source(CONVERTED, wild).blocks):
        assert "".join(one.text for one in block.stretches) == BLOCKS[n].text


def test_pages_of_the_file_are_named_where_they_begin() -> None:
    assert [block.page for block in source(CONVERTED, DETAILS).blocks] == [1, None, 2, None]


def test_a_long_original_comes_in_parts_and_links_find_theirs() -> None:
    long = Converted("txt", tuple(Block(f"第{n}段" + "长" * 50_000) for n in range(6)))
    bare = Normalized("txt", ())
    assert [(source(long, bare, part=n).part, len(source(long, bare, part=n).blocks)) for n in (1, 2, 99)] == [
        (1, 2), (2, 2), (3, 2),
    ]  # fmt: skip
    assert source(long, bare, at="b5").part == 3
    assert source(Converted("txt", ()), bare).blocks == ()


def test_sections_are_found_in_the_original_in_their_order() -> None:
    rows = rows_of("a.txt")
    texts = [
        "标题",
        "一、2010年政务公开工作总结",
        "正文",
        "(一)加强组织领导,强化监督检查,确保政务公开工作落实到位。还有",
        "二、2011年工作思路",
    ]
    made = Normalized("txt", tuple(Paragraph(text, block=2 * n) for n, text in enumerate(texts)))
    assert headings_in(made, rows) == {rows[1].id: "b2", rows[2].id: "b6", rows[5].id: "b8"}
    assert headings_in(None, rows) == {}


def test_lines_with_tabs_become_tables_and_others_paragraphs() -> None:
    assert list(passages("甲\n项目\t数\n公开\t3\n\n乙", damages_by_tail(None))) == [
        Passage((Stretch("甲"),)),
        Passage(cells=(("项目", "数"), ("公开", "3")), line=1),
        Passage((Stretch("乙"),), line=4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "line", "damage", "marked"),
    [
        ("国办发?2017", "国办发?2017", Damage("lost_mark", 0, 3, "?"), ["国办发", "[?]", "2017"]),
        (
            "一、标题。申请处理□获取",
            "申请处理□获取",
            Damage("broken_pinyin", 0, 7, "?zhí)幚硇"),
            ["申请", "[处理□]", "获取"],
        ),
        ("直到这里", "直到这里", Damage("truncated", 0, 4, ""), ["直到这里", "[]"]),
        ("前面残?缺。后面完好", "后面完好", Damage("lost_mark", 0, 3, "?"), ["后面完好"]),
    ],
)
def test_damage_is_marked_in_the_line_it_belongs_to(whole: str, line: str, damage: Damage, marked: list[str]) -> None:
    tails = damages_by_tail(Normalized("txt", (Paragraph(whole),), damages=(damage,)))
    (passage,) = passages(line, tails)
    assert [f"[{one.text}]" if one.rule else one.text for one in passage.stretches] == marked


def test_equal_lines_do_not_share_their_damage() -> None:
    tails = damages_by_tail(Normalized("txt", (Paragraph("同?样"),), damages=(Damage("lost_mark", 0, 1, "?"),)))
    first, second = passages("同?样\n同?样", tails)
    assert [len(first.stretches), len(second.stretches)] == [3, 1]


EMPTY = Article(
    title="报告", title_derived=False, issuer="某局", document_number=None, signed_on="2011-01", published_on=None,
    source=None, author=None, index_number=None, preamble="", text="", sections=(),
)  # fmt: skip


def test_a_fact_says_where_it_was_read_and_leads_there() -> None:
    evidence = (Evidence("signed_on", "当前工作", "signature", 0.95), Evidence("issuer", "别处", "meta_table", 0.7))
    made = facts(ArticleSummary(0, "报告"), Extracted("pdf", (replace(EMPTY, evidence=evidence),)), DETAILS)
    by_name = {fact.name: fact for fact in made}
    assert (by_name["signed_on"].anchor, by_name["signed_on"].date) == ("b1", True)
    assert by_name["signed_on"].evidence == evidence[0]
    assert (by_name["issuer"].values, by_name["issuer"].anchor) == (("某局",), "")


def test_without_the_artefact_the_record_still_shows_its_values() -> None:
    made = facts(ArticleSummary(0, "报告", issuer="某局", kind="通知", region="某市"))
    assert [(fact.label, fact.values, fact.evidence) for fact in made] == [
        ("发文机关", ("某局",), None), ("体裁", ("通知",), None), ("地区", ("某市",), None),
    ]  # fmt: skip


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("lossy", [True, False])
def test_every_category_is_said_in_chinese_with_the_technical_line_beside_it(
    category: Category, *, lossy: bool
) -> None:
    said = problem_message(Problem("convert", "something in English", category, lossy=lossy))
    assert re.fullmatch(r"[\u4e00-\u9fff，。、：a-z ]+", said.text)
    assert said.technical == "something in English"


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("3 tracked deletions are not part of the text", "原文有 3 处修订删除的文字，不计入正文。"),
        (
            "page 7 was recognised with little confidence (61 %); scan it again",
            "第 7 页图像欠清晰，识别的文字可能有误。",
        ),
        ("the file is cut short: 20 of 900 characters are missing", "文件不完整，缺 20 字（共 900 字）。"),
        ("「(3) 缺失」：编号跳到 (4)", "「(3) 缺失」：编号跳到 (4)"),
    ],
)
def test_what_the_stages_say_most_is_said_in_chinese(message: str, chinese: str) -> None:
    said = problem_message(Problem("convert", message))
    assert said.text == chinese
    assert said.technical == ("" if message == chinese else message)
