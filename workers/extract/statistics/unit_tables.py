"""Tables of figures with a column of units, if a page has run their cells together.

「指标名称 计量单位 2013年度 历年累计 主动公开信息数 条 72804 76424 其中：1、网站公开 条 72804 76424」, and the form
of 2014 to 2018: 「统计指标 单位 统计数 … 1.政府公报公开政府信息数 条 0」. A row is a label, a unit and its numbers;
spaces may be lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workers.extract.statistics.vocabulary import UNIT, to_number
from workers.runtime.lazy_regex import lazy_compile

_HEAD = lazy_compile(r"(?:统计指标|指标名称|指标|项目)\s{0,3}(?:计量\s?)?单\s?位\s{0,3}")
_COLUMN = lazy_compile(r"(?:19|20)[0-9]{2}\s?年度?|历年\s?累计|本年度?|统计数[据量]?|数量|累计|合计")
_UNIT_AND_NUMBERS = lazy_compile(rf"\s?({UNIT})[\s―—-]*+((?:[0-9][0-9,]{{0,14}}(?:\.[0-9]{{1,6}})?\s{{0,3}}){{1,6}})")
_NUMBERED = lazy_compile(r"([0-9]{1,2})[.．、]")
_ORDINAL_MARK = tuple(".．、")
_MAX_LABEL_LENGTH = 90
_MAX_HEADS_LENGTH = 40
_DASHES = lazy_compile("[―—…]+")
_NOTE = lazy_compile(r"[（(][^（）()]{0,40}[)）]")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of such a table.

    Attributes:
        subject: Its label.
        unit: As stated.
        columns: Heads of the columns, as many as the table has.
        values: Its numbers; fewer than columns if cells are empty, so that their columns are not known.
        start: Where it begins in the text.
        end: Where it ends.
    """

    subject: str
    unit: str
    columns: tuple[str, ...]
    values: tuple[int | float, ...]
    start: int
    end: int


def read_units(text: str) -> list[UnitRow]:
    """Return the rows of all tables with a column of units in ``text``, in order."""
    rows: list[UnitRow] = []
    for head in _HEAD.finditer(text):
        if not rows or head.start() >= rows[-1].end:
            rows += _rows(text, head.end())
    return rows


def _rows(text: str, start: int) -> Iterator[UnitRow]:
    columns, at = _columns(text, start)
    ordinal = 0
    while True:
        match = _UNIT_AND_NUMBERS.search(text, at, at + _MAX_LABEL_LENGTH + 60)
        if not match:
            return
        label = text[at : match.start()]
        digits, end = _without_ordinal(text, match, ordinal)
        if "。" in label or len(_NOTE.sub("", label)) > _MAX_LABEL_LENGTH or not digits:
            return
        numbered = _NUMBERED.search(label)
        ordinal = int(numbered[1]) if numbered else 0
        yield UnitRow(_subject(label), match[1], columns, tuple(map(_value, digits.split())), at, end)
        at = end


def _columns(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Return the heads of the value columns and where they end."""
    names: list[str] = []
    end = start
    while (match := _COLUMN.match(text, end)) and end - start <= _MAX_HEADS_LENGTH:
        names.append("".join(match.group().split()))
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
    return tuple(names), end


def _without_ordinal(text: str, match: re.Match[str], ordinal: int) -> tuple[str, int]:
    """Return the numbers without the number of the next row that ran into them: 「条 418 1509 2.政府公报公开」."""
    digits, end = match[2], match.end(2)
    if not text.startswith(_ORDINAL_MARK, end):
        return digits, end
    following = str(ordinal + 1)
    own = next((mark for mark in (following, "1") if digits.endswith(mark)), digits[-1:])
    return digits[: len(digits) - len(own)], end - len(own)


def _value(digits: str) -> int | float:
    whole, point, fraction = digits.rstrip(",").partition(".")
    return to_number(whole, point + fraction if fraction else None)


def _subject(label: str) -> str:
    pieces = _DASHES.split(_NOTE.sub("", "".join(label.split())).strip("―—-…"))
    return pieces[-1][-_MAX_LABEL_LENGTH:]
