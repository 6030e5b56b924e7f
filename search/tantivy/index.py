"""The embedded index: a SQLite document store for records and rows, and a tantivy index that searches them.

One process at a time may write; any number may read.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import tantivy

from schemas.errors import DependencyError
from schemas.office.facts import FactCount, FactField, FactFilter, FoundFact, NewestFact
from schemas.outcomes import State
from schemas.queries import ArticleLink, Query, SearchResult, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord, RecordKey, SectionRow
from search.group_commit import Failures, GroupCommit
from search.query.request import Vocabulary
from search.results.did_you_mean import search_with_correction
from search.results.row_keys import check
from search.tantivy.catalogue import list_cited, list_citing, statistics, suggest
from search.tantivy.document_store import DocumentStore, Replacement, no_index_message
from search.tantivy.facts import count_facts, list_facts, newest_facts, records_with
from search.tantivy.folder import WriterBusyError, index_exists, open_with
from search.tantivy.schema import VERSION, document, register, schema
from search.tantivy.search import Shelf, search, similar
from search.tantivy.top_articles import EXACT

HEAP_BYTES = 64_000_000
RECOVERED_BATCH_SIZE = 100
LACKS = (
    "命中超过两万节时，文件总数和分面数字为估计值。",
    "翻到很深的页时，每一页都要从头读起，越深越慢。",
    "同一时间只能有一个进程写入。",
)


class TantivyIndex:
    """The index in ``folder``; see ``search.protocol.Index`` for what each method does."""

    def __init__(
        self,
        folder: Path,
        *,
        refresh_seconds: float = 0.5,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._folder = folder
        self._ledger = DocumentStore(folder / "ledger.sqlite3")
        self._refresh_seconds = refresh_seconds
        self._vocabulary = vocabulary or Vocabulary()
        self._refreshed = 0.0
        self._lock = threading.RLock()
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._group: GroupCommit[Replacement] = GroupCommit(self._commit)

    @property
    def _words(self) -> Path:
        return self._folder / f"words-{VERSION}"

    @property
    def lexicon_version(self) -> str:
        """Return the version of the index's lexicon."""
        return self._vocabulary.segmenter.version

    def bootstrap(self) -> list[str]:
        """Create folder, tables and fields, and index the documents that a crash or an older version left pending."""
        created = [f"ledger {self._ledger.path}"] if self._ledger.create() else []
        self._ledger.path.chmod(0o600)
        if not index_exists(self._words):
            self._words.mkdir(parents=True, exist_ok=True)
            open_with(lambda: tantivy.Index(schema(), path=str(self._words)))
            self._ledger.mark_all_pending()
            created.append(f"tantivy index {self._words}")
        pending = self._ledger.list_pending()
        if pending:
            with self._lock, suppress(WriterBusyError):
                self._open_writer()
                created.append(f"{len(pending)} documents indexed again in {self._words}")
        return created

    def describe(self) -> str:
        """Return kind, version, size, address and weaknesses."""
        self.refresh()  # another process may have written
        lacks = f"one writer, counts above {EXACT} matching sections are estimates"
        return f"tantivy {version('tantivy')}, {self._searcher().num_docs} sections, {self._folder}; {lacks}"

    def verify(self) -> None:
        """Check the whole document store for damage."""
        self._ledger.verify()

    def replace(self, record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        """Replace the document's record and all of its rows."""
        check(record, sections)
        self._group.submit((record, sections), weight=1 + len(sections))

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return one record."""
        return self._ledger.record(document_id)

    def records_of(self, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Return many records."""
        found = ((one, self._ledger.record(one)) for one in document_ids)
        return {one: record for one, record in found if record is not None}

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        """Look many records up."""
        return self._ledger.find_recorded(document_ids)

    def record_keys(self, prefix: str = "") -> Iterator[RecordKey]:
        """Stream all keys below ``prefix``."""
        return self._ledger.keys(prefix)

    def records(
        self, prefix: str = "", *, states: Sequence[State] = (), after: str = "", limit: int = 1000
    ) -> list[DocumentRecord]:
        """Return records below ``prefix``."""
        return self._ledger.records(prefix, states, limit, after=after)

    def recorded_since(self, moment: float) -> Iterator[DocumentRecord]:
        """Stream the records indexed since ``moment``, oldest first."""
        return self._ledger.since(moment)

    def newest_records(self, *, state: State | None = None, limit: int) -> list[DocumentRecord]:
        """Return the records indexed last."""
        return self._ledger.newest(state, limit)

    def counts(self, prefix: str = "") -> dict[State, int]:
        """Count records by state."""
        return self._ledger.counts(prefix)

    def sections(self, document_id: str) -> list[SectionRow]:
        """Return the rows of one document."""
        return self._ledger.sections(document_id)

    def search(self, query: Query) -> SearchResult:
        """Return one page of hits."""
        return search_with_correction(query, lambda asked: search(self._shelf(), asked, self._vocabulary), self.suggest)

    def suggest(self, typed: str, *, size: int = 8) -> list[Suggestion]:
        """Return the suggestions that begin with ``typed``."""
        shelf = self._shelf()
        return suggest(shelf.searcher, shelf.schema, typed, size=size)

    def similar(self, document_id: str, article: int, ordinal: int, *, size: int = 10) -> SearchResult:
        """Return articles with sections similar to this one."""
        row = self._ledger.section(document_id, article, ordinal)
        return similar(self._shelf(), row, size=size) if row else SearchResult(0, 0, (), 0.0)

    def list_citing(self, document_id: str, article: int, *, size: int = 100) -> list[ArticleLink]:
        """Return articles that cite this one."""
        return list_citing(self._ledger, document_id, article, size=size)

    def list_cited(self, keys: Sequence[str], *, size: int = 100) -> list[ArticleLink]:
        """Return articles that bear one of these names."""
        return list_cited(self._ledger, keys, size=size)

    def statistics(self, query: StatisticsQuery) -> Iterator[StatisticRow]:
        """Stream the statistics that documents state."""
        return statistics(self._ledger, query)

    def count_facts(self, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
        """Stream counts of facts."""
        return count_facts(self._ledger.read, by, where)

    def newest_facts(self, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
        """Stream the newest facts by unit and classes."""
        return newest_facts(self._ledger.read, where, until=until)

    def list_facts(self, where: FactFilter) -> Iterator[FoundFact]:
        """Stream the facts in ``where``."""
        return list_facts(self._ledger.read, where)

    def records_with(self, where: FactFilter) -> Iterator[DocumentRecord]:
        """Stream the records that have a fact in ``where``."""
        return records_with(self._ledger.read, where)

    def lacks(self) -> tuple[str, ...]:
        """Return the weaknesses of this index, in Chinese."""
        return LACKS

    def take_down(self, record: DocumentRecord) -> None:
        """Replace the record; if another process writes, only in the document store, where that process finds it."""
        try:
            self.replace(record, [])
        except WriterBusyError:
            self._ledger.write([(record, [])])

    def forget(self, document_ids: Sequence[str]) -> None:
        """Delete records."""
        with self._lock:
            self._open_writer()
            self._ledger.forget(document_ids)

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete records, compact the store, and rebuild the index: only this removes their words from all files."""
        with self._lock:
            self._open_writer()
            self._ledger.forget(document_ids)
            self._ledger.compact()
            self.rebuild()
            self._open_writer().garbage_collect_files()
            self.refresh()

    def rebuild(self) -> int:
        """Rebuild the index from the document store, and return the number of documents; searches go on meanwhile."""
        with self._lock:
            self._open_writer().wait_merging_threads()
            self._writer = None
            self._ledger.mark_all_pending()
            count = len(self._ledger.list_pending())
            self._open_writer()
        return count

    def refresh(self) -> None:
        """Make everything committed so far searchable now."""
        self._refreshed = time.monotonic()
        self._open().reload()

    def close(self) -> None:
        """Release the writer and all files."""
        with self._lock:
            if self._writer is not None:
                self._writer.wait_merging_threads()
            self._writer = self._index = None
        self._ledger.close()

    def _commit(self, batch: Sequence[Replacement]) -> Failures:
        newest = {record.id: (record, sections) for record, sections in batch}
        with self._lock:
            # Must come before the store is written: a process that may not write must leave no trace.
            self._open_writer()
            self._ledger.write(newest.values())
            self._index_documents({document_id: sections for document_id, (_, sections) in newest.items()})
        return {}

    def _index_documents(self, documents: Mapping[str, Sequence[SectionRow]]) -> None:
        """Replace all rows of these documents in tantivy."""
        writer = self._open_writer()
        try:
            for document_id, sections in documents.items():
                writer.delete_documents_by_term("document_id", document_id)
                for row in sections:
                    writer.add_document(document(row, self._vocabulary.segmenter))
            writer.commit()
        except (ValueError, OSError) as error:
            # A failed writer stays broken; the next one starts from the store's pending documents. It holds its lock on
            # the folder while anything refers to it, and the error's traceback refers to this frame.
            del writer
            self._writer = None
            raise DependencyError("index", f"{self._words}: {error}; make room, it then goes on by itself") from error
        self._ledger.settle(documents)

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            index = self._open()
            self._writer = open_with(lambda: index.writer(HEAP_BYTES, 1))
            self._index_pending()
        return self._writer

    def _index_pending(self) -> None:
        pending = self._ledger.list_pending()
        for start in range(0, len(pending), RECOVERED_BATCH_SIZE):
            chunk = pending[start : start + RECOVERED_BATCH_SIZE]
            self._index_documents({each: self._ledger.sections(each) for each in chunk})

    def _catch_up(self) -> None:
        """Index what another process took down; if this process is writing now, the next call does it."""
        if self._writer is None or not self._lock.acquire(blocking=False):
            return
        try:
            if self._writer is not None:
                self._index_pending()
        finally:
            self._lock.release()

    def _open(self) -> tantivy.Index:
        with self._lock:
            if self._index is None:
                if not self._folder.exists():
                    raise DependencyError("index", no_index_message(self._folder))
                self._index = open_with(lambda: tantivy.Index.open(str(self._words)))
                register(self._index)
                self._index.config_reader("manual")
            return self._index

    def _shelf(self) -> Shelf:
        """Return a snapshot of the index, at most one refresh old."""
        if time.monotonic() - self._refreshed > self._refresh_seconds:
            self._catch_up()
            self.refresh()
        return Shelf(self._searcher(), self._open().schema, self._ledger)

    def _searcher(self) -> tantivy.Searcher:
        return self._open().searcher()
