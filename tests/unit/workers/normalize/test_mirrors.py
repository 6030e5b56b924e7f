"""What mirrors of government sites do to a text they copy: readings, doubled marks, foreign titles.

The forms are those of www.hongxingpaper.com (「文(wen)章(zhang)」, 「政(zheng)(zheng)(zheng)府(fu)」),
m.ntderui.com (「,、」, 「,，」, 「,。」) and haose21.com (titles in other languages), seen in November 2026.
"""

import pytest

from schemas.blocks import Block, Clue, Converted
from tests.support.builders.papers import clean, texts
from workers.normalize import normalize

MIRROR = "2023年政(zheng)(zheng)(zheng)府(fu)信(xin)息(xi)公(gong)开(kai)(kai)工(gong)作年度报告"


def test_toneless_and_repeated_readings_of_any_character_go() -> None:
    assert texts(MIRROR) == ["2023年政府信息公开工作年度报告"]
    assert clean(MIRROR).flags == ("injected_pinyin",)


def test_one_doubled_reading_is_enough_and_other_brackets_stay() -> None:
    assert texts("市政(zheng)(zheng)府（以下简称政府）与GDP(gdp)、世贸组织(WTO)。") == [
        "市政府（以下简称政府）与GDP(gdp)、世贸组织(WTO)。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "江苏省盱(xū)眙(yí)县、邳(pī)州市地名读音公告。",
        "纶(guān)巾一词见于三国。",
        "政(zheng)府。",
        "方案(a)和方案(b)、甲(bi)乙(ci)丙(di)。",
    ],
)
def test_readings_an_author_gives_stay(text: str) -> None:
    assert texts(text) == [text]


def test_the_title_of_the_page_is_cleaned_as_its_text_is() -> None:
    made = Converted("html", (Block(MIRROR),), clues=(Clue("title", MIRROR + "-某网", "html_meta"),))
    assert normalize(made).clues[0].value == "2023年政府信息公开工作年度报告-某网"


def test_foreign_titles_around_an_injected_text_go_and_are_recorded() -> None:
    foreign = ["Government Information Disclosure Annual Report", "Годовой отчет правительства города"]
    cleaned = clean(foreign[0], MIRROR, "各部门：", foreign[1])
    assert [paragraph.text for paragraph in cleaned.paragraphs] == ["2023年政府信息公开工作年度报告", "各部门："]
    assert [removal.text for removal in cleaned.removals if removal.rule == "seo_spam"] == foreign
    assert foreign[0] in texts(foreign[0], "2023年政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各部门,。", "各部门。"),
        ("教育,、卫生,，以及民政，。", "教育、卫生，以及民政。"),
        ("总计1,234,567元，其中：", "总计1,234,567元，其中："),
    ],
)
def test_a_comma_before_another_mark_goes(text: str, expected: str) -> None:
    assert texts(text) == [expected]
