"""The books of the inbox: every key counted once, whatever state bucket and index are in."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.outcomes import State
from schemas.records import DocumentRecord, RecordKey, document_id, record_key
from tests.support import story
from tests.support.container_story import packed, text
from tests.support.lease_stores import put_in_queue
from workers.leases.memory_store import MemoryLeaseStore
from workers.pipeline.context import Context
from workers.pipeline.versions import VERSIONS
from workers.reconcile.audit import Audit, AuditEntry, AuditState
from workers.settings import load
from workers.storage.protocol import ObjectInfo


class Inbox:
    def __init__(self, etags: dict[str, str]) -> None:
        self.etags = etags

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        return (ObjectInfo(key, self.etags[key], 1, 0.0) for key in in_order(self.etags) if key.startswith(prefix))

    def stat(self, key: str) -> ObjectInfo | None:
        return ObjectInfo(key, self.etags[key], 1, 0.0) if key in self.etags else None


class Records:
    def __init__(self, records: list[DocumentRecord]) -> None:
        self.records = {record.key: record for record in records}

    def refresh(self) -> None: ...

    def record_keys(self, prefix: str) -> Iterator[RecordKey]:
        return (record_key(self.records[key]) for key in in_order(self.records) if key.startswith(prefix))

    def record(self, wanted: str) -> DocumentRecord | None:
        return next((record for record in self.records.values() if record.id == wanted), None)


def in_order(keys: Any) -> list[str]:
    return sorted(keys, key=lambda key: str(key).encode())


def recorded(key: str, etag: str, state: State = State.INDEXED, **more: Any) -> DocumentRecord:
    return DocumentRecord(document_id(key), key, "" if state is State.REMOVED else etag, state, stages=VERSIONS, **more)


def context(etags: dict[str, str], records: list[DocumentRecord], busy: tuple[str, ...] = ()) -> Context:
    inflight = MemoryLeaseStore()
    put_in_queue(inflight, *busy)
    released = SimpleNamespace(read=lambda place: None)
    parts = SimpleNamespace(inbox=Inbox(etags), index=Records(records), inflight=inflight, derived=released)
    return cast(Context, parts)


def audited(books: Audit) -> dict[str, AuditEntry]:
    entries = list(books.entries())
    found = {entry.key: entry for entry in entries}
    assert len(found) == len(entries)
    return found


def test_each_standing_is_told_apart() -> None:
    etags = {"a/1": "e", "a/2": "e", "a/3": "new", "b/4": "e", "b/5": "e", "c": "e"}
    outdated = replace(recorded("c", "e"), stages={**VERSIONS, "convert": 0})
    records = [
        recorded("a/1", "e"),
        recorded("a/3", "old"),
        recorded("b/4", "e", State.FAILED),
        recorded("b/6", "e"),
        recorded("b/7", "", State.REMOVED),
        outdated,
    ]
    books = Audit(context(etags, records, busy=("b/5",)))
    found = audited(books)
    assert {key: (entry.standing, entry.reason) for key, entry in found.items()} == {
        "a/1": (AuditState.INDEXED, None),
        "a/2": (AuditState.MISSING, "missing"),
        "a/3": (AuditState.MISSING, "changed"),
        "b/4": (AuditState.FAILED, None),
        "b/5": (AuditState.IN_FLIGHT, None),
        "b/6": (AuditState.MISSING, "gone"),
        "b/7": (AuditState.REMOVED, None),
        "c": (AuditState.INDEXED, "outdated"),
    }
    assert {name: account.received for name, account in books.accounts.items()} == {"a/": 3, "b/": 4, "": 1}
    assert (books.total.received, books.total.stale, books.total.balanced) == (8, 1, True)


def test_what_was_done_between_listing_and_looking_is_not_missing() -> None:
    world = context({"a": "e"}, [])
    source = Audit(world)
    entries = source.entries()
    cast(Records, world.index).records["a"] = recorded("a", "e")
    assert [(entry.key, entry.standing) for entry in entries] == [("a", AuditState.INDEXED)]


def test_the_breakdown_follows_the_prefix_asked_for() -> None:
    books = Audit(context({"省/市/1": "e", "省/市/2": "e", "省/县/3": "e"}, []), prefix="省/")
    audited(books)
    assert {name: account.received for name, account in books.accounts.items()} == {"市/": 2, "县/": 1}


def test_prefixes_beyond_a_thousand_share_an_account() -> None:
    books = Audit(context({f"{n:04d}/a": "e" for n in range(1010)}, []))
    audited(books)
    assert len(books.accounts) == 1001
    assert (books.accounts["(others)"].received, books.total.received) == (10, 1010)


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_is_exact_on_random_worlds(seed: int) -> None:
    source = random.Random(seed)
    universe = [f"{source.choice(['甲/', '乙/', ''])}{source.choice('ab!~ 𠮷')}{n}" for n in range(60)]
    etags = {key: source.choice("xy") for key in universe if source.random() < 0.7}
    states = [source.choice(list(State)) for _ in universe]
    records = [
        recorded(key, source.choice("xy"), state)
        for key, state in zip(universe, states, strict=True)
        if source.random() < 0.7
    ]
    busy = tuple(key for key in universe if source.random() < 0.2)
    books = Audit(context(etags, records, busy))
    found = audited(books)
    assert found.keys() == etags.keys() | {record.key for record in records}
    assert books.total.balanced
    for record in records:
        agrees = record.state is not State.REMOVED and etags.get(record.key) == record.etag
        agrees |= record.state is State.REMOVED and record.key not in etags
        assert (found[record.key].standing.value == record.state.value) == agrees


def numbers(system: System) -> dict[str, int]:
    books = Audit(system.context)
    audited(books)
    assert books.total.balanced
    return {standing.value: count for standing, count in books.total.standings.items() if count}


def test_the_files_in_a_container_are_counted_and_missed(tmp_path: Path) -> None:
    key, settings = "市档案局/材料.zip", load({"GONGKAI_DATA_DIR": str(tmp_path)})
    inner = packed(丙_txt=text("槐树"), 丁_txt=text("柳树"))
    with run_embedded(settings) as system:
        system.context.inbox.write(key, packed(甲_txt=text("银杏"), 内_zip=inner, 空_txt=b""))
        system.context.inbox.write("旁.txt", text("梧桐"))
        story.until(lambda: numbers(system) == {"indexed": 6, "failed": 1}, "all files inside to be counted")
        books = Audit(system.context)
        audited(books)
        assert (books.total.children_expected, books.total.children_emitted) == (5, 5)
        assert {name: account.received for name, account in books.accounts.items()} == {"市档案局/": 6, "": 1}
        story.until(system.idle, "nothing to be in flight")
    with open_system(settings) as system:
        bootstrap(system)
        lost = system.context.index.record(document_id(f"{key}!/内.zip!/丙.txt"))
        assert lost is not None
        system.context.index.replace(replace(lost, state=State.REMOVED, etag="", articles=(), sections=0), ())
        missing = [entry for entry in audited(Audit(system.context)).values() if entry.standing is AuditState.MISSING]
        assert [(entry.key, entry.reason) for entry in missing] == [(lost.key, "changed")]
        assert numbers(system) == {"indexed": 5, "failed": 1, "missing": 1}
        (tmp_path / "inbox" / key).unlink()
        assert numbers(system) == {"indexed": 4, "failed": 1, "missing": 2}
