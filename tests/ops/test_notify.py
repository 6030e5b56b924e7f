"""Saved searches: every new section is told of once, whatever crashes in between, and no held one ever is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ops.delivery import Postman
from ops.notify import Notifier
from ops.searches import SearchStore
from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import DocumentRecord, document_id
from schemas.searches import SavedSearch
from search.open import open_index
from search.protocol import Index
from tests.ops.receiver import Receiver, receiving
from tests.search.library import record_of, rows_of
from workers.settings import Settings
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore

START = 1_790_000_000.0
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class World:
    index: Index
    store: ObjectStore
    receiver: Receiver
    now: float = START

    @property
    def kept(self) -> SearchStore:
        return SearchStore(self.store)

    def notifier(self, store: ObjectStore | None = None) -> Notifier:
        kept = SearchStore(store or self.store)
        postman = Postman(self.index, kept, public_url="https://open.example", private=True, clock=lambda: self.now)
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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = open_store(f"file://{tmp_path}/derived", Settings())
    index = open_index(f"tantivy://{tmp_path}/index", prefix="test")
    store.bootstrap()
    index.bootstrap()
    with receiving() as receiver:
        yield World(index, store, receiver)
    index.close()


@pytest.fixture
def elastic_world(tmp_path: Path, elasticsearch_url: str, index_prefix: str) -> Iterator[World]:
    store = open_store(f"file://{tmp_path}/derived", Settings())
    index = open_index(elasticsearch_url, prefix=index_prefix, refresh_seconds=0.5)
    store.bootstrap()
    index.bootstrap()
    with receiving() as receiver:
        yield World(index, store, receiver)
    index.close()


@pytest.mark.elasticsearch
def test_on_elasticsearch_it_is_the_same(elastic_world: World) -> None:
    test_a_new_section_that_matches_is_told_of_once(elastic_world)
    test_held_documents_are_told_of_only_once_they_are_released(elastic_world)


def test_a_new_section_that_matches_is_told_of_once(world: World) -> None:
    world.add("old.docx")
    world.now += 1
    search = world.save("社会评议")
    world.add("new.docx")
    ran = world.notifier().run()
    assert (ran.matches, ran.sent, ran.failed) == (2, 1, 0)
    assert {key for key, _ in world.told()} == {"new.docx"}
    assert sorted(ordinal for _, ordinal in world.told()) == [1, 4]
    before = world.told()
    for _ in range(2):
        world.notifier().run()
    assert world.told() == before
    assert [match.key for match in world.kept.recent(search.id)] == ["new.docx"] * 2


def test_a_message_says_what_was_found_and_where_to_look(world: World) -> None:
    search = world.save("社会评议")
    record = world.add("new.docx")
    world.notifier().run()
    body = json.loads(world.receiver.received[0][2])
    assert body["type"] == "section.found"
    assert body["data"]["search"] == {"id": search.id, "name": "新文件"}
    section = body["data"]["sections"][0]
    assert section["link"].startswith(f"https://open.example/d/{record.id}?at=s0-")
    assert "社会评议" in section["text"]


def test_a_search_that_does_not_match_is_told_nothing(world: World) -> None:
    world.save("没有这样的词")
    world.add("new.docx")
    assert world.notifier().run().matches == 0
    assert world.receiver.received == []


def test_processing_a_document_anew_makes_none_of_it_new(world: World) -> None:
    old = world.add("old.docx")
    world.now += 1
    world.save("社会评议")
    new = world.add("new.docx")
    world.notifier().run()
    told = world.told()
    world.add("old.docx", first_at=old.first_at)
    world.add("new.docx", first_at=new.first_at)
    assert world.notifier().run().documents == 2
    assert world.told() == told


def test_of_an_overwritten_document_only_the_changed_sections_are_told(world: World) -> None:
    world.save("社会评议")
    world.add("a.docx")
    world.notifier().run()
    told = len(world.told())
    world.add("a.docx", text="新增的社会评议制度")
    world.notifier().run()
    assert world.told()[told:] == [("a.docx", 3)]


def test_records_that_become_visible_late_are_not_passed_over(world: World) -> None:
    world.save("社会评议")
    world.add("first.docx")
    world.notifier().run()
    world.now -= 60
    world.add("late.docx", first_at=world.now + 61)
    world.now += 60
    world.notifier().run()
    assert {key for key, _ in world.told()} == {"first.docx", "late.docx"}


def test_a_clock_that_is_ahead_makes_nobody_miss_anything(world: World) -> None:
    world.save("社会评议")
    world.now += 100_000
    world.add("ahead.docx")
    world.now -= 100_000
    world.notifier().run()
    world.add("next.docx")
    world.notifier().run()
    assert {key for key, _ in world.told()} == {"ahead.docx", "next.docx"}


class Failing:
    """A store that stops working at its n-th write."""

    def __init__(self, store: ObjectStore, writes: int) -> None:
        self._store, self._left = store, writes

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def write(self, key: str, data: bytes, *, content_type: str = "") -> None:
        self._left -= 1
        if self._left < 0:
            raise DependencyError("object store", "gone")
        self._store.write(key, data)


@pytest.mark.parametrize("writes", range(9))
def test_a_crash_at_any_write_loses_nothing_and_repeats_nothing(world: World, writes: int) -> None:
    for name in ("0", "1"):
        world.save("社会评议", name)
    world.add("new.docx")
    failing: ObjectStore = Failing(world.store, writes)  # type: ignore[assignment]
    crashed = writes < 7
    if crashed:
        with pytest.raises(DependencyError):
            world.notifier(failing).run()
    else:
        world.notifier(failing).run()
    world.notifier().run()
    world.notifier().run()
    assert sorted(world.told()) == [("new.docx", 1)] * 2 + [("new.docx", 4)] * 2
    assert len({headers["webhook-id"] for _, headers, _ in world.receiver.received}) == 2
    for name in ("0", "1"):
        assert len(world.kept.recent(name * 32)) == 2


def test_a_message_that_did_not_arrive_is_sent_again_under_the_same_identifier(world: World) -> None:
    world.save("社会评议")
    world.add("new.docx")
    world.receiver.answers.extend([500, 503])
    assert world.notifier().run().failed == 1
    assert world.notifier().run().failed == 0
    for wait in (31, 121):
        world.now += wait
        world.notifier().run()
    world.now += 1_000_000
    world.notifier().run()
    assert len(world.receiver.received) == 3
    assert len({headers["webhook-id"] for _, headers, _ in world.receiver.received}) == 1
    assert list(world.kept.deliveries()) == []


def test_a_receiver_that_never_answers_is_given_up_and_holds_up_nobody(world: World) -> None:
    broken = replace(world.save("社会评议"), webhook="http://127.0.0.1:9/")
    world.kept.keep(broken)
    world.save("责任追究", "1")
    for number in range(3):
        world.add(f"{number}.docx")
    ran = world.notifier().run()
    assert (ran.sent, ran.failed) == (3, 1)
    for _ in range(40):
        world.now += 50_000
        world.notifier().run()
    assert list(world.kept.deliveries()) == []
    assert len(world.kept.recent(broken.id)) == 6


def test_a_receiver_that_is_gone_is_asked_no_more_and_the_feed_stays(world: World) -> None:
    search = world.save("社会评议")
    world.add("new.docx")
    world.receiver.answers.append(410)
    world.notifier().run()
    world.add("next.docx")
    world.notifier().run()
    assert len(world.receiver.received) == 1
    assert len(world.kept.recent(search.id)) == 4


def test_held_documents_are_told_of_only_once_they_are_released(world: World) -> None:
    search = world.save("社会评议", "2")
    told = len(world.told())
    world.add("held.docx", state=State.HELD, first_at=0.0)
    world.notifier().run()
    assert len(world.told()) == told
    assert world.kept.recent(search.id) == []
    world.add("held.docx")
    world.notifier().run()
    assert {key for key, _ in world.told()[told:]} == {"held.docx"}


def test_what_is_held_between_finding_and_sending_is_not_sent(world: World) -> None:
    world.save("社会评议")
    world.add("a.docx")
    world.receiver.answers.append(500)
    world.notifier().run()
    sent = len(world.receiver.received)
    world.add("a.docx", state=State.HELD)
    world.now += 1_000
    world.notifier().run()
    assert len(world.receiver.received) == sent
    assert list(world.kept.deliveries()) == []


def test_a_forgotten_search_sends_nothing_more_and_leaves_nothing(world: World) -> None:
    search = world.save("社会评议")
    world.add("a.docx")
    world.receiver.answers.append(500)
    world.notifier().run()
    world.kept.forget(search.id)
    world.now += 1_000
    world.notifier().run()
    assert len(world.receiver.received) == 1
    assert [info.key for info in world.store.list("searches/")] == []
    assert [info.key for info in world.store.list("deliveries/")] == []


def test_after_a_rebuild_everything_can_be_counted_as_known(world: World) -> None:
    world.save("社会评议")
    for number in range(3):
        world.add(f"{number}.docx")
    world.now += 500
    world.notifier().skip()
    assert world.notifier().run().documents == 0
    world.add("new.docx")
    world.notifier().run()
    assert {key for key, _ in world.told()} == {"new.docx"}


def test_more_documents_than_are_looked_at_together_are_all_found(world: World) -> None:
    search = world.save("社会评议", webhook=False)
    for number in range(230):
        world.add(f"{number}.docx")
    ran = world.notifier().run()
    assert (ran.documents, ran.matches) == (230, 460)
    assert len(world.kept.recent(search.id)) == 200
    assert document_id("229.docx") in {match.document_id for match in world.kept.recent(search.id)}
