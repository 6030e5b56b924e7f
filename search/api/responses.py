"""The JSON this interface answers with, where it is more than a record of the index."""

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
        documents: How many articles match in all.
        sections: How many sections match in all.
        page: 1-based number of this page.
        size: Articles a page.
        milliseconds: Time the index took.
        hits: Best first; text ranges to mark are given as half-open character ranges.
        cursor: Of the next page; null on the last.
        facets: Those asked for.
        instead: What was probably meant, where it differs from what was typed.
        notes: What could not be done as asked, in Chinese.
        apart: How many more sections, at least, hold the characters of the words side by side alone.
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
    """One document: its record, outline and sections, and what normalisation took away or found damaged.

    Attributes:
        document: Outcome, metadata of each article, and problems.
        outline: Headings in document order.
        sections: Row 0 of an article is its preamble.
        removals: None where the artefact that lists them is not kept any more.
        damages: None as with ``removals``.
    """

    document: DocumentRecord
    outline: tuple[Heading, ...]
    sections: tuple[SectionRow, ...]
    removals: tuple[Removal, ...] | None
    damages: tuple[Damage, ...] | None


@dataclass(frozen=True, slots=True)
class Citations:
    """What an article cites and what cites it.

    Attributes:
        names: 文号 and titles it cites, in the form they are compared in.
        cites: Those of them that are in the collection.
        cited_by: Articles that cite it.
    """

    names: tuple[str, ...]
    cites: tuple[ArticleLink, ...]
    cited_by: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers by key of their documents; ``more`` where there are others beyond these."""

    rows: tuple[StatisticRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many events were taken over."""

    accepted: int


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that is in the inbox now; its outcome will be that of document ``id``."""

    key: str
    id: str
    etag: str
    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload: ask for ``/v1/uploads/{batch}`` to see what becomes of it.

    ``trace`` is in every log line and span of the work, and in what operators see of each document.
    """

    batch: str
    files: tuple[TakenFile, ...]
    refused: tuple[Refused, ...]
    trace: str


class FileState(StrEnum):
    """What became of an uploaded file; ``REPLACED`` by another version, or taken away, before it was read."""

    WAITING = "waiting"
    INDEXED = State.INDEXED.value
    PARTIAL = State.PARTIAL.value
    HELD = State.HELD.value
    FAILED = State.FAILED.value
    REMOVED = State.REMOVED.value
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of a batch; ``problem`` says why it failed or what of it is missing."""

    key: str
    id: str
    size: int
    state: FileState
    problem: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: ``done`` may be searched; ``seconds_left`` is an estimate, null while nothing has ended yet."""

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
    """``lines`` says of each server whether it was reached, and how: for this machine, or with a key to operate."""

    healthy: bool
    lines: dict[str, str] | None = None


def search_answer(result: SearchResult, *, page: int, size: int) -> SearchAnswer:
    """Return one page of hits as it goes out."""
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
    """Return one document as it goes out."""
    return DocumentAnswer(
        # By whom it was worked on is no reader's business.
        document=replace(record, journey=None),
        outline=outline(rows),
        sections=tuple(rows),
        removals=None if details is None else details.removals,
        damages=None if details is None else details.damages,
    )


def outline(rows: list[SectionRow]) -> tuple[Heading, ...]:
    """Return the headings among the rows, numbered paragraphs without a heading left out."""
    return tuple(
        Heading(row.article, row.ordinal, row.level, len(row.path), row.number, _show_row(row), row.page)
        for row in rows
        if row.level > 0 and row.heading
    )


def _show_row(row: SectionRow) -> str | None:
    return row.heading_original or row.heading
