"""Columns of a table of records by their heads, and cells into values; a wrong cell is said, with row and column."""

import datetime
import re
from collections.abc import Sequence

from schemas.office.annual_report import to_number
from schemas.office.applications import Date, Number, RowError

_DATE = re.compile(r"((?:19|20)[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T].*)?")
_COMPACT = re.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_YES = frozenset(("是", "有", "√", "1", "yes", "true", "y"))
_NO = frozenset(("", "否", "无", "0", "no", "false", "n", "-", "—", "/"))

Names = dict[str, tuple[str, ...]]
"""Name of a field to the heads it may stand under."""


class RecordError(ValueError):
    """A cell that is not what its column holds; the message says what it takes."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column

    def at(self, row: int) -> RowError:
        """Return it with its row."""
        return RowError(row, self.column, str(self))


def find_columns(head: Sequence[str], names: Names) -> dict[str, int]:
    """Return the column of each field that has one."""
    plain = ["".join(cell.split()) for cell in head]
    found = {}
    for field, heads in names.items():
        place = next((plain.index(one) for one in heads if one in plain), None)
        if place is not None:
            found[field] = place
    return found


def read_date(text: str, column: str) -> Date | None:
    """Return a date, None if nothing stands there.

    Raises:
        RecordError: It is no date.
    """
    plain = text.strip()
    if plain in _NO:
        return None
    match = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    try:
        if match:
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise RecordError(column, f"「{plain}」不是日历上的日期") from error
    raise RecordError(column, f"「{plain}」不是日期；写作 2025-03-01")


def read_needed_date(text: str, column: str) -> Date:
    """Return a date that must be there.

    Raises:
        RecordError: It is none, or nothing stands there.
    """
    found = read_date(text, column)
    if found is None:
        raise RecordError(column, "没有填写日期；写作 2025-03-01")
    return found


def read_amount(text: str, column: str) -> Number | None:
    """Return an amount in 元, None if nothing stands there.

    Raises:
        RecordError: It is no number.
    """
    plain = text.strip().removesuffix("元").lstrip("¥￥ ")
    if plain in _NO - {"0"}:
        return None
    value = to_number(plain)
    if value is None:
        raise RecordError(column, f"「{text.strip()}」不是金额；只写数字，单位为元")
    return value


def read_flag(text: str, column: str) -> bool:
    """Return whether a cell says yes.

    Raises:
        RecordError: It says neither yes nor no.
    """
    plain = text.strip().lower()
    if plain not in _YES | _NO:
        raise RecordError(column, f"「{text.strip()}」既不是「是」也不是「否」")
    return plain in _YES
