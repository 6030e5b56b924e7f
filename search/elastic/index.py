"""The server index: documents and sections on Elasticsearch with the IK analyzers, each behind an alias."""

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch

from schemas.office.facts import FactCount, FactField, FactFilter, FoundFact, NewestFact, holds
from schemas.outcomes import State
from schemas.queries import ArticleLink, Query, SearchResult, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord, RecordKey, SectionRow
from search.elastic.bootstrap import bootstrap, other_layout
from search.elastic.catalogue import (
    count_facts,
    fact_clause,
    list_cited,
    list_citing,
    newest_facts,
    statistics,
    suggest,
)
from search.elastic.client import DOCUMENTS, ElasticRecordReader, Observe, ServerOptions, connect, observe_nothing
from search.elastic.ingest.refresh import SERVER_FACTOR, Refresher
from search.elastic.ingest.row_manifest import read_manifest, row_ids
from search.elastic.ingest.writer import ElasticWriter, Replacement
from search.elastic.mapping import SECTIONS
from search.elastic.record_scan import (
    count_by_state,
    list_newest,
    list_records,
    stream_facts,
    stream_keys,
    stream_records,
    stream_since,
)
from search.elastic.search import search, similar
from search.elastic.serialize import read_row
from search.group_commit import GroupCommit
from search.query.request import Vocabulary
from search.results.did_you_mean import search_with_correction
from search.results.row_keys import check

