"""A date that no calendar has is a slip in the document: kept as its month, and said."""

import pytest

from tests.support.builders.clean_documents import read

TEXT = "现将有关事项通知如下，请结合实际认真贯彻执行，执行中遇到的问题请及时反馈。"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("2019年2月30日", "2019-02"), ("二〇一九年四月三十一日", "2019-04"), ("2023年2月29日", "2023-02")],
)
def test_an_impossible_date_of_signing_is_kept_as_its_month_and_is_a_problem(written: str, kept: str) -> None:
    article = read("关于做好工作的通知", TEXT, "牡丹江市残疾人联合会", written)
    assert article.signed_on == kept
    (problem,) = [problem for problem in article.problems if "日历上没有这一天" in problem.message]
    assert problem.message.startswith("成文日期")
    assert problem.place == written
    assert not problem.lossy


def test_an_impossible_date_of_publishing_is_named_by_its_own_name() -> None:
    article = read("某街道工作总结", "发布日期：2009-06-31 15:09 访问次数: 来源：三垟街道", TEXT)
    assert article.published_on == "2009-06"
    assert any(problem.message.startswith("发布日期写作2009-06-31") for problem in article.problems)


def test_the_29th_of_february_of_a_leap_year_is_a_date() -> None:
    article = read("关于做好工作的通知", TEXT, "牡丹江市残疾人联合会", "2024年2月29日")
    assert article.signed_on == "2024-02-29"
    assert not article.problems
