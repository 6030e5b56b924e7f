"""Receivers of saved searches that fail, are gone, or must not be told: held documents and forgotten searches."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from schemas.access import Scope
from schemas.outcomes import State
from tests.support.growing_collection import World


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


@pytest.mark.elasticsearch
def test_on_elasticsearch_it_is_the_same(elastic_world: World) -> None:
    test_held_documents_are_told_of_only_once_they_are_released(elastic_world)


@pytest.mark.parametrize("scopes", [None, (Scope.WRITE,)])
def test_a_search_whose_key_was_revoked_or_may_not_read_is_told_nothing_more(
    world: World, scopes: tuple[Scope, ...] | None
) -> None:
    search = world.save("社会评议")
    world.add("a.docx")
    world.receiver.answers.append(500)
    world.notifier().run()
    sent, found = len(world.receiver.received), world.kept.recent(search.id)
    key = world.keys.kept.pop("owner")
    if scopes:
        world.keys.kept["owner"] = replace(key, scopes=scopes)
    world.add("b.docx")
    world.now += 1_000
    world.notifier().run()
    assert len(world.receiver.received) == sent
    assert list(world.kept.deliveries()) == []
    assert world.kept.recent(search.id) == found


def test_what_was_redacted_between_finding_and_sending_is_not_sent(world: World) -> None:
    world.save("社会评议")
    world.add("a.docx", text="社会评议由银杏村张某主持")
    world.receiver.answers.append(500)
    world.notifier().run()
    before = [body.decode() for _, _, body in world.receiver.received]
    world.add("a.docx", text="社会评议由某人主持")
    world.now += 1_000
    world.notifier().run()
    after = [body.decode() for _, _, body in world.receiver.received][len(before) :]
    assert any("银杏村张某" in body for body in before)
    assert after
    assert not any("银杏村张某" in body for body in after)


def test_one_slow_receiver_does_not_hold_the_others(world: World) -> None:
    slow = world.save("社会评议", "1")
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and says nothing
        world.kept.keep(replace(slow, webhook=f"http://127.0.0.1:{silent.getsockname()[1]}/"))
        world.save("社会评议", "2")
        world.add("a.docx")
        threading.Thread(target=world.notifier().run, daemon=True).start()
        deadline = time.monotonic() + 5
        while not world.receiver.received and time.monotonic() < deadline:
            time.sleep(0.05)
        assert world.receiver.received
