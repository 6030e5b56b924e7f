"""Numbers and dates as people type them: enclosed numbers, small commas, Cyrillic zeros, 廿 and 民国113年.

Unicode, Enclosed Alphanumerics and Enclosed CJK Letters (GB 2312, row 2); GB/T 9704-2012, 7.3.3 (four
levels of numbers).
"""

import pytest

from schemas.articles import Article
from tests.support.builders.clean_documents import read
from workers.extract.grammar.dates import find_dates, read_whole_date
from workers.extract.grammar.section_numbers import read_label


def outline(article: Article) -> list[str]:
    return [f"{section.number}{section.heading}" for section in article.sections]


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("㈠加强组织领导", "han_bracketed", 1),
        ("㈩、其他", "han_bracketed", 10),
        ("⒈抓好农资供应", "digit", 1),
        ("⒛ 其他", "digit", 20),
        ("⑴检修拖拉机", "digit_bracketed", 1),
        ("㉑第二十一项", "circled", 21),
        ("一﹑总体要求", "han", 1),
        ("二､总体要求", "han", 2),
        ("3﹑总体要求", "digit", 3),
    ],
)
def test_enclosed_numbers_and_small_commas_are_labels(text: str, form: str, value: int) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.form.name, label.value) == (form, value)


def test_enclosed_numbers_stand_at_the_level_of_the_typed_ones() -> None:
    lines = ("一、任务", "㈠供应", "组织好货源。", "⒈化肥", "备足化肥。", "⑴尿素", "备足尿素。", "㈡检修", "组织检修。")
    levels = [section.level for section in read("关于春耕的通知", *lines).sections]
    assert levels == [1, 2, 3, 4, 2]


def test_a_fifth_number_below_the_fourth_is_text() -> None:
    lines = ("一、任务", "1.供应", "组织好货源。", "（1）化肥", "备足化肥。", "①尿素", "备足尿素。")
    assert outline(read("关于春耕的通知", *lines)) == ["一、任务", "1.供应", "（1）化肥"]


def test_a_last_chapter_without_decimals_stays_a_chapter() -> None:
    lines = (
        "1 总则",
        "1.1 编制目的",
        "规范应急管理。",
        "2 组织体系",
        "2.1 领导机构",
        "统一领导。",
        "3 附则",
        "本预案由市应急局解释。",
    )
    assert outline(read("临江市突发事件应急预案", *lines)) == [
        "1总则",
        "1.1编制目的",
        "2组织体系",
        "2.1领导机构",
        "3附则",
    ]


def test_numbers_that_do_not_fit_the_decimals_between_them_are_none() -> None:
    lines = ("1 某某公司", "2.1 领导机构", "统一领导。", "2 某某公司", "3.1 办事机构", "负责日常工作。")
    assert "1某某公司" not in outline(read("临江市突发事件应急预案", *lines))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二\u041e二四年六月三日", "2024-06-03"),
        ("二\u043e二四年六月三日", "2024-06-03"),
        ("二\u03bf二四年六月三日", "2024-06-03"),
        ("二〇二四年三月廿五日", "2024-03-25"),
        ("二〇二四年三月卅日", "2024-03-30"),
        ("二〇二四年十月廿日", "2024-10-20"),
        ("民国113年5月6日", "2024-05-06"),
        ("民国一百一十三年五月六日", "2024-05-06"),
        ("民国一一三年五月六日", "2024-05-06"),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, expected: str) -> None:
    assert find_dates(text)[0][0] == expected
    assert read_whole_date(text) == expected


@pytest.mark.parametrize("name", ["考试时间", "报名截止日期", "施工期限：", "开标时间"])
def test_the_date_below_the_name_of_what_it_is_of_is_no_signature(name: str) -> None:
    article = read("2024年考试安排公告", "现将安排公告如下。", name, "2024年11月30日", "特此公告。")
    assert (article.issuer, article.signed_on) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["有效期至2025年12月31日。", "本通知自印发之日起施行。有效期至2025年12月31日。", "（有效期至2025年12月31日）"],
)
def test_the_end_of_validity_is_read_without_a_subject(text: str) -> None:
    assert read("关于春耕的通知", "各镇：现通知如下。", text).expires_on == "2025-12-31"


def test_the_validity_of_a_licence_is_not_the_documents() -> None:
    assert read("关于许可的通知", "各镇：现通知如下。", "其许可证有效期至2025年12月31日。").expires_on is None
