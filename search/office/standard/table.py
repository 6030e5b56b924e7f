"""The table of a standard catalogue read into its items, with one head row or two, merged cells blank or repeated."""

import re
from collections.abc import Iterator, Mapping, Sequence

from schemas.office.catalogues.standard import StandardItem

Rows = Sequence[Sequence[str]]

_HEADS: Mapping[str, re.Pattern[str]] = {
    "number": re.compile("序号|编号"),
    "first": re.compile("一级(?:事项|目录)"),
    "second": re.compile("二级(?:事项|目录)|三级(?:事项|目录)"),
    "matter": re.compile("公开事项|公开(?:类别|目录)"),
    "contents": re.compile("公开内容|内容[（(]?要素"),
    "basis": re.compile("公开依据"),
    "period": re.compile("公开时限|公开要求"),
    "unit": re.compile("公开主体|责任(?:主体|部门|单位)"),
    "active": re.compile("^主动"),
    "request": re.compile("^依申请"),
}
_SAME = re.compile('同上|〃|″|"')
_MARK = re.compile("[√✓✔■●▲]|是")
_HEAD_ROWS = 8


def read_items(tables: Sequence[Rows]) -> list[StandardItem]:
    """Return the items of all tables of a file that have the head of a standard catalogue.

    A table without a head of its own goes on with the columns of the one before it, as over a page break.
    """
    places: dict[str, int] = {}
    items: list[StandardItem] = []
    for number, rows in enumerate(tables, 1):
        start, found = _find_head(rows)
        if found:
            places = found
        elif not places or (rows and len(rows[0]) <= max(places.values())):
            continue
        items.extend(_items(rows[start:], places, f"表{number}", start))
    return items


def _find_head(rows: Rows) -> tuple[int, dict[str, int]]:
    """Return the index of the first row below the head, and the columns by field; (0, {}) if there is no head."""
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        first = _columns(row)
        if not {"contents", "period"} <= first.keys() and not {"matter", "contents"} <= first.keys():
            continue
        below = _columns(rows[index + 1]) if index + 1 < len(rows) else {}
        second = below if {"first", "second", "active"} & below.keys() else {}
        places = {**first, **second}
        if "first" not in places and "matter" in places:
            places["first"] = places["matter"]
        return index + 1 + bool(second), places
    return 0, {}


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        text = "".join(cell.split())
        for field, pattern in _HEADS.items():
            if field not in found and pattern.search(text):
                found[field] = place
                break
    return found


def _items(rows: Rows, places: Mapping[str, int], table: str, start: int) -> Iterator[StandardItem]:
    above: dict[str, str] = {}
    for index, row in enumerate(rows, start + 1):
        cells = {field: "".join(row[place].split()) if place < len(row) else "" for field, place in places.items()}
        if _columns(row).keys() >= {"contents", "period"} or not (cells.get("second") or cells.get("contents")):
            continue  # a head that is repeated on the next page, or a row of blanks
        for field in ("first", "second", "contents", "basis", "period", "unit"):
            cells[field] = _carry(field, cells.get(field, ""), above)
        above = cells
        yield _item(cells, f"{table}第{index}行")


def _carry(field: str, text: str, above: Mapping[str, str]) -> str:
    """Return a cell, that of the row above where it is merged with it or says 「同上」."""
    if _SAME.fullmatch(text) or (not text and field in ("first", "basis", "period", "unit")):
        return above.get(field, "")
    return text


def _item(cells: Mapping[str, str], place: str) -> StandardItem:
    request, active = (bool(_MARK.search(cells.get(field, ""))) for field in ("request", "active"))
    return StandardItem(
        number=cells.get("number", ""),
        first=cells["first"],
        second=cells["second"],
        contents=cells["contents"],
        basis=cells["basis"],
        period=cells["period"],
        unit=cells["unit"],
        on_request=request and not active,
        place=place,
    )
