"""What a search asks and what it answers; what the index holds is in ``schemas.records``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# Names of the facets there are; each is also a field of ``Query`` (the year as ``year_from`` and ``year_to`` too).
# Hits up to this one are reached by their number, all by the cursor of the page before.
MAX_OFFSET = 10_000
FACETS = ("issuer", "region", "year", "kind", "role", "format", "source")


class Sort(StrEnum):
    """The order of hits; ``newest`` and ``oldest`` go by 成文日期, else 发布日期, documents without a date last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Query:
    """One search.

    Attributes:
        text: What was typed; stretches in quotation marks (``"…"`` or “…”) are exact phrases. Empty matches everything.
        issuer: Exact issuer.
        year: Year of the document.
        prefix: Key prefix.
        size: How many documents (articles) a page holds, 1 to 100.
        offset: How many documents to pass over.
        sections_each: How many sections at most are shown under each document.
        region: Exact region.
        kind: Exact genre of the document (文种).
        role: What the section treats, a key of ``schemas.glossary.ROLES``; only such sections are hits.
        format: Exact format.
        source: Exact 来源.
        year_from: First year, inclusive.
        year_to: Last year, inclusive.
        sort: Order of the hits; an empty query by relevance is listed newest first.
        cursor: ``SearchResult.cursor`` of the page before, for the same query; wins over ``offset``.
        facets: Which of ``FACETS`` to count; others are passed over.
        explain: Say of each hit why it was found.
        fold: Show one of documents that are nearly the same.
        documents: Only these, by identifier, at most a few hundred; all where empty.
        literal: Find words by their characters alone, also where these only stand side by side.
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
    """A stretch of text with the matches marked; markup is left to whoever shows it.

    Attributes:
        text: In the script the document was written in.
        marks: Half-open character ranges of ``text``, ascending and disjoint.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section that matched: where it stands (``ordinal``, ``number``, ``path``) and its marked text.

    Attributes:
        path_original: ``path`` in the original script; None where equal.
        reasons: Why it was found, Chinese sentences; only where ``Query.explain``.
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


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """An article with the best of its matching sections; fields are those of ``SectionRow``.

    Attributes:
        others: How many documents nearly the same were folded into this hit.
        reasons: Why it was found, Chinese sentences; only where ``Query.explain``.
        repealed: From when on and by which document it is not in force any more, in words; None where it is, or
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
    repealed: str | None = None
    repealed_by: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value and how many matching articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one of ``FACETS`` among the hits, most frequent first, years newest first.

    A filter by the facet itself is left aside in counting, so that another value can be chosen.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits.

    Attributes:
        documents: How many articles match in all.
        sections: How many sections match in all.
        hits: Best first; fewer than asked for where documents nearly the same were folded.
        milliseconds: Time the index took.
        facets: In the order asked for.
        cursor: Of the next page; None where there is none.
        instead: 您是不是要找: what was probably meant, where it differs from what was typed.
        notes: What could not be done as asked, Chinese sentences.
        apart: How many more sections hold the characters of the words only side by side, at least;
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
    """A way to go on typing, and how many documents (articles) stand behind it."""

    text: str
    kind: Literal["title", "issuer", "number", "heading"]
    documents: int


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article that is cited or cites; fields are those of ``ArticleSummary`` and of its document."""

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
    """Which statistics are wanted; every condition that is set must hold.

    Attributes:
        subject: A part of what is counted: 主动公开 finds 主动公开政府信息.
        measure: A part of the aspect, or of the column of a table.
        issuer: Exact issuer of the document.
        year: The year the number is about, where the text says so, else the year of the document.
        prefix: Key prefix.
    """

    subject: str | None = None
    measure: str | None = None
    issuer: str | None = None
    year: int | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One number a document states; ``subject`` to ``table`` are those of ``schemas.articles.Statistic``."""

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
