"""Numbers that documents state, across documents."""

from schemas.articles import Statistic
from schemas.queries import StatisticsQuery
from search.protocol import Index
from tests.support.index_contents import add


def number(subject: str, value: float, *, measure: str = "条数", year: int | None = None) -> Statistic:
    return Statistic(subject, measure, value, "条", year, f"{subject}{value}条", table=False)


def put(index: Index, key: str, *statistics: Statistic, **fields: object) -> None:
    add(index, key, "正文", summary={"statistics": statistics}, **fields)


def values(index: Index, **conditions: object) -> list[float]:
    return [row.value for row in index.statistics(StatisticsQuery(**conditions))]  # type: ignore[arg-type]


def test_statistics_are_found_by_what_they_count_issuer_year_and_folder(index: Index) -> None:
    put(
        index,
        "甲/a",
        number("主动公开政府信息", 10, year=2015),
        number("依申请公开", 3),
        issuer="甲局",
        signed_on="2016-01-01",
    )
    put(index, "甲/b", number("主动公开政府信息", 20), issuer="甲局", published_on="2017-03")
    put(index, "乙/c", number("主动公开", 12.5, measure="“比例”(%)*"), issuer="乙局")
    add(index, "乙/d", "没有数字")
    index.refresh()
    assert values(index) == [12.5, 10, 3, 20]
    assert values(index, subject="主动公开") == [12.5, 10, 20]
    assert values(index, subject="公开政府") == [10, 20]
    assert values(index, measure="“比例”(%)*") == [12.5]
    assert values(index, issuer="甲局") == [10, 3, 20]
    assert values(index, issuer="甲") == []
    assert values(index, year=2015) == [10]
    assert values(index, year=2016) == [3]
    assert values(index, year=2017, subject="主动公开") == [20]
    assert values(index, prefix="甲/", subject="主动") == [10, 20]
    assert values(index, subject="甲局") == []


def test_a_row_says_where_it_was_read(index: Index) -> None:
    put(index, "a", number("主动公开政府信息", 10), issuer="甲局", title="年度报告")
    index.refresh()
    (row,) = index.statistics(StatisticsQuery())
    assert (row.key, row.article, row.title, row.issuer) == ("a", 0, "年度报告", "甲局")
    assert (row.measure, row.unit, row.evidence, row.table) == ("条数", "条", "主动公开政府信息10条", False)
    assert row.year is None


def test_statistics_of_more_documents_than_a_page_holds_are_all_there(index: Index) -> None:
    for key in range(430):
        put(index, f"{key:03}", number("主动公开", key))
    index.refresh()
    assert values(index) == list(range(430))


def test_no_condition_is_an_error(index: Index) -> None:
    put(index, "a", number("主动公开", 1))
    index.refresh()
    for odd in ("*", "?", "\\", '"', "主动*", "\ud800", "\x00", "公" * 5000):
        assert values(index, subject=odd, measure=odd, issuer=odd, prefix=odd) == []
    assert values(index, year=10**30) == []
