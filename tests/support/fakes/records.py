"""Records and rows in memory; it passes the contract suite of records, like every index."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.records import DocumentRecord, RecordKey, SectionRow, record_key
from search.results.row_keys import check


@dataclass
class MemoryRecords:
    """A ``search.protocol.RecordStore`` and ``IndexWriter`` that a test may break or change behind its users' back.

    Attributes:
        down: Whether it refuses every call that a server would refuse.
    """

    down: bool = False
    lexicon_version: str = ""
    _records: dict[str, DocumentRecord] = field(default_factory=dict)
    _rows: dict[str, list[SectionRow]] = field(default_factory=dict)

    def reach(self) -> None:
        """Raise what an index that is down raises, if it is."""
        if self.down:
            raise DependencyError("index http://index:9200", "connection refused")

    def change(self, document_id: str, **fields: Any) -> None:
        """Change fields of a record and leave its rows, as a reader may meet them before a refresh."""
        self._records[document_id] = replace(self._records[document_id], **fields)

    def rewrite(self, document_id: str, row: Callable[[SectionRow], SectionRow | None]) -> None:
        """Change each row of a document; None drops it."""
        self._rows[document_id] = [new for old in self._rows[document_id] if (new := row(old)) is not None]

    def all_rows(self) -> list[list[SectionRow]]:
        """Return the rows of each document, in the order in which documents came."""
        return list(self._rows.values())

    def replace(self, record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
        check(record, sections)
        self._records[record.id], self._rows[record.id] = record, list(sections)

    def take_down(self, record: DocumentRecord) -> None:
        self.replace(record, [])

    def forget(self, document_ids: Sequence[str]) -> None:
        for each in document_ids:
            self._records.pop(each, None)
            self._rows.pop(each, None)

    def purge(self, document_ids: Sequence[str]) -> None:
        self.forget(document_ids)

    def record(self, document_id: str) -> DocumentRecord | None:
        self.reach()
        return self._records.get(document_id)

    def records_of(self, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
        return {one: record for one in document_ids if (record := self.record(one)) is not None}

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        return set(self.records_of(document_ids))

    def record_keys(self, prefix: str = "") -> Iterator[RecordKey]:
        yield from map(record_key, self._below(prefix))

    def records(
        self, prefix: str = "", *, states: Sequence[State] = (), after: str = "", limit: int = 1000
    ) -> list[DocumentRecord]:
        wanted = [record for record in self._below(prefix) if not states or record.state in states]
        return [record for record in wanted if record.key.encode() > after.encode()][:limit]

    def recorded_since(self, moment: float) -> Iterator[DocumentRecord]:
        recent = (record for record in self._below("") if record.indexed_at >= moment)
        yield from sorted(recent, key=lambda record: record.indexed_at)

    def newest_records(self, *, state: State | None = None, limit: int) -> list[DocumentRecord]:
        found = (record for record in self._below("") if state is None or record.state is state)
        return sorted(found, key=lambda record: -record.indexed_at)[:limit]

    def counts(self, prefix: str = "") -> dict[State, int]:
        found = self._below(prefix)
        return {state: sum(r.state is state for r in found) for state in {r.state for r in found}}

    def sections(self, document_id: str) -> list[SectionRow]:
        self.reach()
        return sorted(self._rows.get(document_id, []), key=lambda row: (row.article, row.ordinal))

    def refresh(self) -> None:
        pass

    def _below(self, prefix: str) -> list[DocumentRecord]:
        self.reach()
        found = (record for record in self._records.values() if record.key.startswith(prefix))
        return sorted(found, key=lambda record: record.key.encode())
