"""The results of the tools: as in the JSON API, without data that only a page needs (marks, scores, signatures)."""

from dataclasses import dataclass

from schemas.queries import DocumentHit, SearchResult
from schemas.records import ArticleSummary, DocumentRecord, SectionRow
from search.api.responses import Heading, outline
from search.http.urls import article_page

MAX_HEADINGS = 300
MAX_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A matching section: its place, and the snippet with most matches."""

    ordinal: int
    path: tuple[str, ...]
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with the best of its matching sections; fields are those of ``DocumentHit``.

    Attributes:
        link: URL of its page, if the public address of this service is known.
    """

    document_id: str
    article: int
    title: str
    issuer: str | None
    document_number: str | None
    signed_on: str | None
    published_on: str | None
    key: str
    others: int
    link: str | None
    sections: tuple[FoundSection, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first; fields are those of ``SearchResult``."""

    documents: int
    sections: int
    hits: tuple[FoundArticle, ...]
    cursor: str | None
    instead: str | None
    notes: tuple[str, ...]
    apart: int


@dataclass(frozen=True, slots=True)
class Article:
    """The metadata of one article of a document; fields are those of ``ArticleSummary``."""

    article: int
    title: str | None
    issuer: str | None
    document_number: str | None
    signed_on: str | None
    published_on: str | None
    source: str | None
    kind: str | None
    region: str | None
    index_number: str | None
    sections: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Described:
    """A document: its articles, its outline, and the problems met in reading it.

    Attributes:
        headings: Total number of headings.
        next_skip: Value of ``skip`` for the next headings; None at the end.
    """

    document_id: str
    key: str
    format: str | None
    state: str
    problems: tuple[str, ...]
    articles: tuple[Article, ...]
    outline: tuple[Heading, ...]
    headings: int
    next_skip: int | None


@dataclass(frozen=True, slots=True)
class SectionText:
    """The text of a section in its original script.

    Attributes:
        path: Labels from the outermost section down to this one.
        page: Page of the original on which it starts.
        characters: Length of the whole text.
        next_skip: Value of ``skip`` to read on; None at the end.
    """

    document_id: str
    article: int
    ordinal: int
    title: str | None
    path: tuple[str, ...]
    page: int | None
    text: str
    characters: int
    next_skip: int | None
    link: str | None


def list_hits(result: SearchResult, *, site: str) -> Found:
    """Return one page of hits."""
    hits = tuple(_found_article(hit, site) for hit in result.hits)
    return Found(result.documents, result.sections, hits, result.cursor, result.instead, result.notes, result.apart)


def describe_document(record: DocumentRecord, rows: list[SectionRow], *, skip: int, site: str) -> Described:
    """Return a document with at most ``MAX_HEADINGS`` headings, after the first ``skip``."""
    headings = outline(rows)
    end = skip + MAX_HEADINGS
    return Described(
        record.id,
        record.key,
        record.format,
        str(record.state),
        tuple(problem.message for problem in record.problems),
        tuple(_article(record, summary, site) for summary in record.articles),
        headings[skip:end],
        len(headings),
        end if end < len(headings) else None,
    )


def section_text(rows: list[SectionRow], *, skip: int, site: str) -> SectionText:
    """Return at most ``MAX_CHARACTERS`` of the rows' text, after the first ``skip``, named by the first row."""
    first = rows[0]
    whole = "\n".join(part for row in rows for part in (_label(row), row.text_original or row.text) if part)
    end = skip + MAX_CHARACTERS
    return SectionText(
        first.document_id,
        first.article,
        first.ordinal,
        first.title_original or first.title,
        first.path_original or first.path,
        first.page,
        whole[skip:end],
        len(whole),
        end if end < len(whole) else None,
        _link(site, first.document_id, first.article),
    )


def _label(row: SectionRow) -> str:
    return f"{row.number or ''}{row.heading_original or row.heading or ''}"


def _found_article(hit: DocumentHit, site: str) -> FoundArticle:
    sections = tuple(
        FoundSection(section.ordinal, section.path_original or section.path, section.text.text, section.page)
        for section in hit.sections
    )
    return FoundArticle(
        hit.document_id,
        hit.article,
        hit.title.text,
        hit.issuer,
        hit.document_number,
        hit.signed_on,
        hit.published_on,
        hit.key,
        hit.others,
        _link(site, hit.document_id, hit.article),
        sections,
    )


def _article(record: DocumentRecord, summary: ArticleSummary, site: str) -> Article:
    return Article(
        summary.ordinal,
        summary.title,
        summary.issuer,
        summary.document_number,
        summary.signed_on,
        summary.published_on,
        summary.source,
        summary.kind,
        summary.region,
        summary.index_number,
        summary.sections,
        _link(site, record.id, summary.ordinal),
    )


def _link(site: str, document_id: str, article: int) -> str | None:
    return article_page(site, document_id, article=article) if site else None