ROWS_BATCH_SIZE = 1000
# Elasticsearch works on one bulk request with one thread, and each request costs as much as two documents: one
# infrequent request for two cores keeps up with them and still holds many documents.
LANES = max(1, (os.cpu_count() or 1) // 2)
COMMIT_SECONDS = 1.0


class ElasticIndex(ElasticRecordReader):
    """The indexes ``{prefix}-documents`` and ``{prefix}-sections`` at ``url``; see ``search.protocol.Index``."""

    def __init__(
        self,
        url: str,
        *,
        prefix: str,
        refresh_seconds: float,
        options: ServerOptions | None = None,
        observe: Observe = observe_nothing,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        options = options or ServerOptions()
        super().__init__(connect(url, options, observe=observe), f"{prefix}-{DOCUMENTS}")
        self._prefix, self._options = prefix, options
        self._refresh_seconds = refresh_seconds
        self._vocabulary = vocabulary or Vocabulary()
        self._documents, self._sections = self._alias, f"{prefix}-{SECTIONS}"
        writer = ElasticWriter(
            self._client, documents=self._documents, sections=self._sections, segmenter=self._vocabulary.segmenter
        )
        self._lanes = [GroupCommit[Replacement](writer.commit, every_seconds=COMMIT_SECONDS) for _ in range(LANES)]
        self._refresher = Refresher(self.refresh, seconds=refresh_seconds)

    @property
    def lexicon_version(self) -> str:
        """Return the version of the index's dictionary."""
        return self._vocabulary.segmenter.version

    def bootstrap(self) -> list[str]:
        """Create templates, indexes and aliases."""
        seconds = SERVER_FACTOR * self._refresh_seconds
        return bootstrap(self._client, self._prefix, refresh_seconds=seconds, options=self._options)

    def other_layout(self) -> str | None:
        """Return how its shards differ from the settings, and the command that changes them; None if equal."""
        return other_layout(self._client, self._sections, self._options)

    def verify(self) -> None:
        """Do nothing: Elasticsearch checks its files by itself."""

    def describe(self) -> str:
        """Return kind, version and address."""
        answer = self._client.call(lambda server: server.info())
        return f"Elasticsearch {answer['version']['number']}, {self._client.url}, {self._prefix}-*"

    def replace(self, record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        """Replace the document's record and all of its rows."""
        check(record, sections)
        # A document always takes the same lane, so that its replacements stay in order.
        lane = self._lanes[zlib.crc32(record.id.encode()) % LANES]
        lane.submit((record, sections), weight=1 + len(sections))
        self._refresher.want()

    def record_keys(self, prefix: str = "") -> Iterator[RecordKey]:
        """Stream all keys below ``prefix``."""
        self._client.call(lambda server: server.indices.refresh(index=self._documents))
        return stream_keys(self._client, self._documents, prefix)

    def records(
        self, prefix: str = "", *, states: Sequence[State] = (), after: str = "", limit: int = 1000
    ) -> list[DocumentRecord]:
        """Return records below ``prefix``."""
        return list_records(self._client, self._documents, prefix, states=states, after=after, limit=limit)

    def recorded_since(self, moment: float) -> Iterator[DocumentRecord]:
        """Stream the records indexed since ``moment``, oldest first."""
        self._client.call(lambda server: server.indices.refresh(index=self._documents))
        return stream_since(self._client, self._documents, moment)

    def newest_records(self, *, state: State | None = None, limit: int) -> list[DocumentRecord]:
        """Return the records indexed last."""
        return list_newest(self._client, self._documents, state, limit=limit)

    def counts(self, prefix: str = "") -> dict[State, int]:
        """Count records by state."""
        return count_by_state(self._client, self._documents, prefix)

    def sections(self, document_id: str) -> list[SectionRow]:
        """Return the rows of one document, in real time."""
        claim = self._get_claim(document_id)
        rows: list[SectionRow] = []
        for start in range(0, len(claim), ROWS_BATCH_SIZE):
            asked = [{"_id": row_id, "routing": document_id} for row_id in claim[start : start + ROWS_BATCH_SIZE]]
            rows.extend(self._get_rows(asked))
        return sorted(rows, key=lambda row: (row.article, row.ordinal))

    def search(self, query: Query) -> SearchResult:
        """Return one page of hits."""
        return search_with_correction(query, self._search, self.suggest)

    def suggest(self, typed: str, *, size: int = 8) -> list[Suggestion]:
        """Return the suggestions that begin with ``typed``."""
        return suggest(self._client, self._documents, typed, size=size)

    def similar(self, document_id: str, article: int, ordinal: int, *, size: int = 10) -> SearchResult:
        """Return articles with sections similar to this one."""
        names = {"documents": self._documents, "sections": self._sections}
        asked = [{"_id": f"{document_id}-{article}-{ordinal}", "routing": document_id}]
        for row in self._get_rows(asked):
            return similar(self._client, row, size=size, **names)
        return SearchResult(0, 0, (), 0.0)

    def list_citing(self, document_id: str, article: int, *, size: int = 100) -> list[ArticleLink]:
        """Return articles that cite this one."""
        record = self.record(document_id)
        return list_citing(self._client, self._documents, record, article, size=size) if record else []

    def list_cited(self, keys: Sequence[str], *, size: int = 100) -> list[ArticleLink]:
        """Return articles that bear one of these names."""
        return list_cited(self._client, self._documents, keys, size=size)

    def statistics(self, query: StatisticsQuery) -> Iterator[StatisticRow]:
        """Stream the statistics that documents state."""
        return statistics(self._client, self._documents, query)

    def count_facts(self, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
        """Stream counts of facts."""
        return count_facts(self._client, self._documents, by, where)

    def newest_facts(self, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
        """Stream the newest facts by unit and classes."""
        return newest_facts(self._client, self._documents, where, until=until)

    def list_facts(self, where: FactFilter) -> Iterator[FoundFact]:
        """Stream the facts in ``where``."""
        # A document matches by any of its facts.
        found = stream_facts(self._client, self._documents, [fact_clause(where)])
        return (one for one in found if holds(one.fact, where))

    def records_with(self, where: FactFilter) -> Iterator[DocumentRecord]:
        """Stream the records that have a fact in ``where``."""
        return stream_records(self._client, self._documents, [fact_clause(where)], "")

    def lacks(self) -> tuple[str, ...]:
        """Return the features this index lacks: none."""
        return ()

    def take_down(self, record: DocumentRecord) -> None:
        """Replace the record, and return once no search shows the document."""
        self.replace(record, [])
        self.refresh()

    def forget(self, document_ids: Sequence[str]) -> None:
        """Delete records and row manifests, and return once no search shows them."""
        for each in document_ids:
            self._client.find(lambda server, each=each: server.delete(index=self._documents, id=each))  # type: ignore[misc]
            self._client.find(
                lambda server, each=each: server.delete(index=self._sections, id=each, routing=each)  # type: ignore[misc]
            )
        self.refresh()

    def _search(self, query: Query) -> SearchResult:
        names = {"documents": self._documents, "sections": self._sections}
        return search(self._client, query, vocabulary=self._vocabulary, **names)

    def purge(self, document_ids: Sequence[str]) -> None:
        """Delete rows, row manifests and records, then expunge the deleted documents from the server's segments."""
        for each in document_ids:
            record = self.record(each)
            if record is not None:
                self.replace(replace(record, state=State.REMOVED, articles=(), sections=0, problems=()), [])
        self.forget(document_ids)
        for name in (self._documents, self._sections):
            self._client.call(lambda server, name=name: server.indices.flush(index=name, force=True))  # type: ignore[misc]
            self._client.call(
                lambda server, name=name: server.indices.forcemerge(index=name, only_expunge_deletes=True)  # type: ignore[misc]
            )

    def refresh(self) -> None:
        """Make everything replaced so far searchable now."""
        both = [self._documents, self._sections]
        self._client.call(lambda server: server.indices.refresh(index=both))

    def close(self) -> None:
        """Close all connections."""
        self._refresher.close()
        self._client.close()

    def _get_claim(self, document_id: str) -> Sequence[str]:
        def ask(server: Elasticsearch) -> Any:
            return server.get(index=self._sections, id=document_id, routing=document_id)

        answer = self._client.find(ask)
        return [] if answer is None else row_ids(read_manifest(answer))

    def _get_rows(self, asked: Sequence[dict[str, str]]) -> Iterator[SectionRow]:
        answer = self._client.call(lambda server: server.mget(index=self._sections, docs=asked))
        return (read_row(found["_source"]) for found in answer["docs"] if found.get("found"))
