"""The contents of the index: one record per object, one row per section; queries are in ``schemas.queries``."""

import hashlib
from dataclasses import dataclass, field

from schemas.articles import Statistic
from schemas.journeys import Journey
from schemas.outcomes import Category, Problem, State


def document_id(key: str) -> str:
    """Return the identifier of the object at ``key``: 32 hexadecimal digits, stable over rewrites of the object."""
    return hashlib.sha256(key_order(key)).hexdigest()[:32]


def key_order(key: str) -> bytes:
    """Return the sort key of listings: the UTF-8 bytes of a key."""
    return key.encode("utf-8", "surrogatepass")


def key_of_order(order: bytes) -> str:
    """Return the key a sort key was made of."""
    return order.decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One article of a document, for result lists and the document page.

    ``ordinal`` is 0-based within the document; ``sections`` counts its rows in the index. Other fields not named here
    are those of ``Article``.

    Attributes:
        kind: ``Article.genre``.
        signature: MinHash of the text as hexadecimal digits, as ``search.results.near_duplicates`` makes and compares
        it; None
            where the text is too short for one.
        cites: Cited documents by ``search.query.parser.number_key`` and ``search.query.parser.title_key``, each once.
    """

    ordinal: int
    title: str | None
    title_derived: bool = False
    issuer: str | None = None
    document_number: str | None = None
    signed_on: str | None = None
    published_on: str | None = None
    source: str | None = None
    sections: int = 0
    kind: str | None = None
    region: str | None = None
    index_number: str | None = None
    signature: str | None = None
    cites: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = ()


# Version of the index stage in the record of a document that a person had queued again; no stage has it.
DUE_AGAIN = 0


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The final outcome of one object of the inbox.

    Attributes:
        id: ``document_id(key)``.
        key: Object key; ``container.zip!/path`` for a child of a container.
        etag: ETag of this version, for a child the SHA-256 of its bytes; empty for a removed object.
        state: Its state.
        size: Size in bytes.
        content: Identifier of the content, under which its artefacts are stored (``workers.pipeline.artefacts``).
        format: Format of the content; None if unknown.
        named_format: Format by the file's name, if it differs.
        category: Why it failed.
        problems: All problems met, the deciding one first.
        articles: Summaries, in document order.
        sections: Number of its section rows in the index.
        flags: As in ``Normalized``.
        stages: Version of each stage that produced this outcome.
        modified_at: When the object was written, seconds since 1970.
        indexed_at: When this outcome was recorded, seconds since 1970.
        first_at: When this version of the object was first recorded as indexed or partial; processing it anew keeps it.
        seconds: Work time spent on it, without waiting.
        cpu: CPU seconds spent on it by stage, sandbox children included.
        container: True for archives and mail.
        parent: Key of the container it came from.
        children_expected: Number of children that the container states.
        children_emitted: Number of children that became documents.
        children_mark: ``schemas.families.family_mark`` of these; empty if it is no container.
        journey: Its journey, for operators; None in older records, and in responses to readers.
    """

    id: str
    key: str
    etag: str
    state: State
    size: int = 0
    content: str = ""
    format: str | None = None
    named_format: str | None = None
    category: Category | None = None
    problems: tuple[Problem, ...] = ()
    articles: tuple[ArticleSummary, ...] = ()
    sections: int = 0
    flags: tuple[str, ...] = ()
    stages: dict[str, int] = field(default_factory=dict)
    modified_at: float = 0.0
    indexed_at: float = 0.0
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    container: bool = False
    parent: str | None = None
    children_expected: int = 0
    children_emitted: int = 0
    children_mark: str = ""
    first_at: float = 0.0
    journey: Journey | None = None

    @property
    def is_due_again(self) -> bool:
        """Whether a person had it queued again and no new outcome was recorded since."""
        return self.stages.get("index") == DUE_AGAIN


@dataclass(frozen=True, slots=True)
class RecordKey:
    """The part of a record that the sweep compares; small, so that a million of them stream in little memory."""

    key: str
    etag: str
    state: State
    stages: dict[str, int]
    parent: str | None = None
    children_mark: str = ""
    children_expected: int = 0
    children_emitted: int = 0


def record_key(record: DocumentRecord) -> RecordKey:
    """Return the part of a record that the sweep compares."""
    return RecordKey(
        record.key,
        record.etag,
        record.state,
        record.stages,
        record.parent,
        record.children_mark,
        record.children_expected,
        record.children_emitted,
    )


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One searchable row. Row 0 of an article holds its preamble (``level`` 0), so every article has at least one.

    Attributes:
        id: ``{document_id}-{article}-{ordinal}``.
        document_id: Identifier of the document.
        key: Key of the object.
        article: 0-based ordinal of the article in the document.
        ordinal: 0-based ordinal of the row in the article.
        level: As in ``Section``; 0 for the preamble row.
        number: As in ``Section``.
        heading: As in ``Section``.
        path: As in ``Section``; empty for the preamble row.
        text: Simplified text of the section's own paragraphs.
        title, issuer, document_number, signed_on, published_on: Of the article, repeated for filters and display.
        year: Year of ``signed_on``, else of ``published_on``; None if neither is known.
        format: Format of the document.
        title_original, heading_original, text_original: In the original script, same length; None if equal.
        page: 1-based page the section starts on.
        region, kind, source: Of the article; ``kind`` is its genre.
        role: As in ``Section``.
        path_original: ``path`` in the original script; None if equal.
        fingerprint: Equal for all rows of articles whose text differs only in white space, width, case and script;
            None if the article is too short for one.
        lexicon: Version of the lexicon that segmented its title and heading; None if it is not recorded.
    """

    id: str
    document_id: str
    key: str
    article: int
    ordinal: int
    level: int
    number: str | None
    heading: str | None
    path: tuple[str, ...]
    text: str
    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    signed_on: str | None = None
    published_on: str | None = None
    year: int | None = None
    format: str | None = None
    title_original: str | None = None
    heading_original: str | None = None
    text_original: str | None = None
    page: int | None = None
    region: str | None = None
    kind: str | None = None
    source: str | None = None
    role: str | None = None
    path_original: tuple[str, ...] | None = None
    fingerprint: str | None = None
    lexicon: str | None = None
