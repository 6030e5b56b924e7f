"""The verdict of a run: compares the inbox with the index and with search results."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from ops.bench.faults.scenario import Write
from ops.system import System
from schemas.outcomes import State
from schemas.records import DocumentRecord
from workers.reconcile.audit import Audit, AuditState


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts of mistakes; all must be zero.

    Attributes:
        lost: Objects and files in containers without an outcome, or without all of their sections.
        duplicated: Rows beyond those of their record.
        phantom: Rows and live records of documents that are not in the inbox.
        wrong_version: Outcomes or rows of another version than the one in the inbox.
        wrong_outcome: Sound documents recorded as failed.
        unbalanced: Whether the audit does not add up.
        undone: Uploads and removals given up because the object store did not accept them in time.
    """

    lost: int
    duplicated: int
    phantom: int
    wrong_version: int
    wrong_outcome: int
    unbalanced: int
    undone: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing went wrong."""
        return not any(asdict(self).values())


def judge(system: System, final: Mapping[str, Write]) -> tuple[Verdict, list[str]]:
    """Return the verdict and a line for each mistake."""
    books = Audit(system.context)
    entries = list(books.entries())
    found: Counter[str] = Counter(unbalanced=int(not books.total.balanced))
    lines = []
    for entry in entries:
        if entry.standing in {AuditState.MISSING, AuditState.IN_FLIGHT}:
            fault = {"gone": "phantom", "changed": "wrong_version"}.get(entry.reason or "", "lost")
            found[fault] += 1
            lines.append(f"{fault}: {entry.key} ({entry.standing}, {entry.reason})")
    rows, texts = _rows(system.settings.index_url, system.settings.index_prefix)
    records = {record.id: record for record in system.context.index.recorded_since(0.0)}
    for record in records.values():
        for fault in _faults(record, rows.pop(record.id, 0), texts.get(record.id, ""), final.get(record.key)):
            found[fault] += 1
            lines.append(f"{fault}: {record.key} ({record.state}, {record.category}, {record.problems[:1]})")
    for stray in rows:
        found["phantom"] += 1
        lines.append(f"phantom: rows of {stray}, which has no record")
    there = {key for key, one in final.items() if one.content is not None}
    for key in there - {entry.key for entry in entries}:
        found["lost"] += 1
        lines.append(f"lost: {key} is not in the inbox")
    return Verdict(**{name: found[name] for name in Verdict.__slots__}), lines


def _faults(record: DocumentRecord, rows: int, text: str, wanted: Write | None) -> list[str]:
    if rows != record.sections:
        return ["duplicated" if rows > record.sections else "lost"]
    if wanted is None or wanted.content is None:
        return [] if record.state is State.REMOVED or record.parent else ["phantom"]
    if wanted.kind == "fine" and not record.state.is_searchable:
        return ["wrong_outcome"]
    return ["wrong_version"] if wanted.mark and wanted.mark not in text else []


def _rows(url: str, prefix: str) -> tuple[Counter[str], dict[str, str]]:
    """Return how many rows each document has in the index, and the end of their text."""
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    with Elasticsearch(url, request_timeout=60) as client:
        client.indices.refresh(index=f"{prefix}-sections")
        query = {"query": {"exists": {"field": "group"}}, "_source": ["document_id", "text"]}
        for hit in scan(client, index=f"{prefix}-sections", query=query, size=1000):
            source = hit["_source"]
            counts[source["document_id"]] += 1
            if "号测试文件" in source.get("text", ""):
                texts[source["document_id"]] = texts.get(source["document_id"], "") + source["text"]
    return counts, texts
