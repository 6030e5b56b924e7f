"""Who has to publish an annual report by when: departments by 31 January, governments by 31 March (条例第四十九条)."""

import datetime
import re
from collections.abc import Iterable, Sequence

from schemas.office.units import DEPARTMENT, GOVERNMENT, Unit
from search.office.records.columns import Names, find_columns

Date = datetime.date

_GOVERNMENT = re.compile("(?:人民政府|省|自治区|市|自治州|州|盟|县|自治县|旗|新区|(?<!管理)(?<!分)(?<!小)区|镇|乡)$")
COLUMNS: Names = {"name": ("单位", "单位名称"), "parent": ("上级", "上级政府", "所属政府"), "kind": ("类型", "类别")}


def unit_key(name: str) -> str:
    """Return what units are compared by: 「测试市人民政府」 and 「测试市」 are one."""
    return "".join(name.split()).removesuffix("人民政府")


def unit_of(name: str) -> Unit:
    """Return a unit of no list, its kind by its name."""
    return Unit(name, GOVERNMENT if _GOVERNMENT.search(name) else DEPARTMENT)


def read_units(rows: Sequence[Sequence[str]]) -> list[Unit]:
    """Return the units of a table whose first row is its head; a kind that is not given goes by the name."""
    places = find_columns(rows[0], COLUMNS)
    units = []
    for row in rows[1:] if "name" in places else ():
        texts = {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
        guessed = unit_of(texts["name"])
        if texts["name"]:
            units.append(Unit(texts["name"], texts.get("kind") or guessed.kind, texts.get("parent", "")))
    return units


def due_on(unit: Unit, year: int) -> Date:
    """Return the last day for the report of ``year``: in the year after it."""
    return Date(year + 1, 3, 31) if unit.kind == GOVERNMENT else Date(year + 1, 1, 31)


def merge_units(listed: Iterable[Unit], reporting: Iterable[str]) -> dict[str, Unit]:
    """Return units by key: those of the list, then those that have reported before."""
    units = {unit_key(unit.name): unit for unit in listed}
    for name in reporting:
        units.setdefault(unit_key(name), unit_of(name))
    return units
