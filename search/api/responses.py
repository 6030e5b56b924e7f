"""The JSON responses of the API that are more than a record of the index."""

from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.cleaned import Damage, Normalized, Removal
from schemas.outcomes import State
from schemas.queries import ArticleLink, DocumentHit, Facet, SearchResult, StatisticRow
from schemas.records import DocumentRecord, SectionRow


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of hits.

    Attributes:
        documents: Total of matching articles.
        sections: Total of matching sections.
        page: 1-based number of this page.
        size: Articles a page.
        milliseconds: Time the index took.
        hits: Hits, best first; highlights are half-open character ranges.
        cursor: Cursor of the next page; null on the last.
        facets: The requested facets.
        instead: The query that was probably meant, if it differs from the typed one.
        notes: Messages about what could not be done as requested, in Chinese.
        apart: Lower bound of further sections that hold the characters of the words only side by side.
    """

    documents: int
    sections: int
    page: int
    size: int
    milliseconds: float
    hits: tuple[DocumentHit, ...]
    cursor: str | None = None
    facets: tuple[Facet, ...] = ()
    instead: str | None = None
    notes: tuple[str, ...] = ()
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the outline; fields are those of ``SectionRow``, ``depth`` the true nesting, 1 for the outermost."""

    article: int
    ordinal: int
    level: int
    depth: int
    number: str | None
    heading: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """One document: its record, outline and sections, and what normalisation removed or found damaged.

    Attributes:
        document: Outcome, metadata of each article, and problems.
        outline: Headings in document order.
        sections: Row 0 of an article is its preamble.
        removals: Removals; None if the artefact that lists them is no longer stored.
        damages: Damages; None as with ``removals``.
    """

    document: DocumentRecord
    outline: tuple[Heading, ...]
    sections: tuple[SectionRow, ...]
    removals: tuple[Removal, ...] | None
    damages: tuple[Damage, ...] | None


@dataclass(frozen=True, slots=True)
class Citations:
    """The documents an article cites, and the articles that cite it.

    Attributes:
        names: 文号 and titles it cites, in normalised form.
        cites: The cited articles that are in the collection.
        cited_by: Articles that cite it.
    """

    names: tuple[str, ...]
    cites: tuple[ArticleLink, ...]
    cited_by: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Statistics by key of their documents; ``more`` if there are further ones."""

    rows: tuple[StatisticRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """The number of events accepted."""

    accepted: int


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file stored in the inbox; its outcome will be that of document ``id``."""

    key: str
    id: str
    etag: str
    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload; ``/v1/uploads/{batch}`` returns its progress.

    ``trace`` is in every log line and span of the work, and in the operators' view of each document.
    """

    batch: str
    files: tuple[TakenFile, ...]
    refused: tuple[Refused, ...]
    trace: str


class FileState(StrEnum):
    """The state of an uploaded file; ``REPLACED`` means overwritten or deleted before it was read."""

    WAITING = "waiting"
    INDEXED = State.INDEXED.value
    PARTIAL = State.PARTIAL.value
    HELD = State.HELD.value
    FAILED = State.FAILED.value
    REMOVED = State.REMOVED.value
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of a batch; ``problem`` says why it failed or what is missing."""

    key: str
    id: str
    size: int
    state: FileState
    problem: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: ``done`` files are searchable; ``seconds_left`` is an estimate, null until the first file has ended."""

    batch: str
    received: int
    done: int
    failed: int
    held: int
    left: int
    seconds_left: float | None
    files: tuple[UploadedFile, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Health; ``lines`` describes each server, only for callers on this machine or with a key to operate."""

    healthy: bool
    lines: dict[str, str] | None = None


def search_answer(result: SearchResult, *, page: int, size: int) -> SearchAnswer:
    """Return the JSON response for one page of hits."""
    return SearchAnswer(
        result.documents,
        result.sections,
        page,
        size,
        result.milliseconds,
        result.hits,
        cursor=result.cursor,
        facets=result.facets,
        instead=result.instead,
        notes=result.notes,
        apart=result.apart,
    )


def document_answer(record: DocumentRecord, rows: list[SectionRow], *, details: Normalized | None) -> DocumentAnswer:
    """Return the JSON response for one document."""
    return DocumentAnswer(
        # The journey names workers, which readers must not see.
        document=replace(record, journey=None),
        outline=outline(rows),
        sections=tuple(rows),
        removals=None if details is None else details.removals,
        damages=None if details is None else details.damages,
    )


def outline(rows: list[SectionRow]) -> tuple[Heading, ...]:
    """Return the headings of the rows, without numbered paragraphs that have no heading."""
    return tuple(
        Heading(row.article, row.ordinal, row.level, len(row.path), row.number, _show_row(row), row.page)
        for row in rows
        if row.level > 0 and row.heading
    )


def _show_row(row: SectionRow) -> str | None:
    return row.heading_original or row.heading
