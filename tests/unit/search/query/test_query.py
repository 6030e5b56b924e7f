"""What was typed is understood the same way for every index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.queries import Query
from search.query.numbers.document_numbers import number_key
from search.query.parser import (
    MAX_CHARACTERS,
    MAX_PHRASES,
    MAX_WORDS,
    ParsedQuery,
    clamp,
    parse,
    title_key,
    words_required,
)
from search.query.ways import enough, ways


@pytest.mark.parametrize(
    "typed",
    [
        '"信息公开"',
        "“信息公开”",
        "”信息公开“",
        "「信息公开」",
        "『信息公开』",
        "＂信息公开＂",
        "„信息公开“",
        '"信息 公开"',
        "“資訊公開”",
    ],
)
def test_any_quotation_marks_make_a_phrase(typed: str) -> None:
    parsed = parse(typed)
    assert parsed.words == ()
    assert len(parsed.phrases) == 1
    assert parsed.phrases[0][0] in ("信息公开", "资讯公开")


def test_a_phrase_is_also_searched_as_typed_where_simplifying_changes_it() -> None:
    assert parse("“乾燥與通風”").phrases == (("干燥与通风", "乾燥与通风"),)


def test_words_and_phrases_stand_side_by_side() -> None:
    assert parse('年度报告 "主动公开" 会议') == ParsedQuery(("年度报告", "会议"), (("主动公开",),), (), "年度报告会议")


@pytest.mark.parametrize("typed", ['年报 "主动公开', "年报 “主动公开", "年报 主动公开」"])
def test_an_unbalanced_quotation_mark_is_passed_over(typed: str) -> None:
    assert parse(typed).words == ("年报", "主动", "公开")
    assert parse(typed).phrases == ()


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2017〕42号",
        "国办发[2017]42号",
        "国办发（2017）42号",
        "國辦發【２０１７】第４２號",
        "国办发 ﹝2017﹞ 042 号",
    ],
)
def test_a_document_number_has_one_key(written: str) -> None:
    assert number_key(written) == "国办发(2017)42号"
    assert parse(written) == ParsedQuery(numbers=("国办发(2017)42号",))


@pytest.mark.parametrize("written", ["国办发?2017?42号", "國辦發2017 42號", "国办发2017-42号"])
def test_a_document_number_that_lost_its_brackets_is_asked_for_all_the_same(written: str) -> None:
    assert parse(written) == ParsedQuery(numbers=("国办发(2017)42号",))


def test_a_year_is_found_with_whatever_zero_it_is_spelled() -> None:
    (group,) = parse("2008年12月15日").groups
    assert group.forms == ("二〇〇八年十二月十五日", "二○○八年十二月十五日", "二00八年十二月十五日")
    assert "2008年" in parse("二00八年").groups[0].forms


def test_words_around_a_document_number_stay_words() -> None:
    assert parse("公开 国办发[2017]42号 条例") == ParsedQuery(("公开", "条例"), (), ("国办发(2017)42号",), "公开条例")
    assert parse("见国办发〔2017〕42号").marked == ("见国办发(2017)42号", "国办发(2017)42号")


def test_a_title_is_compared_by_its_letters_and_digits() -> None:
    title = "关于适用《公司法》若干问题的规定（三）"
    assert parse(title).title == parse("关于适用公司法 若干问题的规定(三)?").title == title_key(title)
    assert title_key(title) == "关于适用公司法若干问题的规定三"


def test_what_is_no_document_number_keeps_its_own_form() -> None:
    assert number_key("国务院令第711号") == "国务院令第711号"
    assert parse("2017年42号").numbers == ()


def test_only_marks_are_searched_as_they_stand() -> None:
    assert parse("😀").phrases == (("😀",),)
    assert parse("100%").words == ("100%",)
    assert parse(" \n\u3000").empty


@given(st.text(max_size=2000))
def test_every_text_is_a_query_within_bounds(text: str) -> None:
    parsed = parse(clamp(Query(text)).text)
    assert len(parsed.words) <= MAX_WORDS
    assert len(parsed.phrases) <= MAX_PHRASES
    assert sum(map(len, parsed.marked)) <= 3 * MAX_CHARACTERS
    assert all(parsed.marked)


def test_sizes_are_brought_into_range() -> None:
    asked = clamp(Query("a\ud800", prefix="\ud800", size=10**9, offset=-1, sections_each=-1))
    assert (asked.text, asked.prefix, asked.size, asked.offset, asked.sections_each) == ("a?", "?", 100, 0, 1)


def test_a_search_is_widened_only_where_all_words_find_too_little() -> None:
    one, two, three = (ParsedQuery(words=("民政", "公开条例", "办法")[:count]) for count in (1, 2, 3))
    assert [ways(each, literal=False) for each in (one, two, three)] == [
        ("words", "strict"),
        ("words", "strict", "loose"),
        ("words", "loose"),
    ]
    assert [ways(each, literal=True) for each in (one, two)] == [("strict",), ("strict", "loose")]
    assert [enough(two, found) for found in (0, 1)] == [False, True]
    assert [enough(three, found) for found in (0, 9, 10)] == [False, False, True]
    assert [words_required(count) for count in (2, 3, 5, 10, 32)] == [1, 1, 1, 2, 6]
