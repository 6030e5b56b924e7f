"""The office's own columns (栏目): classes of its own beside those of 条例第二十条, and the documents in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NO_COLUMN = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the office's file.

    Attributes:
        number: From 1, by its place in the file.
        name: Its name.
        words: Words of a title that put a document into it.
        kinds: Genres (文种) whose documents belong to it.
        without: Words of a title that keep a document out of it.
        folders: Beginnings of keys whose documents belong to it, whatever their title.
        days: After so many days without a new document it is stale; None if the file does not say.
    """

    number: int
    name: str
    words: tuple[str, ...]
    kinds: frozenset[str]
    without: tuple[str, ...]
    folders: tuple[str, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One article in the columns.

    Attributes:
        unit: 发文机关, or ``UNSTATED`` of ``schemas.office.catalogue``.
        site: First folder of its key; empty if it lies in none.
        year: Of 成文日期, else of 发布日期, or ``UNSTATED``.
        dates: 成文日期 and 发布日期, as far as known.
        columns: Numbers of its columns; ``(NO_COLUMN,)`` if it is in none.
    """

    key: str
    document_id: str
    article: int
    title: str
    unit: str
    site: str
    year: str
    dates: tuple[str, ...]
    columns: tuple[int, ...]

    def newest_until(self, day: str) -> str:
        """Return its last date that is not after ``day`` (ISO 8601, shortened to what is known); empty if none is."""
        return max((date for date in self.dates if date <= day), default="")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One unit of one site in one year; ``counts`` has the columns that are not empty, by number."""

    unit: str
    site: str
    year: str
    documents: int
    counts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ColumnMatrix:
    """The columns in counts.

    Attributes:
        rows: By site and unit, each with the newest year first.
        newest: The newest document of each site and column.
    """

    rows: Sequence[ColumnRow]
    newest: Mapping[tuple[str, int], ColumnEntry]
