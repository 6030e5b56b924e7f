"""What people type finds what they mean, on every index; no query is an error."""

import random
from pathlib import Path

import pytest

from schemas.errors import SettingsError
from schemas.queries import Query
from search.open import WordFiles, open_index
from search.protocol import Index
from search.query.analysis import squeeze
from tests.support.disclosures import record_of, row_of, section_text
from tests.support.index_contents import add, keys_of
from tests.support.indexes import Address


def found(index: Index, typed: str, **asked: object) -> set[str]:
    return set(keys_of(index.search(Query(typed, size=50, **asked))))  # type: ignore[arg-type]


@pytest.fixture
def shelf(index: Index) -> Index:
    """Three reports and a notice."""
    add(index, "教育", "教育局公开教育经费预算", title="教育局年度报告", issuer="春夏县教育局", year=2011)
    add(index, "卫生", "卫生局公开药品采购", title="卫生局年度报告", issuer="春夏县卫生局", year=2012)
    add(index, "环保", "公开空气质量与年度报告", title="环境公报", issuer="秋冬市环境保护局", year=2015)
    add(index, "通知", "药品价格通知", title="关于药品的通知", document_number="春发〔2012〕7号", year=2012)
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("年度报告 -教育", {"卫生", "环保"}),
        ('年度报告 -"药品采购"', {"教育", "环保"}),
        ("-公开", {"通知"}),
        ("教育 OR 药品", {"教育", "卫生", "通知"}),
        ('"空气质量" | "教育经费"', {"教育", "环保"}),
        ("年度报告 in:title", {"教育", "卫生"}),
        ("标题:年度报告", {"教育", "卫生"}),
        ("issuer:教育局", {"教育"}),
        ("发文机关:春夏县 公开", {"教育", "卫生"}),
        ("发文机关：“春夏县卫生局”", {"卫生"}),
        ("year:2012", {"卫生", "通知"}),
        ("年份:二〇一二", {"卫生", "通知"}),
        ("公开 year:2011-2012", {"教育", "卫生"}),
        ("公开 year:2013-", {"环保"}),
        ("no:春发[2012]7号", {"通知"}),
        ("文号：春發【２０１２】第７號", {"通知"}),
        ("發文機關:教育局", {"教育"}),
    ],
)
def test_marks_mean_what_people_expect(shelf: Index, typed: str, expected: set[str]) -> None:
    assert found(shelf, typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "-",
        "--",
        "OR",
        "OR OR OR",
        "a OR",
        "issuer:",
        "year:明年",
        "no:",
        "in:text 公开",
        "-issuer:甲",
        "title:",
        '-"',
        ":：-:",
    ],
)
def test_marks_that_mean_nothing_are_text(shelf: Index, typed: str) -> None:
    assert shelf.search(Query(typed)).documents <= 4


def test_a_filter_chosen_wins_over_one_that_is_typed(shelf: Index) -> None:
    assert found(shelf, "year:2011", year=2012) == {"卫生", "通知"}


def test_pages_of_a_typed_year_join_by_their_cursor(shelf: Index) -> None:
    first = shelf.search(Query("year:2012", size=1))
    second = shelf.search(Query("year:2012", size=1, cursor=first.cursor))
    assert set(keys_of(first) + keys_of(second)) == {"卫生", "通知"}


def test_numerals_of_either_kind_find_each_other(index: Index) -> None:
    add(index, "spelled", "依照第十二条办理,二〇一一年一月三日施行", title="甲")
    add(index, "digits", "依照第12条办理,2011年1月3日施行", title="乙")
    add(index, "other", "依照第二十条办理,2010年1月3日施行", title="丙")
    index.refresh()
    for typed in (
        "第十二条",
        "第12条",
        '"第十二条办理"',
        '"第12条"',
        "2011年1月3日",
        "二〇一一年一月三日",
        "办理 第１２条",
    ):
        assert found(index, typed) == {"spelled", "digits"}, typed


def test_synonyms_find_each_other_the_word_itself_first(index: Index) -> None:
    add(index, "new", "由生态环境局负责监测", title="甲")
    add(index, "old", "由环保局负责监测,环保局公布", title="乙")
    add(index, "none", "由水利局负责监测", title="丙")
    index.refresh()
    assert keys_of(index.search(Query("生态环境局"))) == ["new", "old"]
    assert keys_of(index.search(Query("环保局 监测"))) == ["old", "new"]
    assert found(index, '"环保局"') == {"old"}


def test_a_changed_file_of_synonyms_is_felt_by_the_next_search(address: Address, tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("# 没有\n", "utf-8")
    index = open_index(address.url, prefix=address.prefix, words=WordFiles(synonyms=file))
    index.bootstrap()
    add(index, "a", "番茄种植补贴", title="甲")
    index.refresh()
    assert found(index, "西红柿") == set()
    file.write_text("西红柿, 番茄\n", "utf-8")
    assert found(index, "西红柿") == {"a"}
    file.write_text("西红柿 =>\n", "utf-8")
    with pytest.raises(SettingsError, match="line 1"):
        index.search(Query("西红柿"))
    index.close()


def test_a_thousand_random_phrases_are_found_wherever_a_scan_finds_them(index: Index) -> None:
    dice = random.Random(1000)
    texts = {f"{number:03}": section_text(dice, sentences=2) for number in range(150)}
    for key, text in texts.items():
        row = row_of(key, 0, 0, text, title=None)
        index.replace(record_of(key, [row]), [row])
    index.refresh()
    squeezed = {key: squeeze(text).replace('"', "") for key, text in texts.items()}
    for _ in range(1000):
        text = dice.choice(list(squeezed.values()))
        start = dice.randrange(len(text))
        phrase = text[start : start + dice.randint(1, 20)]
        truth = {key for key, each in texts.items() if phrase in squeeze(each)}
        result = index.search(Query(f'"{phrase}"', size=100, sections_each=1, fold=False))
        assert result.documents == len(truth), phrase
        if len(truth) <= 100:
            assert set(keys_of(result)) == truth, phrase


def test_a_search_that_finds_nothing_offers_what_sounds_alike_and_would(index: Index) -> None:
    add(index, "a", "依申请公开办理情况", title="春夏县水利局年报")
    index.refresh()
    for typed, meant in (("yishenqinggongkai", "依申请公开"), ("ysqgk", "依申请公开"), ("依申情公开", "依申请公开")):
        assert index.search(Query(typed)).instead == meant
    assert index.search(Query("cxxsljnb")).instead == "春夏县水利局年报"
    assert index.search(Query("zhengfucaigou")).instead is None
    assert index.search(Query("依申请公开")).instead is None
