"""Folding keeps lengths; words are the same whatever stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.analysis import fold, foldable_characters, grams, index_words, is_cut_apart, query_words, squeeze
from search.query.hanzi import simplify


# The first call makes the tables.
@settings(deadline=None)
@given(st.text())
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ＧＢ／Ｔ　９７０４", "gb/t 9704"),
        ("国办发〔2017〕［1］【2】", "国办发(2017)(1)(2)"),
        ("“公开”‘是’『常态』", '"公开"\'是\'"常态"'),
        ("2011—2020–2030－2040", "2011-2020-2030-2040"),
        ("ΟΔΟΣ ΟΔΟΣ", "οδοσ οδοσ"),
        ("İ", "i"),
    ],
)
def test_what_readers_take_for_the_same_folds_to_the_same(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_no_character_folds_to_one_that_folds_further() -> None:
    assert not set(foldable_characters().values()) & set(foldable_characters())


def test_squeezing_takes_out_every_kind_of_white_space() -> None:
    assert squeeze("国 办\u3000发\n〔\t2017\u00a0〕\x1c42号") == "国办发(2017)42号"
    assert grams("公 开。") == "公 公开 开 开。 。"
    assert grams("公") == "公"
    assert grams(" ") == ""


def test_words_of_grammar_are_left_out_unless_there_is_nothing_else() -> None:
    assert query_words("依申请公开的政府信息怎么办理?") == ["依", "申请", "公开", "政府", "信息", "办理"]
    assert query_words("什么") == ["什么"]


def test_characters_that_form_no_word_stay_together() -> None:
    assert query_words("锟斤拷出现") == ["锟斤拷", "出现"]
    assert is_cut_apart("锟斤拷")


def test_letters_and_digits_are_words_of_their_own() -> None:
    assert index_words("GB/T9704-2012") == ["gb", "/", "t", "9704", "-", "2012"]
    assert query_words("gb/t 9704") == query_words("gb/t9704") == ["gb", "t", "9704"]


def test_the_words_inside_a_long_word_are_indexed_too() -> None:
    assert {"中华", "人民", "共和国", "中华人民共和国"} <= set(index_words("中华人民共和国"))


def test_traditional_becomes_simplified_by_phrase() -> None:
    assert simplify("當前資訊與乾隆") == "当前资讯与乾隆"
    assert simplify("乾隆與乾燥") == "乾隆与干燥"


@pytest.mark.parametrize("text", ["破坏", "皇后与乾隆", "著名", "瞭望塔", "abc", ""])
def test_a_simplified_text_is_not_simplified_again(text: str) -> None:
    assert simplify(text) == fold(text) == text


def test_single_traditional_characters_in_a_simplified_text_fold() -> None:
    assert fold("东亞銀行的破坏") == "东亚银行的破坏"


def test_what_regions_and_formulas_write_otherwise_is_the_same() -> None:
    assert fold("衞生署、衛生署") == "卫生署、卫生署"
    assert fold("化粧品、糭子、屋簷") == "化妆品、粽子、屋檐"
    assert fold("O₃ 与 m³") == "o3 与 m3"
    assert fold("穿着、显著") == "穿着、显著"
