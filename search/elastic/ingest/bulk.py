"""Bulk requests of bounded size, and the outcome of each of their items."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from schemas.errors import DependencyError, DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from search.elastic.client import UNAVAILABLE, ElasticClient, Response
from search.elastic.serialize import line
from search.group_commit import Failures

REQUEST_BYTES = 5_000_000
CONFLICT = 409
ANSWERED = "items.*.status,items.*.error,items.*._seq_no,items.*._primary_term"


@dataclass(frozen=True, slots=True)
class Operation:
    """One bulk item: the ``position`` of its document in the batch, the action, and the source to store."""

    position: int
    action: dict[str, dict[str, Any]]
    source: bytes | None = None


class Bulk:
    """Collects operations, sends them in order in requests of about ``REQUEST_BYTES``, and sorts the outcomes.

    Attributes:
        failures: The first error of each document that has one, by position.
        conflicts: Positions of documents that another writer replaced first.
        results: The server's result for the first operation of each document.
    """

    def __init__(self, client: ElasticClient, *, require_alias: bool) -> None:
        self.failures: Failures = {}
        self.conflicts: set[int] = set()
        self.results: dict[int, dict[str, Any]] = {}
        self._client = client
        self._require_alias = require_alias
        self._lines: list[bytes] = []
        self._positions: list[int] = []
        self._size = 0

    def send(self, operations: Iterable[Operation]) -> None:
        """Add ``operations``; full requests are sent at once."""
        for operation in operations:
            added = [line(operation.action)] + ([] if operation.source is None else [operation.source])
            self._size += sum(map(len, added))
            self._lines += added
            self._positions.append(operation.position)
            if self._size >= REQUEST_BYTES:
                self.finish()

    def finish(self) -> None:
        """Send the remaining operations."""
        if not self._lines:
            return
        lines, positions = self._lines, self._positions
        self._lines, self._positions, self._size = [], [], 0

        def ask(server: Elasticsearch) -> Any:
            return server.bulk(operations=lines, require_alias=self._require_alias, filter_path=ANSWERED)  # type: ignore[arg-type]

        started = time.perf_counter()
        try:
            answer = self._client.call(ask)
        except DependencyError:
            self._client.observe(time.perf_counter() - started, len(positions), {"request": 1})
            raise
        statuses = Counter(str(result["status"]) for item in answer["items"] for result in item.values())
        refused = {status: number for status, number in statuses.items() if status >= "429"}
        self._client.observe(time.perf_counter() - started, len(positions), refused)
        self._sort(answer, positions)

    def _sort(self, answer: Response, positions: list[int]) -> None:
        for item, position in zip(answer["items"], positions, strict=True):
            (result,) = item.values()
            self.results.setdefault(position, result)
            if result["status"] == CONFLICT:
                self.conflicts.add(position)
            elif "error" in result:
                self.failures.setdefault(position, self._failure(result["status"], result["error"]))

    def _failure(self, status: int, error: dict[str, Any]) -> Exception:
        if status in UNAVAILABLE or status >= 500:
            return self._client.unavailable(f"{UNAVAILABLE.get(status, error['type'])} ({status})")
        if error["type"] == "index_not_found_exception":
            return self._client.unavailable("has no index yet; run `gongkai doctor --bootstrap`")
        return DocumentError(Category.CRASH, Sentence.of("index-refused", error=_reason(error)))


def _reason(error: dict[str, Any]) -> str:
    """Return the innermost cause, which names the fault."""
    while isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    return str(error.get("reason") or error.get("type"))[:300]
