"""What every index can do, by who uses it; one contract suite in tests/contract runs against each that says so."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from schemas.outcomes import State
from schemas.queries import ArticleLink, Query, SearchResult, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord, RecordKey, SectionRow


class IndexMaintenance(Protocol):
    """What sets an index up, watches over it and closes it."""

    def bootstrap(self) -> list[str]:
        """Create what is missing (indexes, templates, aliases, tables) and return a line for each thing created."""
        ...

    def verify(self) -> None:
        """Look whether what is kept is sound, where that is not for a server to know; takes its time.

        Raises:
            DependencyError: It is not.
        """
        ...

    def describe(self) -> str:
        """Return kind, version and address in one line, having reached it."""
        ...

    def lacks(self) -> tuple[str, ...]:
        """Return what this index does less well than others, Chinese sentences for ``doctor`` and the page."""
        ...

    def refresh(self) -> None:
        """Make everything replaced so far searchable now."""
        ...

    def close(self) -> None:
        """Let go of files, connections and threads."""
        ...


class IndexWriter(Protocol):
    """What puts documents in and takes records away."""

    @property
    def lexicon_version(self) -> str:
        """Return the version of the dictionary that names are cut by; empty where it has none of its own."""
        ...

    def replace(self, record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        """Make the index hold exactly this record and these sections for ``record.id``.

        Returns once both are durable; they are searchable at the latest a refresh later. Concurrent calls share
        commits. A record of state removed, held or failed comes with no sections.
        """
        ...

    def take_down(self, record: DocumentRecord) -> None:
        """Hold this record and no sections at once, also where another process writes; nothing of it is found then."""
        ...

    def forget(self, document_ids: Sequence[str]) -> None:
        """Delete the records of these documents, which have no sections; those unknown are passed over."""
        ...

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete records and rows of these documents so that no file of the index holds anything of them any more."""
        ...


class RecordStore(Protocol):
    """What is on record of every document, found or not."""

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the newest durable record of one document."""
        ...

    def records_of(self, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Return the newest durable records of these documents, by identifier; those without one are absent."""
        ...

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        """Return which of these documents have a durable record, whatever its state."""
        ...

    def record_keys(self, prefix: str = "") -> Iterator[RecordKey]:
        """Stream the keys of all records, ascending by UTF-8 bytes of the key, in constant memory."""
        ...

    def records(
        self, prefix: str = "", *, states: Sequence[State] = (), after: str = "", limit: int = 1000
    ) -> list[DocumentRecord]:
        """Return records below ``prefix`` in these states (all where empty), ascending by key, behind ``after``."""
        ...

    def recorded_since(self, moment: float) -> Iterator[DocumentRecord]:
        """Stream the records whose ``indexed_at`` is at least ``moment``, ascending by it, in constant memory."""
        ...

    def counts(self, prefix: str = "") -> dict[State, int]:
        """Count records by state below ``prefix``; states without any are absent."""
        ...

    def sections(self, document_id: str) -> list[SectionRow]:
        """Return the rows of one document, by article and ordinal."""
        ...


class SectionSearch(Protocol):
    """What a person who searches asks."""

    def search(self, query: Query) -> SearchResult:
        """Return one page of hits, grouped by article, best first. A query is never an error."""
        ...

    def suggest(self, typed: str, *, size: int = 8) -> list[Suggestion]:
        """Return titles, issuers, 文号 and headings that begin with what was typed, or whose pinyin initials do."""
        ...

    def similar(self, document_id: str, article: int, ordinal: int, *, size: int = 10) -> SearchResult:
        """Return articles with sections that speak of the same as this one, best first; its own article is none."""
        ...


class Catalogue(Protocol):
    """What documents state of each other and in numbers."""

    def list_citing(self, document_id: str, article: int, *, size: int = 100) -> list[ArticleLink]:
        """Return articles that cite this one by its 文号 or title, by key of their documents."""
        ...

    def list_cited(self, keys: Sequence[str], *, size: int = 100) -> list[ArticleLink]:
        """Return articles that bear one of these 文号 or titles, given as in ``ArticleSummary.cites``."""
        ...

    def statistics(self, query: StatisticsQuery) -> Iterator[StatisticRow]:
        """Stream the numbers documents state, by key of the document, in constant memory."""
        ...


class Index(IndexMaintenance, IndexWriter, RecordStore, SectionSearch, Catalogue, Protocol):
    """Documents and sections behind one door; whoever needs less asks for one of its parts.

    Every method may be called from any thread, and raises ``schemas.errors.DependencyError`` (server ``index``) when
    the index cannot be reached.
    """
