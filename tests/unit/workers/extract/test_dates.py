import pytest

from workers.extract.grammar.dates import find_dates, read_american_date, read_whole_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("二0一一年一月十三日", "2011-01-13"),
        ("二〇〇八年十二月三十一日", "2008-12-31"),
        ("二○一四年一月十日", "2014-01-10"),
        ("一九九七年二月四日", "1997-02-04"),
        ("2014年12月20日", "2014-12-20"),
        ("2026年 4月 20 日", "2026-04-20"),
        ("2011.1.13", "2011-01-13"),
        ("2009-01-05 15:09", "2009-01-05"),
        ("（2019年1月9日）", "2019-01-09"),
        ("二〇一一年一月", "2011-01"),
        ("民国三十七年五月一日", "1948-05-01"),
        ("2О24年3月5日", "2024-03-05"),  # a Cyrillic letter, as typists take it for a nought
        ("2024年1O月2О日", "2024-10-20"),
    ],
)
def test_a_line_that_is_a_date_is_read(text: str, iso: str) -> None:
    assert read_whole_date(text) == iso


@pytest.mark.parametrize("text", ["2010年工作总结", "2011年1月至3月", "共2011.5万元", "2011年13月1日", "版本1.2.3", ""])
def test_a_line_that_is_more_or_less_than_a_date_is_none(text: str) -> None:
    assert read_whole_date(text) is None


def test_all_dates_of_a_text_are_found_in_order() -> None:
    text = "2008年7月23日国务院第18次常务会议通过 2008年8月1日公布 自二〇〇八年十月一日起施行"
    assert [iso for iso, _, _ in find_dates(text)] == ["2008-07-23", "2008-08-01", "2008-10-01"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("9/17/2004 5:54:13 AM", "2004-09-17"),
        ("3/4/2004 5:54 PM", "2004-03-04"),
        ("12/31/2004", "2004-12-31"),
        ("3/4/2004", None),
        ("17/9/2004", None),
    ],
)
def test_an_american_date_is_read_only_where_its_order_is_sure(text: str, date: str | None) -> None:
    assert read_american_date(text) == date
