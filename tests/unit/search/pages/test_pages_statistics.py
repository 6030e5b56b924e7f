"""The page of statistics: the numbers of one series by year, as a chart and a table, filtered, with its CSV."""

from schemas.queries import StatisticRow
from search.pages.desk.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, trend
from search.pages.desk.trends import Series, choose_series, count_series, figures_by_year


def row(
    year: int | None, value: float, subject: str = "主动公开", measure: str = "数量", unit: str = "条"
) -> StatisticRow:
    return StatisticRow("0" * 32, 0, "k.txt", None, "某局", subject, measure, value, unit, year, "依据", table=False)


ROWS = [row(2019, 40), row(2020, 10), row(2020, 30), row(None, 7), row(2020, 99, unit="件"), row(2021, 5, "受理申请")]


def test_values_of_a_series_stand_by_year_and_are_not_added_up() -> None:
    figures = figures_by_year(ROWS, Series("主动公开", "数量", "条"))
    assert [(one.year, one.values, one.median) for one in figures] == [(2019, (40,), 40), (2020, (10, 30), 20)]


def test_the_series_that_is_named_goes_before_the_most_frequent_one() -> None:
    counted = count_series(ROWS)
    assert counted[0] == (Series("主动公开", "数量", "条"), 4)
    assert choose_series(counted, subject="主动公开", measure="数量", unit="件") == Series("主动公开", "数量", "件")
    assert choose_series(counted, subject="受理申请", measure="", unit="") == Series("受理申请", "数量", "条")
    assert choose_series(counted, subject="公开", measure="", unit="") == Series("主动公开", "数量", "条")
    assert choose_series([], subject="", measure="", unit="") is None


def test_the_chart_reaches_from_the_first_year_to_the_last_and_from_zero_to_a_round_number() -> None:
    drawn = trend(figures_by_year(ROWS, Series("主动公开", "数量", "条")))
    assert drawn
    assert drawn.top == 50
    height = HEIGHT - BOTTOM - TOP
    assert [(dot.x, dot.y) for dot in drawn.dots] == [
        (LEFT, TOP + height * 10 / 50),
        (WIDTH - RIGHT, TOP + height * 40 / 50),
        (WIDTH - RIGHT, TOP + height * 20 / 50),
    ]  # fmt: skip
    assert [tuple(map(float, point.split(","))) for point in drawn.line.split()] == [
        (LEFT, TOP + height * 10 / 50), (WIDTH - RIGHT, TOP + height * 30 / 50),
    ]  # fmt: skip
    assert trend([]) is None
