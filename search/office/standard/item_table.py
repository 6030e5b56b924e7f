"""A standard catalogue as a table: each item with how many documents it has, and the newest of them."""

from collections.abc import Iterable

from schemas.office.catalogues.standard import MatchedItem
from search.office.tables import Table

HEAD = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "文件数",
    "最近文件",
    "日期",
    "键",
)


def standard_table(matched: Iterable[MatchedItem]) -> Table:
    """Return a row for each item."""
    return Table("标准目录对照", HEAD, map(_row, matched))


def _row(one: MatchedItem) -> tuple[str | int, ...]:
    item, newest = one.item, one.newest[0] if one.newest else None
    facts = (item.number, item.first, item.second, item.contents, item.basis, item.period, item.unit, one.count)
    return (*facts, newest.title, newest.dated, newest.document) if newest else (*facts, "", "", "")
