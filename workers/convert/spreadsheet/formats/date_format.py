"""Dates and times as number formats of spreadsheets show them: 2024年7月5日 (ECMA-376 part 1, 18.8.31).

Only what a format decides by itself and says in full is shown as it says. A day without its year or with two digits
of it stays a date of ISO 8601: who adds a register up needs the year, and the cell has it.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from workers.convert.text.numerals import format_number

_TOKEN = re.compile(
    r'"(?P<literal>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<filled>.)|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<sign>[^\]-]*)[^\]]*\]'
    r"|\[(?P<said>[^\]]*)\]|(?P<halves>AM/PM|A/P|上午/下午)|(?P<code>y+|m+|d+|a{3,4}|h+|s+(?:\.0+)?|e+|b+|g+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
SPELLED = {"DBNUM1": "chineseCounting", "DBNUM2": "chineseLegalSimplified"}
"""How ``format_number`` calls the numerals of a mark in a code."""
_YEAR_DIGITS = {"DBNUM1": "〇一二三四五六七八九", "DBNUM2": "零壹贰叁肆伍陆柒捌玖"}
_SYSTEM = re.compile(r"\[\$-?[^\]]*F[48]00\]", re.IGNORECASE)
_PLACES = frozenset("0#?@%")
_WEEK = "一二三四五六日"
_LAST_DAY = 2_958_466  # 9999-12-31, counted from 1900
_DAY = 86_400


class Moment(NamedTuple):
    """A day with its time, and the seconds it is away from the day from which days are counted."""

    when: datetime.datetime
    seconds: int

    @classmethod
    def of(cls, value: object) -> "Moment | None":
        """Return the moment that a value of the library says, None where it says none."""
        if isinstance(value, datetime.datetime):
            return cls(value, round((value - datetime.datetime(1899, 12, 30)).total_seconds()))
        if isinstance(value, datetime.date):
            return cls.of(datetime.datetime.combine(value, datetime.time()))
        if isinstance(value, datetime.time):
            return cls.since((value.hour * 3600 + value.minute * 60 + value.second) / _DAY)
        return cls.since(value.total_seconds() / _DAY) if isinstance(value, datetime.timedelta) else None

    @classmethod
    def since(cls, days: float, *, since_1904: bool = False) -> "Moment | None":
        """Return the moment a number of days after the first, 1 January 1900 as day 1 or 1904 as day 0.

        Day 60 of 1900 is the 29th of February that never was; the days before it are counted one later.
        """
        if not 0 <= days < _LAST_DAY - 1462 * since_1904:
            return None
        first = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30 + (days < 60))
        seconds = round(days * _DAY)
        return cls(first + datetime.timedelta(seconds=seconds), seconds)


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A format that shows days or times.

    Attributes:
        tokens: Kind and text of each, in order.
        halves: Whether hours are counted to twelve.
        spelled: ``DBNUM1`` or ``DBNUM2`` where numbers are spelled in characters; empty for digits.
        full: Whether it shows all that a reader needs of a date: its year, or no day at all.
    """

    tokens: tuple[tuple[str, str], ...]
    halves: bool
    spelled: str
    full: bool

    def show(self, moment: Moment | None) -> str | None:
        """Return a moment as the format shows it, None where it shows less than the date it is."""
        if moment is None or not self.full:
            return None
        return "".join(self._part(kind, text, moment) for kind, text in self.tokens).strip()

    def _part(self, kind: str, text: str, moment: Moment) -> str:
        if kind == "elapsed":
            return str(moment.seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]).zfill(len(text))
        if kind == "halves":
            names = text.split("/")
            return names[moment.when.hour >= 12]
        if kind != "code":
            return text
        number = _PARTS.get(text[0])
        if number is None or text.startswith("ddd"):
            return _named(text, moment.when)
        value = number(moment.when)
        if text[0] == "h" and self.halves:
            value = value % 12 or 12
        return self._number(value, text)

    def _number(self, value: int, code: str) -> str:
        if not self.spelled:
            return str(value).zfill(len(code) if code[0] not in "ye" else 4)
        if code[0] in "ye":
            return "".join(_YEAR_DIGITS[self.spelled][int(digit)] for digit in str(value))
        return format_number(value, SPELLED[self.spelled])


_PARTS: MappingProxyType[str, Callable[[datetime.datetime], int]] = MappingProxyType(
    {
        "y": lambda when: when.year,
        "e": lambda when: when.year,
        "M": lambda when: when.month,
        "d": lambda when: when.day,
        "h": lambda when: when.hour,
        "m": lambda when: when.minute,
        "s": lambda when: when.second,
    }
)


def read_date_format(code: str) -> DateFormat | None:
    """Return the format of days or times that a code is, None where it is none."""
    tokens: list[tuple[str, str]] = []
    spelled = ""
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "said":
            spelled = text.upper() if text.upper() in SPELLED else spelled
        elif kind == "filled":
            tokens.append(("other", " "))
        elif kind == "other" and text in _PLACES:
            return None
        elif text != ";" or kind != "other":
            tokens.append((kind, text.lower() if kind in {"code", "elapsed"} else text))
    codes = [text for kind, text in tokens if kind in {"code", "elapsed", "halves"}]
    if not codes or any(text[0] in "bg" for text in codes):
        return None
    halves = any(kind == "halves" for kind, _ in tokens)
    parts = tuple(_apart(tokens))
    return DateFormat(parts, halves, spelled, _is_full(parts) and not _SYSTEM.search(code))


def _apart(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the tokens with months as ``M`` and minutes as ``m``: minutes stand behind hours or before seconds."""
    told = [index for index, (kind, _) in enumerate(tokens) if kind in {"code", "elapsed"}]
    minutes = set()
    for before, index in zip([None, *told], told, strict=False):
        follows = told[told.index(index) + 1] if index != told[-1] else None
        if tokens[index][1][0] == "m" and len(tokens[index][1]) < 3:
            after_hours = before is not None and tokens[before][1][0] == "h"
            before_seconds = follows is not None and tokens[follows][1][0] == "s"
            if after_hours or before_seconds:
                minutes.add(index)
    return [
        (kind, text.upper() if kind == "code" and text[0] == "m" and index not in minutes else text.partition(".")[0])
        if kind == "code"
        else (kind, text)
        for index, (kind, text) in enumerate(tokens)
    ]


def _is_full(tokens: tuple[tuple[str, str], ...]) -> bool:
    codes = [text for kind, text in tokens if kind == "code"]
    day = any(text[0] in "yedMa" for text in codes)
    named = any(text[0] == "M" and len(text) > 2 for text in codes)
    return not day or (any(text[0] == "e" or text.startswith("yyy") for text in codes) and not named)


def _named(text: str, when: datetime.datetime) -> str:
    return "星期" * (len(text) > 3) + _WEEK[when.weekday()]
