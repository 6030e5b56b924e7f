"""The protocols of an index, one for each kind of user; a contract suite in tests/contract runs against each index."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from schemas.office.facts import FactCount, FactField, FactFilter, FoundFact, NewestFact
from schemas.outcomes import State
from schemas.queries import ArticleLink, Query, SearchResult, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord, RecordKey, SectionRow


class IndexMaintenance(Protocol):
    """Setting up, checking and closing an index."""

    def bootstrap(self) -> list[str]:
        """Create what is missing (indexes, templates, aliases, tables) and return a line for each thing created."""
        ...

    def verify(self) -> None:
        """Check the stored data for damage, unless a server does so by itself; takes long.

        Raises:
            DependencyError: The data is damaged.
        """
        ...

    def describe(self) -> str:
        """Return kind, version and address in one line; this contacts the index."""
        ...

    def lacks(self) -> tuple[str, ...]:
        """Return the weaknesses of this index compared with others, in Chinese, for ``doctor`` and the page."""
        ...

    def refresh(self) -> None:
        """Make everything replaced so far searchable now."""
        ...

    def close(self) -> None:
        """Release files, connections and threads."""
        ...


class IndexWriter(Protocol):
    """Adding, replacing and deleting documents."""

    @property
    def lexicon_version(self) -> str:
        """Return the version of the lexicon that segments names; empty if the index has no own lexicon."""
        ...

    def replace(self, record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        """Replace the record and all sections of ``record.id``.

        Returns once both are durable; they are searchable after the next refresh at the latest. Concurrent calls share
        commits. A record of state removed, held or failed must come without sections.
        """
        ...

    def take_down(self, record: DocumentRecord) -> None:
        """Store this record without sections at once, even if another process writes; no search finds it afterwards."""
        ...

    def forget(self, document_ids: Sequence[str]) -> None:
        """Delete the records of these documents, which must have no sections; unknown ones are ignored."""
        ...

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete records and rows of these documents so that no file of the index contains their data any more."""
        ...


class RecordReader(Protocol):
    """Records by identifier, searchable or not."""

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return the newest durable record of one document."""
        ...

    def records_of(self, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Return the newest durable records of these documents, by identifier; those without one are absent."""
        ...

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        """Return which of these documents have a durable record, whatever its state."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...


class RecordStore(RecordReader, Protocol):
    """The records and rows of all documents, searchable or not."""

    def record_keys(self, prefix: str = "") -> Iterator[RecordKey]:
        """Stream the keys of all records, ascending by UTF-8 bytes of the key, in constant memory."""
        ...

    def records(
        self, prefix: str = "", *, states: Sequence[State] = (), after: str = "", limit: int = 1000
    ) -> list[DocumentRecord]:
        """Return records below ``prefix`` in these states (all if empty), ascending by key, after ``after``."""
        ...

    def recorded_since(self, moment: float) -> Iterator[DocumentRecord]:
        """Stream the records whose ``indexed_at`` is at least ``moment``, ascending by it, in constant memory."""
        ...

    def newest_records(self, *, state: State | None = None, limit: int) -> list[DocumentRecord]:
        """Return the records (in a state) of the last refresh with the greatest ``indexed_at``, descending by it."""
        ...

    def counts(self, prefix: str = "") -> dict[State, int]:
        """Count records by state below ``prefix``; states without records are absent."""
        ...

    def sections(self, document_id: str) -> list[SectionRow]:
        """Return the rows of one document, by article and ordinal."""
        ...


class SectionSearch(Protocol):
    """Searching and suggesting."""

    def search(self, query: Query) -> SearchResult:
        """Return one page of hits, grouped by article, best first. A query is never an error."""
        ...

    def suggest(self, typed: str, *, size: int = 8) -> list[Suggestion]:
        """Return titles, issuers, 文号 and headings that begin with ``typed``, or whose pinyin initials do."""
        ...

    def similar(self, document_id: str, article: int, ordinal: int, *, size: int = 10) -> SearchResult:
        """Return other articles with sections similar to this one, best first."""
        ...


class Catalogue(Protocol):
    """Citations between documents, and the statistics they state."""

    def list_citing(self, document_id: str, article: int, *, size: int = 100) -> list[ArticleLink]:
        """Return articles that cite this one by its 文号 or title, by key of their documents."""
        ...

    def list_cited(self, keys: Sequence[str], *, size: int = 100) -> list[ArticleLink]:
        """Return articles that have one of these 文号 or titles, in the form of ``ArticleSummary.cites``."""
        ...

    def statistics(self, query: StatisticsQuery) -> Iterator[StatisticRow]:
        """Stream the statistics documents state, by key of the document, in constant memory."""
        ...


class FactStore(Protocol):
    """What the office counts, kept with each document when it is indexed: counting reads no record."""

    def count_facts(self, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
        """Stream the counts of the facts in ``where`` by the values of these fields, ascending by the values."""
        ...

    def newest_facts(self, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
        """Stream the newest shown fact in ``where`` of each unit and classes, dated no later than ``until``."""
        ...

    def list_facts(self, where: FactFilter) -> Iterator[FoundFact]:
        """Stream the facts in ``where``, ascending by key and article, in constant memory."""
        ...

    def records_with(self, where: FactFilter) -> Iterator[DocumentRecord]:
        """Stream the records that have a fact in ``where``, ascending by key, in constant memory."""
        ...


class Index(IndexMaintenance, IndexWriter, RecordStore, SectionSearch, Catalogue, FactStore, Protocol):
    """A complete index of documents and sections; code that needs less should take one of the narrower protocols.

    Every method may be called from any thread, and raises ``schemas.errors.DependencyError`` (server ``index``) when
    the index cannot be reached.
    """
