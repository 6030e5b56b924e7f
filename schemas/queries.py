"""Queries and their results; the contents of the index are in ``schemas.records``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# The facets; each is also a field of ``Query`` (the year also as ``year_from`` and ``year_to``).
# The deepest hit reachable by ``offset``; deeper ones need the cursor of the previous page.
MAX_OFFSET = 10_000
FACETS = ("issuer", "region", "year", "kind", "role", "format", "source")


class Sort(StrEnum):
    """The order of hits; ``newest`` and ``oldest`` sort by 成文日期, else 发布日期, documents without a date last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Query:
    """One search.

    Attributes:
        text: Text as typed; parts in quotation marks (``"…"`` or “…”) are exact phrases. Empty matches everything.
        issuer: Exact issuer.
        year: Year of the document.
        prefix: Key prefix.
        size: Documents (articles) a page, 1 to 100.
        offset: Documents to skip.
        sections_each: Maximum of sections shown under each document.
        region: Exact region.
        kind: Exact genre of the document (文种).
        role: What the section treats, a key of ``schemas.glossary.ROLES``; only sections with this role are hits.
        format: Exact format.
        source: Exact 来源.
        year_from: First year, inclusive.
        year_to: Last year, inclusive.
        sort: Order of the hits; an empty query by relevance is listed newest first.
        cursor: ``SearchResult.cursor`` of the previous page of the same query; wins over ``offset``.
        facets: Which of ``FACETS`` to count; others are ignored.
        explain: Whether to explain each hit.
        fold: Whether to show only one of near-duplicate documents.
        documents: Only these documents, by identifier, at most a few hundred; all if empty.
        literal: Match words by their characters only, even if these are only side by side.
    """

    text: str
    issuer: str | None = None
    year: int | None = None
    prefix: str | None = None
    size: int = 10
    offset: int = 0
    sections_each: int = 3
    region: str | None = None
    kind: str | None = None
    role: str | None = None
    format: str | None = None
    source: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    explain: bool = False
    fold: bool = True
    documents: tuple[str, ...] = ()
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text with marked matches, without markup.

    Attributes:
        text: Text in the document's original script.
        marks: Half-open character ranges of ``text``, ascending and disjoint.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A matching section: its place (``ordinal``, ``number``, ``path``) and its marked text.

    Attributes:
        path_original: ``path`` in the original script; None if equal.
        reasons: Why it was found, in Chinese sentences; only with ``Query.explain``.
        line: Line of its text, from 0, in which the shown match stands; None for a short section
            (``schemas.anchors``).
    """

    ordinal: int
    level: int
    number: str | None
    heading: Snippet | None
    path: tuple[str, ...]
    text: Snippet
    score: float
    page: int | None = None
    role: str | None = None
    path_original: tuple[str, ...] | None = None
    reasons: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """An article with the best of its matching sections; fields are those of ``SectionRow``.

    Attributes:
        others: Number of near-duplicates collapsed into this hit.
        reasons: Why it was found, in Chinese sentences; only with ``Query.explain``.
        missing: Words of the query that none of its sections holds together with the others; empty for a full match.
        repealed: From when on and by which document it is not in force any more, in words; None if it is, or
            nothing says so.
        repealed_by: ``document_id`` of that document.
    """

    document_id: str
    article: int
    key: str
    title: Snippet
    issuer: str | None
    document_number: str | None
    signed_on: str | None
    published_on: str | None
    format: str | None
    score: float
    sections: tuple[SectionHit, ...]
    kind: str | None = None
    region: str | None = None
    source: str | None = None
    others: int = 0
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    repealed: str | None = None
    repealed_by: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value and the number of matching articles with it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one of ``FACETS`` among the hits, most frequent first, years newest first.

    Counting ignores a filter on the facet itself, so that another value can be chosen.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits.

    Attributes:
        documents: Total of matching articles.
        sections: Total of matching sections.
        hits: Hits, best first; fewer than requested if near-duplicates were collapsed.
        milliseconds: Time the index took.
        facets: Facets in the requested order.
        cursor: Cursor of the next page; None if there is none.
        instead: 您是不是要找: the query that was probably meant, if it differs from the typed one.
        notes: What could not be done as requested, in Chinese sentences.
        apart: Lower bound of further sections that hold the characters of the words only side by side;
            ``Query.literal`` finds them, too.
    """

    documents: int
    sections: int
    hits: tuple[DocumentHit, ...]
    milliseconds: float
    facets: tuple[Facet, ...] = ()
    cursor: str | None = None
    instead: str | None = None
    notes: tuple[str, ...] = ()
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of the typed text, and the number of documents (articles) with it."""

    text: str
    kind: Literal["title", "issuer", "number", "heading"]
    documents: int


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A cited or citing article; fields are those of ``ArticleSummary`` and of its document."""

    document_id: str
    article: int
    key: str
    title: str | None
    issuer: str | None
    document_number: str | None
    signed_on: str | None
    published_on: str | None


@dataclass(frozen=True, slots=True)
class StatisticsQuery:
    """Conditions on statistics; every condition that is set must hold.

    Attributes:
        subject: A part of what is counted: 主动公开 finds 主动公开政府信息.
        measure: A part of the aspect, or of the column of a table.
        issuer: Exact issuer of the document.
        year: The year the number is about, if the text says so, else the year of the document.
        prefix: Key prefix.
    """

    subject: str | None = None
    measure: str | None = None
    issuer: str | None = None
    year: int | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One statistic of a document; ``subject`` to ``table`` are those of ``schemas.articles.Statistic``."""

    document_id: str
    article: int
    key: str
    title: str | None
    issuer: str | None
    subject: str
    measure: str
    value: int | float
    unit: str
    year: int | None
    evidence: str
    table: bool
