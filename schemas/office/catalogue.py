"""The catalogue of disclosure: the classes of 条例第二十条, and the documents counted in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.office.facts import NewestFact

UNSTATED = "未载明"
UNCLASSED = 0


@dataclass(frozen=True, slots=True)
class DisclosureClass:
    """One of the fifteen classes of 条例第二十条.

    Attributes:
        number: 1 to 15.
        mark: Its number as written: ``（七）``.
        text: Its words in the 条例.
        short: Head of its column.
        kinds: Genres (文种) whose documents belong to it.
        words: Words of a title that put a document into it.
        ignored: Words of a title that do not count, because they hold one of ``words`` by chance: 统计局.
        without: Words of a title that keep a document out of it.
    """

    number: int
    mark: str
    text: str
    short: str
    kinds: frozenset[str]
    words: tuple[str, ...]
    ignored: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the catalogue; fields not named are those of ``ArticleSummary`` and of its document.

    Attributes:
        issuer: 发文机关, or ``UNSTATED``.
        year: Of 成文日期, else of 发布日期, as four digits, or ``UNSTATED``.
        classes: Numbers of its classes, ascending; ``(UNCLASSED,)`` if it is in none.
    """

    key: str
    document_id: str
    article: int
    title: str
    issuer: str
    year: str
    signed_on: str | None
    published_on: str | None
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One issuer in one year.

    Attributes:
        documents: Number of documents; one in two classes counts once.
        counts: Number of documents by class; classes without any are absent.
    """

    issuer: str
    year: str
    documents: int
    counts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class CatalogueMatrix:
    """The catalogue as counts.

    Attributes:
        rows: By issuer, each with the newest year first.
        newest: The newest dated document of each issuer and class.
    """

    rows: Sequence[CatalogueRow]
    newest: Mapping[tuple[str, int], NewestFact]
