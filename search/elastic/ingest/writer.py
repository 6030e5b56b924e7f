"""Write a batch of replacements to Elasticsearch in three requests, consistent after a crash.

For each document the sections index holds, beside its rows, a *row manifest*: which rows it may have. A batch reads the
manifests (one request, in real time), sends rows (one bulk request, or several if it is large) and then records (one
bulk request). So

- surplus rows of an earlier, longer version are known and deleted without a query, also when an earlier attempt
  died half-way: the manifest is written before the rows, to the same shard, and covers old and new ones;
- a record is written only after all its rows are durable;
- of two processes that replace one document at once, one sees a conflict and retries: a manifest is written on the
  condition that nobody else wrote it meanwhile, and a row is never overwritten by one of an older manifest.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence

from schemas.records import DocumentRecord, SectionRow
from search.elastic.client import ElasticClient
from search.elastic.ingest.bulk import Bulk, Operation
from search.elastic.ingest.row_manifest import RowManifest, read_manifests
from search.elastic.serialize import record_source, row_source
from search.group_commit import Failures
from search.query.lexicon import Segmenter

Replacement = tuple[DocumentRecord, Sequence[SectionRow]]
ATTEMPTS = 6
PAUSE_SECONDS = 0.05


class ElasticWriter:
    """Writes batches of replacements through two aliases."""

    def __init__(self, client: ElasticClient, *, documents: str, sections: str, segmenter: Segmenter) -> None:
        self._client = client
        self._documents = documents
        self._sections = sections
        self._segmenter = segmenter

    def commit(self, batch: Sequence[Replacement]) -> Failures:
        """Write each replacement; of several for one document only the last."""
        newest = {record.id: position for position, (record, _) in enumerate(batch)}
        failures: Failures = {}
        left = list(newest.values())
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(random.uniform(0, PAUSE_SECONDS * 2**attempt))
            left = self._attempt(batch, left, failures)
            if not left:
                break
        busy = self._client.unavailable("another process keeps replacing the same document")
        failures.update(dict.fromkeys(left, busy))
        return {
            position: failures[newest[record.id]]
            for position, (record, _) in enumerate(batch)
            if newest[record.id] in failures
        }

    def _attempt(self, batch: Sequence[Replacement], positions: Sequence[int], failures: Failures) -> list[int]:
        """Write the replacements at ``positions``; return those that met a conflict."""
        records = {position: batch[position][0] for position in positions}
        claims = read_manifests(self._client, self._sections, records)
        bulk = Bulk(self._client, require_alias=True)
        for position in positions:
            rows = batch[position][1]
            claims[position] = claims[position].extend(rows)
            bulk.send(self._row_operations(position, claims[position], rows))
        bulk.finish()
        failures.update(bulk.failures)
        done = [position for position in positions if position not in bulk.failures and position not in bulk.conflicts]
        for position in done:
            claims[position] = claims[position].after_write(bulk.results[position])
        self._write_records(batch, done, claims, failures)
        return sorted(bulk.conflicts - bulk.failures.keys())

    def _row_operations(self, position: int, claim: RowManifest, rows: Sequence[SectionRow]) -> Iterator[Operation]:
        yield claim.operation(position, self._sections)
        target = {"_index": self._sections, "routing": claim.document_id}
        version = {"version": claim.generation, "version_type": "external_gte"}
        for row in rows:
            yield Operation(position, {"index": {**target, **version, "_id": row.id}}, row_source(row, self._segmenter))
        for row_id in claim.surplus(rows):
            yield Operation(position, {"delete": {**target, **version, "_id": row_id}})

    def _write_records(
        self, batch: Sequence[Replacement], done: Iterable[int], claims: dict[int, RowManifest], failures: Failures
    ) -> None:
        """Write the records whose rows are durable, and shrink the manifests that cover more than was written.

        A conflict here needs no retry: a later replacement of the document is complete or under way.
        """
        bulk = Bulk(self._client, require_alias=True)
        for position in done:
            record, rows = batch[position]
            claim = claims[position]
            version = {"version": claim.generation, "version_type": "external_gte"}
            action = {"index": {"_index": self._documents, "_id": record.id, **version}}
            bulk.send([Operation(position, action, record_source(record, rows))])
            if claim.surplus(rows):
                bulk.send([claim.shrunk(rows).operation(position, self._sections)])
        bulk.finish()
        failures.update(bulk.failures)
