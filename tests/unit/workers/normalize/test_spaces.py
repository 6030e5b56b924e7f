import pytest

from tests.support.builders.papers import clean, rules, texts


@pytest.mark.parametrize(
    ("spaced", "tidy"),
    [
        ("会 议 纪 要", "会议纪要"),
        ("通 知", "通知"),
        ("主　　任：张三", "主 任：张三"),
        ("充分利用 “国际残疾人日”", "充分利用 “国际残疾人日”"),
        ("根据规定 ，现予公布。", "根据规定，现予公布。"),
        ("《 条例》已经通过", "《条例》已经通过"),
        ("这是权力,这是万古 不变的一条经验,必须坚持。", "这是权力,这是万古不变的一条经验,必须坚持。"),
    ],
)
def test_spaces_of_layout_go(spaced, tidy):
    assert texts(spaced) == [tidy]


@pytest.mark.parametrize(
    "kept",
    [
        "一、强化领导,增强政务公开的规范性 为使政务公开工作不流于形式,不走过场。",
        "二、完善相关制度,健全工作机制 城区按照要求,成立了工作小组。",
        "出席：张三 李四 王五",
        "信息所属: 遵义 正安县 土坪镇 石坪村",
        "一、加强组织领导 2009年,我城区成立了领导小组。",
        "张三丰 李四光",
        "第一条 为了规范工作,制定本办法。",
        "市政府办公室 2011年1月13日",
        "annual report 2011",
    ],
)
def test_spaces_that_separate_stay(kept):
    assert texts(kept) == [kept]


def test_figures_set_off_throughout_a_document_are_closed_up():
    line = "2023 年 5 月 12 日收到 3 件,办结 2 件。"
    assert texts(line, line) == ["2023年5月12日收到3件,办结2件。"] * 2


def test_figures_set_off_once_stay():
    assert texts("一、领导 2009年共公开12条、8件、6次、9项、10个、11份、12本、13人。")[0].startswith("一、领导 2009")


def test_a_space_taken_from_the_text_is_recorded():
    assert rules(clean("会 议 纪 要")) == [("space", " ")] * 3
