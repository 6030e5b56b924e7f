"""Dates and ordinals in digits and spelled: 第十二条 is 第12条, 二〇一一年 is 2011年; not for sums of money."""

import re
from functools import partial

DIGITS = {
    character: value for value, characters in enumerate(("〇零○0", *"一二三四五六七八九")) for character in characters
}
UNITS = {"十": 10, "百": 100, "千": 1000}
SPELLED = "零一二三四五六七八九"
# The zeros of a spelled year: 二〇〇八年, 二○○八年 and 二00八年 are all in use.
ZEROS = "〇○0"
COUNTED = "条章节款项编届次号期批年月日部分点"

_CHINESE = "〇零○一二三四五六七八九十百千两"
# For folded text. An ordinal counts something; a year has four digits; a month and a day follow a year.
ORDINAL = re.compile(rf"第([{_CHINESE}]{{1,7}}|[0-9]{{1,4}})([{COUNTED}])")
DATE = re.compile(
    rf"(?<![{_CHINESE}0-9])(?:([〇零○0一二三四五六七八九]{{4}}|[0-9]{{4}})年)(?:([{_CHINESE}]{{1,3}}|[0-9]{{1,2}})月)?"
    rf"(?:(?<=月)([{_CHINESE}]{{1,3}}|[0-9]{{1,2}})日)?"
)


def number(written: str) -> int | None:
    """Return the value of ``written``, in any digits or by place (十二, 一百零三); None if it is no number."""
    if written.isascii():
        return int(written)
    if all(character in DIGITS for character in written):
        return int("".join(str(DIGITS[character]) for character in written))
    total, digit = 0, 0
    for character in written:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        elif (value := 2 if character == "两" else DIGITS.get(character)) is not None:
            digit = value
        else:
            return None
    return total + digit


def spell_number(value: int) -> str:
    """Return ``value``, below 10,000, spelled as an ordinal: 12 is 十二, 103 一百零三."""
    parts, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            parts += ("零" if gap and parts else "") + SPELLED[digit] + unit
        gap = not digit
    return parts.removeprefix("一") if parts.startswith("一十") else parts or SPELLED[0]


def spell_year(value: int, zero: str = "〇") -> str:
    """Return a year digit by digit: 2011 is 二〇一一."""
    return "".join(zero if digit == "0" else SPELLED[int(digit)] for digit in str(value))


def variants(text: str) -> tuple[str, ...]:
    """Return folded ``text`` unchanged, then with all ordinals and dates in digits, then with all spelled."""
    arabic = DATE.sub(lambda date: _date(date, None), ORDINAL.sub(lambda found: _ordinal(found, spell=False), text))
    ordinals = ORDINAL.sub(lambda found: _ordinal(found, spell=True), text)
    chinese = [DATE.sub(partial(_date, zero=zero), ordinals) for zero in ZEROS]
    return tuple(dict.fromkeys((text, arabic, *chinese)))


def _ordinal(found: re.Match[str], *, spell: bool) -> str:
    value = number(found[1])
    if value is None or not 0 < value < 10_000:
        return found[0]
    return f"第{spell_number(value) if spell else value}{found[2]}"


def _date(found: re.Match[str], zero: str | None) -> str:
    """Return a date spelled with this zero, or in digits if it is None."""
    year, month, day = (number(part) if part else None for part in found.groups())
    if not year or not 1000 <= year <= 9999 or not 0 < (month or 1) < 13 or not 0 < (day or 1) < 32:
        return found[0]
    made = f"{spell_year(year, zero) if zero else year}年"
    for value, unit in ((month, "月"), (day, "日")):
        if value:
            made += f"{spell_number(value) if zero else value}{unit}"
    return made
