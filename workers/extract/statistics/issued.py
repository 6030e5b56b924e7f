"""Table two of the annual report, 主动公开政府信息情况, if a page has run its cells together.

A row with one column is its number (行政许可2418). One with three (行政规范性文件8855698) has no sum: it is cut only
if the digits allow one reading (规章000), or if the text states two of its numbers (制发88件, 现行有效698件).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workers.extract.statistics.digit_runs import cut_cells
from workers.extract.statistics.vocabulary import to_number
from workers.runtime.lazy_regex import lazy_compile

_BLOCK = lazy_compile(r"第二十条\s?第\s?[（(][一二三四五六七八九十]+[)）]\s?项")
_HEADS = lazy_compile(
    r"本年制发件数|本年废止件数|现行有效件数|本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/减|"
    r"本年处理决定数量|处理决定数量|本年收费金额|采购项目数量|采购总金额"
)
_ROW = lazy_compile(
    r"(规章|行政规范性文件|规范性文件|行政许可|其他对外管理服务事项|行政处罚|行政强制|行政事业性收费|政府集中采购)"
    r"\s?([0-9][0-9\s,]{0,40}(?:\.[0-9]{1,6})?)(?![0-9.])"
)
_THOUSANDS = lazy_compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_UNIT = lazy_compile("单位[:：]\\s?([万亿]?元|件|条|项)")
_MAX_BLOCK_LENGTH = 400
_MAX_BLOCKS = 48
_MIN_STATED = 2


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One row of table two.

    Attributes:
        subject: Its label.
        columns: Heads of its columns.
        start: Where it begins in the text.
        end: Where it ends.
        values: Its numbers; empty if the digits cannot be cut for certain.
        unit: As the head names it.
    """

    subject: str
    columns: tuple[str, ...]
    start: int
    end: int
    values: tuple[int | float, ...]
    unit: str


def read_issued(text: str, stated: frozenset[int | float]) -> list[IssuedRow]:
    """Return the rows of table two in ``text``.

    Args:
        text: Of the article.
        stated: Numbers of normative documents (规范性文件) that its sentences state.
    """
    blocks = [match.end() for match in _BLOCK.finditer(text)][:_MAX_BLOCKS]
    rows: list[IssuedRow] = []
    for start, end in pairwise([*blocks, len(text)]):
        block = text[start : min(end, start + _MAX_BLOCK_LENGTH)]
        columns = tuple(match.group() for match in _HEADS.finditer(block))
        if columns:
            rows += _rows(block, start, columns, stated)
    return rows


def _rows(block: str, offset: int, columns: tuple[str, ...], stated: frozenset[int | float]) -> Iterator[IssuedRow]:
    unit = _UNIT.search(block)
    for match in _ROW.finditer(block):
        values = _values(match[2].strip(), len(columns), stated if "规范性文件" in match[1] else frozenset())
        named = unit[1] if unit else "件" if columns[0].endswith("件数") else ""
        yield IssuedRow(match[1], columns, offset + match.start(), offset + match.end(2), values, named)


def _values(digits: str, columns: int, stated: frozenset[int | float]) -> tuple[int | float, ...]:
    groups = _THOUSANDS.sub("", digits.rstrip(", ")).split()
    if len(groups) == columns:
        return tuple(to_number(*_split_segment(group)) for group in groups)
    if not "".join(groups).isdigit():
        return ()
    readings = cut_cells(groups, columns)
    if len(readings) > 1:
        readings = [cells for cells in readings if len(stated.intersection(cells)) >= _MIN_STATED]
    return readings[0] if len(readings) == 1 else ()


def _split_segment(number: str) -> tuple[str, str | None]:
    whole, point, fraction = number.partition(".")
    return whole, point + fraction if fraction else None
