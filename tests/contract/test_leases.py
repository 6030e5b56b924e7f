"""Leases on Redis: they run out with their worker, are renewed while it lives, and stay given back."""

import os
import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from tests.support.lease_stores import put_in_queue, redis_settings
from workers.leases.protocol import LeaseStart, LeaseStore
from workers.leases.redis.leases import main_process
from workers.leases.redis.store import RedisLeaseStore

pytestmark = pytest.mark.redis


@pytest.fixture
def dying_ledger(redis_url: str) -> Iterator[RedisLeaseStore]:
    """Every lease has run out when it is taken, as if its worker had died."""
    ledger = RedisLeaseStore(redis_settings(redis_url), lease_seconds=-1.0)
    yield ledger
    ledger.close()


def test_a_lease_that_nobody_renews_runs_out_and_counts_as_a_death(dying_ledger: LeaseStore) -> None:
    assert dying_ledger.start("甲") == LeaseStart(attempt=1, crash_score=0)
    assert dying_ledger.start("甲") == LeaseStart(attempt=2, crash_score=1)
    assert dying_ledger.start("甲") == LeaseStart(attempt=3, crash_score=2)
    assert [one.alive for one in dying_ledger.list_running()] == [False]
    dying_ledger.finish("甲")
    assert dying_ledger.start("甲") == LeaseStart(attempt=1, crash_score=0)


def test_a_death_alone_counts_twice_one_of_the_whole_worker_once(dying_ledger: RedisLeaseStore) -> None:
    dying_ledger.start("甲")
    dying_ledger._redis.set(f"{dying_ledger._alive}{main_process(os.getppid())}", 1)
    assert dying_ledger.start("甲") == LeaseStart(attempt=2, crash_score=2)


def test_the_crash_score_is_remembered_over_the_stages(dying_ledger: LeaseStore) -> None:
    dying_ledger.start("甲", "convert")
    dying_ledger.start("甲", "convert")
    dying_ledger.hand_over("甲")
    assert dying_ledger.start("甲", "normalize") == LeaseStart(attempt=3, crash_score=1)


def test_work_of_a_dead_worker_is_found_until_it_is_sent_again(dying_ledger: LeaseStore) -> None:
    dying_ledger.start("甲")
    assert dying_ledger.list_lost(0.0) == dying_ledger.list_lost(0.0) == ["甲"]
    assert put_in_queue(dying_ledger, *dying_ledger.list_lost(0.0)) == ["甲"]
    assert dying_ledger.list_lost(0.0) == []


def test_what_waits_longer_than_any_message_can_is_found_once(redis_ledger: LeaseStore) -> None:
    put_in_queue(redis_ledger, "甲", "乙")
    assert redis_ledger.list_lost(time.time() + 1, most=1) != redis_ledger.list_lost(time.time() + 1)
    assert redis_ledger.list_lost(time.time() + 1) == []
    assert put_in_queue(redis_ledger, "甲") == ["甲"]


def test_leases_survive_a_redis_that_lost_its_data_and_end_with_their_work(redis_ledger: RedisLeaseStore) -> None:
    redis_ledger.start("甲", "convert")
    redis_ledger._redis.delete(*redis_ledger._keys)
    assert redis_ledger.find_busy(["甲"]) == set()
    redis_ledger.renew()
    assert redis_ledger.find_busy(["甲"]) == {"甲"}
    redis_ledger.finish("甲")
    redis_ledger.renew()
    assert redis_ledger.find_busy(["甲"]) == set()


@pytest.mark.parametrize("way", ["finish", "hand_over", "put_aside"])
def test_a_beat_right_after_a_lease_was_given_back_does_not_renew_it(
    redis_ledger: RedisLeaseStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    run_script = redis_ledger._run_script

    def renew_after(name: str, *arguments: object) -> object:
        answer = run_script(name, *arguments)
        if name == way:
            redis_ledger.renew()
        return answer

    monkeypatch.setattr(redis_ledger, "_run_script", renew_after)
    redis_ledger.start("甲", "convert")
    give_back(redis_ledger, way)
    assert redis_ledger.list_running() == []
    assert redis_ledger.start("甲", "index")


@pytest.mark.parametrize("way", ["finish", "hand_over", "put_aside"])
def test_a_lease_given_back_during_a_beat_stays_given_back(
    redis_ledger: RedisLeaseStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    pipelined, other = redis_ledger._pipelined, threading.Thread(target=give_back, args=(redis_ledger, way))

    def late(commands: Sequence[tuple[object, ...]]) -> list[object]:
        if commands and commands[0][0] == "ZADD":
            other.start()
            other.join(0.3)  # it is through by now, or waits for the beat to end
        return pipelined(commands)

    redis_ledger.start("甲", "convert")
    monkeypatch.setattr(redis_ledger, "_pipelined", late)
    redis_ledger.renew()
    monkeypatch.setattr(redis_ledger, "_pipelined", pipelined)
    other.join()
    assert redis_ledger.list_running() == []
    assert redis_ledger.start("甲", "index")


def test_the_stage_a_process_has_come_to_is_shown_with_the_next_beat(redis_ledger: RedisLeaseStore) -> None:
    redis_ledger.start("甲", "convert")
    redis_ledger.set_stage("甲", "extract")
    redis_ledger.renew()
    assert [one.stage for one in redis_ledger.list_running()] == ["extract"]


def give_back(ledger: LeaseStore, way: str) -> None:
    """Give the lease of 甲 back in one of the three ways."""
    {
        "finish": lambda: ledger.finish("甲"),
        "hand_over": lambda: ledger.hand_over("甲"),
        "put_aside": lambda: ledger.put_aside("甲", time.time()),
    }[way]()
