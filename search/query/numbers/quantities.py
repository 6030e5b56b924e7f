"""Numbers and dates of a text, each whole and in one spelling: 1,200元, １２００元 and 1 200 元 are all 1200元.

A number is indexed by its value and by its value with unit, a date by its parts, so that 1200元 does not match
120000万元, and 2023-05-01 matches 2023年5月1日. All functions take folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.query.analysis import expand, fold
from search.query.numbers.document_numbers import bare_number_keys
from search.query.numbers.numerals import number

# Units, longest first; Latin units only if no other letter follows.
_UNITS = """
平方公里 平方千米 平方米 立方米 个百分点 千瓦时 摄氏度 百分点 平米 千米 千克 千瓦 公里 公斤 公顷 小时 分钟
周岁 毫克 微克 厘米 毫米 毫升 分贝 人次 美元 欧元 港元 日元 年级 个月
元 圆 角 分 人 名 位 户 家 个 项 件 份 条 款 章 亩 吨 克 米 里 天 日 月 年 岁 周 秒 度 级
号 台 辆 艘 架 所 座 间 层 套 批 宗 起 例 只 头 株 棵 本 册 篇 页 卷 类 种 倍 点 场 期 处 组 队 班 次 届 升 瓦 村 校 % ‰
"""
_LATIN = "km2 kwh km m2 m3 kg mg μg cm mm kw mw ml db °c m g l"
# Synonyms of units.
_ONE_NAME = {
    **dict.fromkeys(("m2", "平米"), "平方米"),
    **dict.fromkeys(("km2", "平方千米"), "平方公里"),
    **dict.fromkeys(("km", "千米"), "公里"),
    **dict.fromkeys(("kg", "千克"), "公斤"),
    **{"m3": "立方米", "°c": "摄氏度", "周岁": "岁", "圆": "元", "个百分点": "百分点", "kw": "千瓦", "kwh": "千瓦时"},
    **{
        "mg": "毫克",
        "μg": "微克",
        "cm": "厘米",
        "mm": "毫米",
        "ml": "毫升",
        "db": "分贝",
        "m": "米",
        "g": "克",
        "l": "升",
    },
}
_NAMES = "|".join(_UNITS.split())
_UNIT = rf"{_NAMES}|[百千万亿]{{1,3}}(?:{_NAMES})?|(?:{'|'.join(_LATIN.split())})(?![a-z])"
_NUMBER = r"\d+(?:[.,/]\d+)*"
_RUN = re.compile(rf"({_NUMBER}(?: {_NUMBER})*)(?: ?({_UNIT}))?", re.ASCII)
_DIGITS = "〇零○一二三四五六七八九十"
_SPELLED = re.compile(rf"[{_DIGITS}百千两]+")
_SPELLED_UNIT = re.compile(rf"[万亿]{{0,2}}(?:{_NAMES})")
_SHARE = "百分之"
_IN_THREES = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?", re.ASCII)
_FRACTION = re.compile(r"\d+/\d+", re.ASCII)
_PART = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
# Groups of digits separated by single spaces only, as in a telephone or account number.
_GROUPS = re.compile(r"\d{3,}(?: \d{3,}){1,3}")
_MAYBE = re.compile("[0-9〇零○一二三四五六七八九](?:(?<=[0-9])| ?年)")
# 2023年5月1日 in Arabic or Chinese digits, with or without spaces.
_SPELLED_OUT = re.compile(
    rf"(?P<year>[〇零○一二三四五六七八九0-9]{{4}})(?<![{_DIGITS}百千两0-9].{{4}}) ?年"
    rf"(?: ?(?P<month>[{_DIGITS}]{{1,3}}|\d{{1,2}}) ?月)?(?:(?<=月) ?(?P<day>[{_DIGITS}]{{1,3}}|\d{{1,2}}) ?[日号])?",
    re.ASCII,
)
_CALENDAR = re.compile(
    r"(?P<year>[12][09]\d\d)(?<![\d.,/-].{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d|[-/.,]\d)",
    re.ASCII,
)
_MONTH = re.compile(r"(?P<year>[12][09]\d\d)(?<![\d.,/-].{4})[-/](?P<month>0[1-9]|1[0-2])(?!\d|[-/.,]\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_RANGE = re.compile(rf"[-~至到]{{1,2}} ?{_NUMBER} ?({_UNIT})")
# Both patterns begin with a class of characters, which is looked for at once; what stands before it is asked then.
_SMALL = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹](?<=[0-9０-９].)[⁰¹²³⁴⁵⁶⁷⁸⁹]*")
# The longest number spelled by place: 九千九百九十九.
MAX_SPELLED = 7
# Units without which their number means nothing.
_OF_DATES = frozenset("年月日号")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a date from ``start`` to ``end``.

    Attributes:
        start: Offset in the text.
        end: Offset after its unit.
        key: The key that finds only this quantity.
        keys: All its index keys.
        bare: Its value and its unit, separately, if the unit may be elsewhere, as in the head of a table.
    """

    start: int
    end: int
    key: str
    keys: tuple[str, ...]
    bare: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The readings of one place in a text: the likely one, and the alternatives."""

    likely: tuple[Quantity, ...]
    others: tuple[Quantity, ...] = ()


def read_quantities(folded: str) -> list[Reading]:
    """Return all numbers and dates of ``folded``, in text order."""
    if not _MAYBE.search(folded):
        return []
    found = [Reading((each,)) for each in _dates(folded)]
    rest = list(folded)
    for reading in found:
        start, end = reading.likely[0].start, reading.likely[0].end
        rest[start:end] = "\n" * (end - start)
    without = "".join(rest)
    found += [_reading(run, without) for run in _RUN.finditer(without)]
    return sorted(found, key=lambda each: each.likely[0].start)


def index_keys(text: str) -> list[str]:
    """Return the index keys of the numbers and dates of ``text``, each once; ``text`` need not be folded."""
    if not text:
        return []
    folded = fold(expand(_SMALL.sub(" ", text)))
    keys = [key for each in all_quantities(folded) for key in each.keys]
    return list(dict.fromkeys([*keys, *_spelled_keys(folded), *bare_number_keys(folded)]))


def all_quantities(folded: str) -> Iterator[Quantity]:
    """Yield every number and date of ``folded`` in every reading."""
    for reading in read_quantities(folded):
        yield from (*reading.likely, *reading.others)


@lru_cache(maxsize=4096)
def quantity_of(word: str) -> Quantity | None:
    """Return the number or date that squeezed ``word`` is as a whole, or None."""
    found = [each for reading in read_quantities(word) for each in reading.likely]
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(word)) else None


def _dates(folded: str) -> Iterator[Quantity]:
    for pattern in (_SPELLED_OUT, _CALENDAR, _MONTH):
        yield from (date for each in pattern.finditer(folded) if (date := _date(each)))


def _date(found: re.Match[str]) -> Quantity | None:
    """Return the date of a match, or None if it is no valid date."""
    written = (found["year"], found["month"], found.groupdict().get("day"))
    year, month, day = (number(each) if each else None for each in written)
    if not year or not 1000 <= year <= 9999 or not 0 < (month or 1) < 13 or not 0 < (day or 1) < 32:
        return None
    keys = _date_keys(year, month, day)
    return Quantity(*found.span(), keys[0], keys)


def _date_keys(year: int, month: int | None, day: int | None) -> tuple[str, ...]:
    """Return the keys of a date, the finest first."""
    keys = [f"{year}年", str(year)]
    if month:
        keys = [f"{year}-{month:02}", *keys, f"{month}月"]
    if month and day:
        keys = [f"{year}-{month:02}-{day:02}", *keys, f"{day}日"]
    return tuple(keys)


def _reading(found: re.Match[str], text: str) -> Reading:
    """Return the readings of a run of digits, commas and spaces with the unit after it."""
    run, unit, start = found[1], _one_name(found[2] or ""), found.start()
    if unit == "号" and text[max(0, start - 1) : start] == "月":
        unit = "日"
    ranged = _RANGE.match(text, found.end()) if not unit else None
    parts = [_quantity(each, start) for each in _PART.finditer(run)]
    parts[-1] = _attach_unit(parts[-1], unit, found.end(), _one_name(ranged[1]) if ranged else "")
    if _IN_THREES.fullmatch(run):
        whole = _attach_unit(_join_digits(run, start), unit, found.end())
        return Reading((whole,), () if unit or "," in run else tuple(parts))
    if _FRACTION.fullmatch(run):
        return Reading((Quantity(start, found.end(), run + unit, (run, run + unit)),), tuple(parts))
    if _GROUPS.fullmatch(run):
        return Reading(tuple(parts), (_attach_unit(_join_digits(run, start), unit, found.end()),))
    return Reading(tuple(parts))


def _join_digits(run: str, start: int) -> Quantity:
    value = re.sub("[ ,]", "", run)
    return Quantity(start, start + len(run), value, (value,))


def _quantity(found: re.Match[str], offset: int) -> Quantity:
    return Quantity(offset + found.start(), offset + found.end(), found[0], (found[0],))


def _attach_unit(bare: Quantity, unit: str, end: int, unit_of_range: str = "") -> Quantity:
    """Return ``bare`` with its unit, which ends at ``end``; in 5-10元 the 5 also has the unit of the range."""
    value = bare.key
    plain, exact = _without_zeros(value, measured=True), _without_zeros(value, measured=False)
    if not unit:
        day = _COMPACT.fullmatch(value)
        dated = _date_keys(*(int(each) for each in day.groups())) if day else ()
        ranged = (plain + unit_of_range,) if unit_of_range else ()
        return Quantity(bare.start, bare.end, dated[0] if dated else exact, (exact, value, *dated, *ranged))
    keys = (plain + unit, exact, value, plain)
    apart = None if unit in _OF_DATES else (exact, unit)
    return Quantity(bare.start, end, keys[0], tuple(dict.fromkeys(keys)), apart)


def _without_zeros(value: str, *, measured: bool) -> str:
    """Return a value without insignificant zeros: 1200.00 is 1200; 3.10 stays, it may be a section number."""
    if value.count(".") == 1 and (measured or re.search(r"\.00+$", value)):
        value = value.rstrip("0").rstrip(".")
    return (value.lstrip("0") or "0") if measured and value.isdigit() else value


def _one_name(unit: str) -> str:
    head = unit.lstrip("百千万亿") if unit not in _ONE_NAME else unit
    return unit[: len(unit) - len(head)] + _ONE_NAME.get(head, head)


def _spelled_keys(folded: str) -> Iterator[str]:
    """Yield the keys of spelled numbers: 十八周岁 is 18岁, 百分之三十 is 30%."""
    for found in _SPELLED.finditer(folded):
        spelled, start, end = found[0], found.start(), found.end()
        unit = _SPELLED_UNIT.match(folded, end)
        is_share = folded[start - 3 : start] == _SHARE and folded[end : end + 1] != "点"
        by_place = len(spelled) == 1 or any(each in "十百千" for each in spelled)
        if not (unit or is_share) or not by_place or folded[start - 1 : start] == "第" or len(spelled) > MAX_SPELLED:
            continue
        if (value := number(spelled)) is not None:
            yield f"{value}%" if is_share else f"{value}{_one_name(unit[0]) if unit else ''}"
