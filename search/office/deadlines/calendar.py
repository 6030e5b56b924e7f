"""Working days: weekdays and working weekends (调休) without days off, by the State Council's lists of days.

``chinese-calendar`` has the lists since 2004; a file of ours, or one the settings name, those it lacks. Counted by the
lists alone: its ``find_workday`` ends a working day late when it begins on a day off. A year of which no list is known
is an error, never a guess.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chinese_calendar import constants

from schemas.errors import SettingsError

Date = datetime.date

_OWN = Path(__file__).with_name("holidays.json")
_WEEKEND = 5


class UnknownYearError(ValueError):
    """Nobody has told the days off of a year yet."""

    def __init__(self, year: int) -> None:
        super().__init__(f"没有{year}年的节假日安排，工作日无法计算；国务院办公厅公布后补入节假日文件")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The lists.

    Attributes:
        off: Days off, by year.
        working: Weekend days that are worked, by year.
    """

    off: Mapping[int, frozenset[Date]]
    working: Mapping[int, frozenset[Date]]

    def is_workday(self, day: Date) -> bool:
        """Return whether a day is worked.

        Raises:
            UnknownYearError: Its year is not known.
        """
        if day.year not in self.off:
            raise UnknownYearError(day.year)
        if day in self.off[day.year]:
            return False
        return day.weekday() < _WEEKEND or day in self.working[day.year]

    def add_workdays(self, start: Date, days: int) -> Date:
        """Return the ``days``-th working day after ``start``, which itself does not count (民法典第二百零一条).

        Raises:
            UnknownYearError: A day on the way is of a year that is not known.
        """
        day = start
        while days:
            day += datetime.timedelta(days=1)
            days -= self.is_workday(day)
        return day

    def count_workdays(self, start: Date, end: Date) -> int:
        """Return how many working days lie after ``start``, up to and with ``end``; 0 if ``end`` is not later.

        Raises:
            UnknownYearError: A day on the way is of a year that is not known.
        """
        days = range(1, (end - start).days + 1)
        return sum(self.is_workday(start + datetime.timedelta(days=number)) for number in days)


def load_calendar(path: str = "") -> WorkCalendar:
    """Return the calendar, with the years of a file of the office's own where one is named.

    Raises:
        SettingsError: The file cannot be read, or a year in it has no source.
    """
    known = _library()
    for file in (_OWN, *([Path(path)] if path else [])):
        years = _read(file)
        known = WorkCalendar(
            {**known.off, **{year: off for year, (off, _) in years.items()}},
            {**known.working, **{year: working for year, (_, working) in years.items()}},
        )
    return known


@lru_cache
def _library() -> WorkCalendar:
    years = {day.year for day in constants.holidays}
    off = {year: frozenset(day for day in constants.holidays if day.year == year) for year in years}
    working = {year: frozenset(day for day in constants.workdays if day.year == year) for year in years}
    return WorkCalendar(off, working)


def _read(path: Path) -> dict[int, tuple[frozenset[Date], frozenset[Date]]]:
    try:
        years = json.loads(path.read_text("utf-8"))["years"]
        return {int(year): _days(path, year, lists) for year, lists in years.items()}
    except OSError as error:
        raise SettingsError(f"GONGKAI_OFFICE_HOLIDAYS: {path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        takes = '{"years": {"2027": {"source": "…", "off": ["2027-01-01"], "working": []}}}'
        raise SettingsError(f"GONGKAI_OFFICE_HOLIDAYS: {path} is not of the form {takes}: {error}") from error


def _days(path: Path, year: str, lists: dict[str, list[str]]) -> tuple[frozenset[Date], frozenset[Date]]:
    if not lists.get("source"):
        raise SettingsError(f"GONGKAI_OFFICE_HOLIDAYS: {path}: {year} names no source; add the notice it comes from")
    off, working = (frozenset(map(Date.fromisoformat, lists[name])) for name in ("off", "working"))
    strange = [day.isoformat() for day in off | working if day.year != int(year)]
    if strange:
        raise SettingsError(f"GONGKAI_OFFICE_HOLIDAYS: {path}: {', '.join(strange)} are not days of {year}")
    return off, working
