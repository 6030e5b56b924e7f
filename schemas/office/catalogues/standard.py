"""The items of a standard catalogue of disclosure at the grass roots (基层政务公开标准目录)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardItem:
    """One row of the table.

    Attributes:
        number: 序号, as written; empty if the row has none.
        first: 一级事项; of a merged cell, also in the rows below.
        second: 二级事项, empty if the table has only one level.
        contents: 公开内容（要素）.
        basis: 公开依据.
        period: 公开时限, as written; 「同上」 is resolved.
        unit: 公开主体.
        on_request: Whether it is disclosed on request only.
        place: Table and row it was read from: ``表1第5行``.
    """

    number: str
    first: str
    second: str
    contents: str
    basis: str
    period: str
    unit: str
    on_request: bool
    place: str

    @property
    def name(self) -> str:
        """What it is called: 二级事项, else 一级事项, else the contents."""
        return self.second or self.first or self.contents


@dataclass(frozen=True, slots=True)
class StandardMatch:
    """A document that was published for an item.

    Attributes:
        dates: 成文日期 and 发布日期, as far as known.
        signed_on: 成文日期.
        published_on: 发布日期.
    """

    document: str
    document_id: str
    article: int
    title: str
    signed_on: str | None
    published_on: str | None

    @property
    def dated(self) -> str:
        """Its last date; empty if none is known."""
        return max(filter(None, (self.signed_on, self.published_on)), default="")


@dataclass(frozen=True, slots=True)
class MatchedItem:
    """An item with its documents: how many, and the newest of them, newest first."""

    item: StandardItem
    count: int
    newest: Sequence[StandardMatch]
