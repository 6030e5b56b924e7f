"""The office's columns as tables: counts, and the documents of a selection."""

from collections.abc import Iterable, Sequence

from schemas.office.catalogues.columns import NO_COLUMN, Column, ColumnEntry, ColumnRow
from search.office.tables import Cell, Table

NO_NAME = "未入栏目"


def column_table(columns: Sequence[Column], rows: Iterable[ColumnRow]) -> Table:
    """Return the counts, a row for each unit, sub-site and year."""
    numbers = [*(one.number for one in columns), NO_COLUMN]
    head = ("子站点", "发文机关", "年份", *(one.name for one in columns), NO_NAME, "文件数")
    return Table("栏目统计", head, (_counts(row, numbers) for row in rows))


def column_entry_table(columns: Sequence[Column], entries: Iterable[ColumnEntry]) -> Table:
    """Return documents with their columns."""
    head = ("文件", "子站点", "发文机关", "年份", "栏目", "日期", "键")
    return Table("栏目文件", head, (_entry(columns, one) for one in entries))


def _counts(row: ColumnRow, numbers: Iterable[int]) -> tuple[Cell, ...]:
    return row.site, row.unit, row.year, *(row.counts.get(one, 0) for one in numbers), row.documents


def _entry(columns: Sequence[Column], one: ColumnEntry) -> tuple[Cell, ...]:
    dated = max(one.dates, default=None)
    return one.title, one.site, one.unit, one.year, column_names(columns, one.columns), dated, one.key


def column_names(columns: Sequence[Column], numbers: Iterable[int]) -> str:
    """Return the names of columns."""
    names = {one.number: one.name for one in columns}
    return "、".join(names.get(number, NO_NAME) for number in numbers)
