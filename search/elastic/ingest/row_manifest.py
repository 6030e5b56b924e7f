"""The row manifest of a document: one small entry of the sections index that says which rows the document may have.

It is not a row: it has no text, no group and no key, so no search finds it.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from schemas.records import DocumentRecord, SectionRow
from search.elastic.client import ElasticClient
from search.elastic.ingest.bulk import Operation
from search.elastic.serialize import line

# Rows by article: one more than the highest ordinal.
Extents = dict[int, int]


@dataclass(frozen=True, slots=True)
class RowManifest:
    """Which rows of a document may exist, and the generation of its last replacement.

    Attributes:
        document_id: The document.
        generation: Grows with every replacement; version of the rows and of the record it writes.
        extents: Bounds of all rows that may exist.
        written_as: Sequence number and primary term of the stored manifest; None if there is none yet.
    """

    document_id: str
    generation: int = 0
    extents: Extents | None = None
    written_as: tuple[int, int] | None = None

    def extend(self, rows: Iterable[SectionRow]) -> "RowManifest":
        """Return the manifest of the next replacement: it covers the rows that may exist and ``rows``."""
        extents = dict(self.extents or {})
        for article, count in extents_of(rows).items():
            extents[article] = max(count, extents.get(article, 0))
        # Microseconds, so that generations grow even if manifests were lost and records were not.
        return replace(self, generation=max(self.generation + 1, time.time_ns() // 1000), extents=extents)

    def shrunk(self, rows: Iterable[SectionRow]) -> "RowManifest":
        """Return the same manifest, covering ``rows`` only."""
        return replace(self, extents=extents_of(rows))

    def after_write(self, result: Mapping[str, Any]) -> "RowManifest":
        """Return the manifest as the server stores it after a bulk item with this ``result``."""
        return replace(self, written_as=(result["_seq_no"], result["_primary_term"]))

    def surplus(self, rows: Iterable[SectionRow]) -> list[str]:
        """Return the identifiers of the rows within this manifest that are not among ``rows``."""
        new = extents_of(rows)
        return [
            f"{self.document_id}-{article}-{ordinal}"
            for article, count in (self.extents or {}).items()
            for ordinal in range(new.get(article, 0), count)
        ]

    def operation(self, position: int, index: str) -> Operation:
        """Return the bulk operation that writes it, on the condition that nobody else wrote it since it was read."""
        target: dict[str, Any] = {"_index": index, "_id": self.document_id, "routing": self.document_id}
        source = {"document_id": self.document_id, "generation": self.generation, "rows": _as_source(self.extents)}
        if self.written_as is None:
            return Operation(position, {"create": target}, line(source))
        target |= {"if_seq_no": self.written_as[0], "if_primary_term": self.written_as[1]}
        return Operation(position, {"index": target}, line(source))


def extents_of(rows: Iterable[SectionRow]) -> Extents:
    """Return the highest ordinal of ``rows`` in each article, plus one."""
    extents: Extents = {}
    for row in rows:
        extents[row.article] = max(row.ordinal + 1, extents.get(row.article, 0))
    return extents


def read_manifests(client: ElasticClient, index: str, records: Mapping[int, DocumentRecord]) -> dict[int, RowManifest]:
    """Return the current manifests of ``records`` by position, in one request."""
    asked = [{"_id": record.id, "routing": record.id} for record in records.values()]
    answer = client.call(lambda server: server.mget(index=index, docs=asked))
    return {position: read_manifest(found) for position, found in zip(records, answer["docs"], strict=True)}


def read_manifest(found: Mapping[str, Any]) -> RowManifest:
    """Return the manifest in a response of the server, empty if there is none."""
    if not found.get("found"):
        return RowManifest(found["_id"])
    source = found["_source"]
    return RowManifest(
        document_id=found["_id"],
        generation=source["generation"],
        extents={int(article): count for article, count in source["rows"].items()},
        written_as=(found["_seq_no"], found["_primary_term"]),
    )


def row_ids(claim: RowManifest) -> Sequence[str]:
    """Return the identifiers of all rows that may exist."""
    return claim.surplus(())


def _as_source(extents: Extents | None) -> dict[str, int]:
    return {str(article): count for article, count in (extents or {}).items()}
