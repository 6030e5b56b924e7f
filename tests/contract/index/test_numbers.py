"""A number is found whole, in whatever way it or the date, unit or 文号 it belongs to is written."""

from dataclasses import dataclass

import pytest

from schemas.queries import Query, SearchResult
from search.protocol import Index
from tests.support.index_contents import add, keys_of, marked

LONG = "各有关单位要结合实际认真研究,明确责任分工,加强沟通衔接,确保各项任务落到实处。"


@dataclass(frozen=True, slots=True)
class Case:
    """A query, the text it has to find, and texts it must not find."""

    asked: str
    right: str
    wrong: tuple[str, ...]


CASES = [
    Case(asked, right, tuple(wrong))
    for asked, right, *wrong in (
        ("1200元", "每人每月补助1200元", "补助120000万元", "总额581,200元", "编号112003", "合计1200.5元"),
        ("1200元", "每户奖励1,200元", "每户奖励11,200元", "每户奖励1,200,000元"),
        ("1200元", "每户奖励１２００元", "每户奖励１２０００元"),
        ("1200元", "每户奖励1 200元", "每户奖励1 200 000元", "每户奖励21 200元"),
        ("1,200元", "每户奖励1200元", "每户奖励12000元", "第1类200元"),
        ("1 200元", "每户奖励1200元", "每户奖励41200元"),
        ("１２００元", "每户奖励1,200元", "每户奖励1,2000元"),
        ("1200 元", "每户奖励1200元", "每户奖励31200元"),
        ("581200", "总人口581,200人", "总人口1,581,200人", "总人口581,2001人"),
        ("581,200", "总人口581200人", "总人口5812001人"),
        ("1200", "共受理1,200件", "共受理12003件", "共受理11200件", "共受理1.1200件"),
        ("128.5", "增长128.5", "增长1128.5", "增长128.52", "增长28.5", "增长128"),
        ("128.5万元", "投资128.50万元", "投资1128.5万元", "投资128.5亿元"),
        ("128万元", "投资128.00万元", "投资128.5万元", "投资2128万元"),
        ("30%", "比例为30%", "比例为130%", "比例为30.5%", "比例为30人"),
        ("30%", "比例为百分之三十", "比例为百分之三"),
        ("18岁", "年满18周岁", "年满118岁", "编号18"),
        ("18周岁", "不满十八周岁", "不满八周岁", "满二十八岁"),
        ("1/2", "不少于1/2", "不少于11/2", "不少于1/20"),
        ("½", "不少于1/2", "不少于21/2"),
        ("100㎡", "面积100平方米", "面积1100平方米", "面积100米"),
        ("100平方米", "面积100㎡", "面积100㎥"),
        ("100m²", "面积100平方米", "面积1000m²"),
        ("5km", "距离5公里", "距离15公里", "距离5米"),
        ("20℃", "气温20℃", "气温120℃", "气温20%"),
        ("3级", "响应3级", "响应13级"),
        ("12345热线", "拨打12345热线", "拨打112345热线", "拨打123456热线"),
        ("87052345", "电话8705 2345", "电话18705 2345"),
        ("8705 2345", "电话87052345", "电话870523450"),
        ("2023-05-01", "自2023年5月1日起", "自2023年5月11日起", "自2013年5月1日起"),
        ("2023年5月1日", "自2023-05-01起", "自2023-05-10起", "自2023-15-01起"),
        ("二〇二三年五月一日", "自2023年05月01日起", "自2023年05月21日起"),
        ("2023/5/1", "自二○二三年五月一日起", "自二○二三年五月十一日起"),
        ("2023.5.1", "自 2023 年 5 月 1 日起", "自 2023 年 5 月 12 日起"),
        ("20230501", "自2023年5月1日起", "自2023年5月15日起"),
        ("2023年5月", "自2023年5月1日起", "自2023年15月起", "自2022年5月起"),
        ("5月1日", "每年5月1日", "每年15月1日", "每年5月11日", "每年5月31日"),
        ("1月1日", "每年1月1日", "每年11月1日", "每年1月11日", "每年1月21日"),
        ("国办发〔2017〕42号", "见国办发2017 42号文件", "见国办发2017 142号文件", "见国办发2016 42号文件"),
        ("国办发201742号", "见国办发〔2017〕42号文件", "见国办发〔2017〕423号文件"),
        ("国办发2017年42号", "见国办发〔2017〕42号文件", "见国办发〔2018〕42号文件"),
        ("国办发【2017】42", "见国办发〔2017〕42号文件", "见国办发〔2017〕142号文件"),
    )
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to: whether the right text came first, and which wrong ones were found."""

    first: bool
    wrong: list[str]


@pytest.fixture
def told(index: Index) -> list[Outcome]:
    """Every case asked among texts of its own."""
    for number, case in enumerate(CASES):
        add(index, f"{number}/right", "前言", f"{LONG}{case.right}。{LONG}", title=None)
        for other, text in enumerate(case.wrong):
            add(index, f"{number}/wrong-{other}", "前言", f"{text},{text}。", title=None)
    index.refresh()
    found = [keys_of(index.search(Query(case.asked, prefix=f"{number}/"))) for number, case in enumerate(CASES)]
    wrong = [[key for key in keys if "wrong" in key] for keys in found]
    return [Outcome(keys[:1] == [f"{n}/right"], wrong[n]) for n, keys in enumerate(found)]


def test_the_number_asked_for_comes_first(told: list[Outcome]) -> None:
    missed = [case for case, outcome in zip(CASES, told, strict=True) if not outcome.first]
    assert len(CASES) >= 40
    assert not missed


def test_no_other_number_is_found(told: list[Outcome]) -> None:
    found = [(case.asked, outcome.wrong) for case, outcome in zip(CASES, told, strict=True) if outcome.wrong]
    assert not found


VARIANTS = ("衞衛卫", "啓啟启", "羣群", "裏裡里", "綫線线")


def shown(found: SearchResult) -> list[str]:
    """Return what is marked in the first section shown."""
    text = found.hits[0].sections[0].text
    return marked(text.text, text.marks)


@pytest.mark.parametrize(
    ("asked", "text", "marks"),
    [
        ("1200元", "补助11200元,后为1,200元,又为1 200 元。", ["1,200元", "1 200 元"]),
        ("2023-05-01", "自2023年5月1日起,至2023年5月11日止。", ["2023年5月1日"]),
        ("100m²", "面积1100㎡,其中100㎡。", ["100㎡"]),
        ("Ⅲ级", "响应III级。", ["III"]),
        ("iii级", "响应Ⅲ级。", ["Ⅲ"]),
        ("O₃", "臭氧(O3)浓度。", ["O3"]),
        ("№5", "文件No.5。", ["5"]),
    ],
)
def test_marks_stand_on_whole_numbers(index: Index, asked: str, text: str, marks: list[str]) -> None:
    add(index, "one", text, title=None)
    index.refresh()
    found = index.search(Query(asked))
    assert keys_of(found) == ["one"]
    assert [
        each for each in shown(found) if any(character.isdigit() or character in "ⅢI" for character in each)
    ] == marks


def test_quoted_digits_are_found_wherever_they_stand(index: Index) -> None:
    add(index, "longer", "总额581200元。", title=None)
    index.refresh()
    assert keys_of(index.search(Query("1200元"))) == []
    assert keys_of(index.search(Query("“1200元”"))) == ["longer"]


def test_what_is_not_wanted_is_a_whole_number_too(index: Index) -> None:
    add(index, "whole", "补助标准为1,200元。", title=None)
    add(index, "longer", "补助标准为581200元。", title=None)
    index.refresh()
    assert keys_of(index.search(Query("补助 -1200元"))) == ["longer"]


def test_a_number_apart_from_its_unit_is_found_where_none_stands_with_it(index: Index) -> None:
    add(index, "table", "项目\t金额(元)\n培训\t1200\n差旅\t81200", title=None)
    add(index, "other", "项目\t金额(元)\n差旅\t81200", title=None)
    index.refresh()
    assert keys_of(index.search(Query("1200元"))) == ["table"]


def test_a_number_of_the_title_is_whole(index: Index) -> None:
    add(index, "right", "正文。", title="关于提高1,200元补助的通知")
    add(index, "wrong", "正文。", title="关于提高11200元补助的通知")
    index.refresh()
    assert keys_of(index.search(Query("1200元"))) == ["right"]
    assert keys_of(index.search(Query("1200元 in:title"))) == ["right"]


def test_the_reasons_tell_where_a_number_stands(index: Index) -> None:
    add(index, "one", "补助标准为1,200元。", title=None)
    index.refresh()
    found = index.search(Query("1200元", explain=True))
    assert found.hits[0].sections[0].reasons == ("正文里有“1200元”。",)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        *[
            (asked, text)
            for group in ("衞衛卫", "啓啟启", "羣群", "裏裡里", "綫線线")
            for asked in group
            for text in group
        ],
        ("戶口", "戸口"),
        ("公吿", "公告"),
        ("鄕鎭", "乡镇"),
        ("ｏﬃｃｅ", "office"),
        ("㎡", "m²"),
        ("m2", "㎡"),
        ("℃", "°C"),
        ("Ⅲ", "III"),
        ("№", "No"),
    ],
)
def test_characters_are_found_in_every_way_they_are_written(index: Index, asked: str, text: str) -> None:
    add(index, "one", f"其中{text}如下。", title=None)
    add(index, "other", "没有。", title=None)
    index.refresh()
    assert keys_of(index.search(Query(f"“{asked}”"))) == ["one"]
    assert keys_of(index.search(Query(asked))) == ["one"]
