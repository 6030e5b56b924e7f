"""Dates in every form documents write them: 二〇一一年一月十三日, 二0一一年, 2011.1.13, 2011年1月, 民国三十七年.

Reads them into ISO 8601 (or a prefix of it). Which date is the 成文日期 is decided in ``signature`` and ``statute``.
"""

import re
from functools import lru_cache

from workers.extract.grammar.numerals import read_number
from workers.runtime.lazy_regex import lazy_compile

_O = "〇○OoＯ◯ΟοОо"  # what typists take for a nought
_Y = (
    f"[12１２一二](?<![0-9].)"
    f"(?:(?<=[12])[0-9{_O}]{{3}}|(?<=[１２])[０-９]{{3}}|(?<=[一二])[零0{_O}一二三四五六七八九1-9]{{3}})"
)
_N = f"(?:[0-9０-９]{{1,2}}|[1-3][{_O}]|[{_O}][1-9]|[〇○零一二三四五六七八九十廿卄卅]{{1,3}})"
# What may not stand before a date is looked at behind its first characters: a pattern that begins with a class of them
# is found many times faster than one that begins with a lookbehind.
_HAN_DATE = re.compile(rf"({_Y})\s?年\s?(?:({_N})\s?月\s?(?:({_N})\s?[日号])?)?")
_DIGIT_DATE = re.compile(
    r"((?:19|20)(?<![0-9.]..)[0-9]{2})\s?([-./．／])\s?([0-9]{1,2})(?:\s?\2\s?([0-9]{1,2}))?(?![0-9])"
)
_REPUBLIC = lazy_compile(
    rf"民国\s?([0-9]{{1,3}}|[元〇○零一二三四五六七八九十百]{{1,5}})\s?年\s?(?:({_N})\s?月\s?(?:({_N})\s?日)?)?"
)
_AMERICAN = lazy_compile(
    r"^\s*([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?:\s?([AP]M))?\s*$"
)
_AROUND = lazy_compile(r"^[\s(（]*(?:日期|时间)?[:：]?\s*$")
_TAIL = lazy_compile(
    r"^\s*(?:[（(]?星期[一二三四五六日天][)）]?\s*)?(?:(?:[上下]午)?\s?[0-9]{1,2}时正?)?\s*(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\s)）]*$"
)


_BEGINS = frozenset(" \t\n\u3000\xa0(（日时:：民") | frozenset("12１２一二")
"""What a line that is a date begins with."""
_MAX_LENGTH = 40


def read_date(text: str) -> tuple[str, int, int] | None:
    """Return the first date in ``text`` as (ISO 8601 or prefix, start, end), or None."""
    return next(iter(find_dates(text)), None)


def find_dates(text: str) -> list[tuple[str, int, int]]:
    """Return all dates in ``text``, in order, as (ISO 8601 or prefix, start, end)."""
    found: list[tuple[str, int, int]] = []
    taken = 0
    if "民国" in text:
        found += [read for match in _REPUBLIC.finditer(text) if (read := _republic(match))]
        taken = max((end for _, _, end in found), default=0)
    if "年" in text:
        found += [read for match in _HAN_DATE.finditer(text, taken) if (read := _read(match))]
    if "19" in text or "20" in text:
        found += [read for match in _DIGIT_DATE.finditer(text, taken) if (read := _read(match))]
    return sorted(found, key=lambda item: item[1]) if len(found) > 1 else found


def read_whole_date(text: str) -> str | None:
    """Return the date a line consists of (brackets, a label or a time of day aside), or None."""
    return _whole_date(text) if len(text) <= _MAX_LENGTH and text[:1] in _BEGINS else None


@lru_cache(maxsize=1024)  # each room asks it of the same lines
def _whole_date(text: str) -> str | None:
    read = read_date(text)
    if read is None or not _AROUND.match(text[: read[1]]) or not _TAIL.match(text[read[2] :]):
        return None
    return read[0]


def read_american_date(text: str) -> str | None:
    """Return the date of a value like 9/17/2004 5:54:13 AM, or None if its order is open (3/4/2004)."""
    match = _AMERICAN.match(text)
    if not match:
        return None
    month, day = int(match[1]), int(match[2])
    return _iso(int(match[3]), month, day) if day > 12 or day == month or match[4] else None


def _read(match: re.Match[str]) -> tuple[str, int, int] | None:
    groups = match.groups()
    year, month, day = (groups[0], groups[2], groups[3]) if len(groups) == 4 else groups
    iso = _iso(_year(year), read_number(month or ""), read_number(day or ""))
    return None if iso is None else (iso, match.start(), match.end())


def _year(text: str) -> int | None:
    return read_number(text)


def _republic(match: re.Match[str]) -> tuple[str, int, int] | None:
    year = 1 if match[1] == "元" else read_number(match[1])
    iso = _iso(None if year is None else year + 1911, read_number(match[2] or ""), read_number(match[3] or ""))
    return None if iso is None else (iso, match.start(), match.end())


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or not 1800 <= year <= 2199:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 else None
