"""A collection that grows, saved searches over it, and a receiver that writes down what it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ops.maintenance.decisions.saved_searches import SearchStore
from ops.saved_search_alerts.delivery import WebhookSender
from ops.saved_search_alerts.notifier import Notifier
from schemas.access import AccessKey, Scope
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import DocumentRecord
from schemas.searches import SavedSearch
from search.http.ports import Access
from search.protocol import Index
from tests.support.fakes.stores import MemoryKeys
from tests.support.fakes.webhook_receiver import Receiver, receiving
from tests.support.indexes import fresh_index
from tests.support.library import record_of, rows_of
from workers.settings import Settings
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore

START = 1_790_000_000.0
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def owner_keys() -> MemoryKeys:
    return MemoryKeys({"owner": AccessKey("owner", "test", "", (Scope.READ,), START)})


@dataclass
class World:
    index: Index
    store: ObjectStore
    receiver: Receiver
    now: float = START
    keys: MemoryKeys = field(default_factory=owner_keys)

    @property
    def kept(self) -> SearchStore:
        return SearchStore(self.store)

    def notifier(self, store: ObjectStore | None = None) -> Notifier:
        kept = SearchStore(store or self.store)
        postman = WebhookSender(
            self.index,
            kept,
            Access(self.keys, open_reading=False),
            public_url="https://open.example",
            private=True,
            clock=lambda: self.now,
        )
        return Notifier(self.index, store or self.store, postman, clock=lambda: self.now)

    def save(self, text: str, name: str = "0", *, webhook: bool = True) -> SavedSearch:
        url = self.receiver.url if webhook else None
        search = SavedSearch(name * 32, "新文件", "owner", Query(text), url, SECRET, self.now)
        self.kept.keep(search)
        return search

    def add(
        self, key: str, *, state: State = State.INDEXED, first_at: float | None = None, text: str = ""
    ) -> DocumentRecord:
        self.now += 1
        rows = rows_of(key)
        if text:
            rows = [replace(row, text=text) if row.ordinal == 3 else row for row in rows]
        rows = rows if state in (State.INDEXED, State.PARTIAL) else []
        moment = self.now if first_at is None else first_at
        record = record_of(key, rows, state=state, indexed_at=self.now, first_at=moment)
        self.index.replace(record, rows)
        return record

    def told(self) -> list[tuple[str, int]]:
        """Return the sections the receiver was told of, in the order it was."""
        bodies = [json.loads(body) for _, _, body in self.receiver.received]
        return [(one["key"], one["ordinal"]) for body in bodies for one in body["data"]["sections"]]


@contextmanager
def growing(folder: Path, url: str, prefix: str) -> Iterator[World]:
    """Give a world over a fresh index there; its store lies in ``folder``."""
    store = open_store(f"file://{folder}/derived", Settings())
    store.bootstrap()
    with fresh_index(url, prefix) as index, receiving() as receiver:
        yield World(index, store, receiver)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with growing(tmp_path, f"tantivy://{tmp_path}/index", "test") as world:
        yield world


@pytest.fixture
def elastic_world(tmp_path: Path, elasticsearch_url: str, index_prefix: str) -> Iterator[World]:
    with growing(tmp_path, elasticsearch_url, index_prefix) as world:
        yield world
