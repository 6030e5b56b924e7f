"""Statistics that documents state, as a development over years: series, and the figures of each year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from schemas.queries import StatisticRow


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """What statistics have in common that may stand in one chart."""

    subject: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The values stated for one year, document by document; they are never added up, since reprints repeat them."""

    year: int
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle value, as an integer where it is one."""
        middle = median(self.values)
        return int(middle) if float(middle).is_integer() else middle


def series_of(row: StatisticRow) -> Series:
    """Return the series a statistic belongs to."""
    return Series(row.subject, row.measure, row.unit)


def count_series(rows: Iterable[StatisticRow]) -> list[tuple[Series, int]]:
    """Return the series with their numbers of statistics, the most frequent first."""
    return sorted(Counter(map(series_of, rows)).items(), key=lambda one: (-one[1], one[0]))


def choose_series(counted: Sequence[tuple[Series, int]], *, subject: str, measure: str, unit: str) -> Series | None:
    """Return the series that is named exactly as asked for, else the most frequent one; None if there is none."""
    asked = Series(subject, measure, unit)
    found = [series for series, _ in counted]
    named = [one for one in found if one == asked] or [
        one for one in found if one.subject == subject and (not measure or one.measure == measure)
    ]
    return next(iter(named or found), None)


def figures_by_year(rows: Iterable[StatisticRow], series: Series) -> list[YearFigures]:
    """Return the values of a series by year, ascending; statistics without a year are left out."""
    values: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.year is not None and series_of(row) == series:
            values[row.year].append(row.value)
    return [YearFigures(year, tuple(values[year])) for year in sorted(values)]
