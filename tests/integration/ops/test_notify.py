"""Saved searches: every new section is told of once, whatever crashes in between."""

import json

import pytest

from schemas.errors import DependencyError
from schemas.records import document_id
from tests.support.growing_collection import World
from workers.storage.protocol import ObjectStore


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


@pytest.mark.parametrize("writes", range(11))
def test_a_crash_at_any_write_loses_nothing_and_repeats_nothing(world: World, writes: int) -> None:
    for name in ("0", "1"):
        world.save("社会评议", name)
    world.add("new.docx")
    failing: ObjectStore = Failing(world.store, writes)  # type: ignore[assignment]
    crashed = writes < 9
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


@pytest.mark.elasticsearch
def test_on_elasticsearch_it_is_the_same(elastic_world: World) -> None:
    test_a_new_section_that_matches_is_told_of_once(elastic_world)
