"""The catalogue as tables: its counts, and the documents of a selection."""

from collections.abc import Iterable, Sequence

from schemas.office.catalogue import UNCLASSED, CatalogueRow, Entry
from search.office.catalogue.classes import load_classes
from search.office.tables import Cell, Table

ENTRY_HEAD = ("文件", "发文机关", "年份", "类别", "成文日期", "发布日期", "键")
UNCLASSED_NAME = "未归类"


def catalogue_table(rows: Iterable[CatalogueRow]) -> Table:
    """Return the counts, a row for each issuer and year."""
    classes = load_classes()
    head = ("发文机关", "年份", *(f"{one.mark}{one.text}" for one in classes), UNCLASSED_NAME, "文件数")
    numbers = [*(one.number for one in classes), UNCLASSED]
    cells = (_counts(row, numbers) for row in rows)
    return Table("主动公开目录", head, cells)


def entry_table(entries: Iterable[Entry]) -> Table:
    """Return documents with their classes, a row for each."""
    return Table("主动公开文件", ENTRY_HEAD, map(_row, entries))


def class_names(numbers: Sequence[int]) -> str:
    """Return classes by mark and column head: ``（七）预算与决算``."""
    names = {one.number: f"{one.mark}{one.short}" for one in load_classes()}
    return "、".join(names.get(number, UNCLASSED_NAME) for number in numbers)


def _counts(row: CatalogueRow, numbers: Sequence[int]) -> tuple[Cell, ...]:
    return row.issuer, row.year, *(row.counts.get(one, 0) for one in numbers), row.documents


def _row(one: Entry) -> tuple[str | None, ...]:
    return one.title, one.issuer, one.year, class_names(one.classes), one.signed_on, one.published_on, one.key
