"""The ledger of work in flight: one class of assertions for every backend."""

import os
import time

import pytest

from schemas.journeys import Journey, Step
from tests.support.lease_stores import put_in_queue
from workers.leases.fair_queue import INTAKE
from workers.leases.memory_store import MemoryLeaseStore
from workers.leases.protocol import LeaseStart, LeaseStore, TakenScan
from workers.leases.redis.store import RedisLeaseStore
from workers.pipeline.stage_names import CONVERT, SCAN


class InflightContract:
    @pytest.fixture
    def ledger(self) -> LeaseStore:
        raise NotImplementedError

    def test_a_key_that_waits_already_needs_no_second_message(self, ledger: LeaseStore) -> None:
        assert put_in_queue(ledger, "甲", "乙", "甲") == ["乙", "甲"]
        assert put_in_queue(ledger, "乙", "丙") == ["丙"]

    def test_a_key_whose_message_was_not_sent_can_be_marked_again(self, ledger: LeaseStore) -> None:
        put_in_queue(ledger, "甲")
        ledger.cancel_wait(["甲"])
        assert put_in_queue(ledger, "甲") == ["甲"]

    def test_an_event_after_the_start_needs_a_message_of_its_own(self, ledger: LeaseStore) -> None:
        put_in_queue(ledger, "甲")
        assert ledger.start("甲")
        assert put_in_queue(ledger, "甲") == ["甲"]

    def test_two_never_hold_one_key_and_the_holder_learns_of_the_other(self, ledger: LeaseStore) -> None:
        assert ledger.start("甲")
        assert not ledger.start("甲")
        assert ledger.finish("甲")
        assert ledger.start("甲")
        assert not ledger.finish("甲")

    def test_a_key_handed_over_waits_until_the_next_stage_starts(self, ledger: LeaseStore) -> None:
        ledger.start("甲")
        ledger.hand_over("甲")
        assert ledger.find_busy(["甲"]) == {"甲"}
        assert put_in_queue(ledger, "甲") == []
        assert ledger.start("甲")

    def test_what_arrives_between_two_stages_is_started_again_at_the_end(self, ledger: LeaseStore) -> None:
        ledger.start("甲", CONVERT, looks=True)
        ledger.hand_over("甲")
        assert ledger.line_up(["甲"]) == 0
        assert ledger.start("甲", "index")
        assert ledger.finish("甲")

    def test_what_arrives_before_the_object_is_looked_at_needs_no_second_look(self, ledger: LeaseStore) -> None:
        ledger.line_up(["甲"])
        ledger.admit("q", 8)
        assert ledger.line_up(["甲"]) == 0
        assert ledger.start("甲", CONVERT, looks=True)
        ledger.hand_over("甲")
        assert ledger.start("甲", "index")
        assert not ledger.finish("甲")

    def test_whoever_hands_over_learns_how_many_wait(self, ledger: LeaseStore) -> None:
        put_in_queue(ledger, "乙", "丙")
        ledger.start("甲", CONVERT, looks=True)
        assert ledger.hand_over("甲") == 3

    def test_how_a_key_came_is_noted_until_it_is_taken(self, ledger: LeaseStore) -> None:
        first, second = (Journey(trace, 1.5, (Step("upload", 1.5, 0.25, 1, "a:1"),)) for trace in ("a1", "b2"))
        ledger.keep_journey(["甲", "乙"], first)
        ledger.keep_journey(["乙"], second)
        assert ledger.take_journeys(["甲", "乙", "丙"]) == {"甲": first, "乙": second}
        assert ledger.take_journeys(["甲", "乙"]) == {}
        assert ledger.take_journeys([]) == {}

    def test_running_keys_are_busy_whatever_the_time_and_waiting_ones_since_then(self, ledger: LeaseStore) -> None:
        ledger.start("甲")
        put_in_queue(ledger, "乙")
        assert ledger.find_busy(["甲", "乙", "丙"]) == {"甲", "乙"}
        assert ledger.find_busy(["甲", "乙", "丙"], waiting_since=time.time() + 60) == {"甲"}

    def test_what_runs_is_listed_with_stage_attempt_and_since_when(self, ledger: LeaseStore) -> None:
        before = time.time()
        ledger.start("甲", "convert")
        ledger.start("乙", "index")
        first, second = ledger.list_running()
        assert (first.key, first.stage, first.attempt, first.alive) == ("甲", "convert", 1, True)
        assert before <= first.since <= second.since <= time.time()
        assert str(os.getpid()) in first.worker
        ledger.finish("甲")
        ledger.hand_over("乙")
        assert ledger.list_running() == []

    def test_nothing_is_lost_while_all_is_well(self, ledger: LeaseStore) -> None:
        put_in_queue(ledger, "甲", "乙")
        ledger.start("甲", "convert")
        assert ledger.list_lost(time.time() - 60) == []

    def test_who_started_and_ended_well_has_no_crash_score(self, ledger: LeaseStore) -> None:
        for _ in range(3):
            assert ledger.start("甲") == LeaseStart(attempt=1, crash_score=0)
            ledger.finish("甲")

    def test_a_small_upload_is_not_behind_a_large_one(self, ledger: LeaseStore) -> None:
        ledger.line_up([f"大/{n}" for n in range(100)])
        ledger.line_up([f"小/{n}" for n in range(5)])
        admitted = [key for key, _ in ledger.admit("q", 10)]
        assert [key for key in admitted if key.startswith("小/")] == [f"小/{n}" for n in range(5)]
        assert len(admitted) == 10

    def test_a_large_upload_is_served_however_many_small_ones_come(self, ledger: LeaseStore) -> None:
        ledger.line_up([f"大/{n}" for n in range(9)])
        for n in range(12):
            ledger.line_up([f"小{n}/1", f"小{n}/2"])
        admitted = [key for key, _ in ledger.admit("q", 24)]
        assert [key for key in admitted if key.startswith("大/")] == [f"大/{n}" for n in range(6)]

    def test_within_a_lane_the_first_is_first_and_told_when_it_came(self, ledger: LeaseStore) -> None:
        before = time.time()
        for key in ("a/2", "a/1", "a/3"):
            ledger.line_up([key])
        (first, since), *others = ledger.admit("q", 8)
        assert [first, *(key for key, _ in others)] == ["a/2", "a/1", "a/3"]
        assert before - 0.001 <= since <= time.time()

    def test_an_object_in_a_lane_waits_once_and_is_busy(self, ledger: LeaseStore) -> None:
        assert ledger.line_up(["a/1", "a/1", "b"]) == 2
        assert ledger.line_up(["a/1"]) == 0
        assert ledger.find_busy(["a/1", "b", "c"]) == {"a/1", "b"}
        assert (ledger.counts().waiting, ledger.counts().unadmitted) == (2, 2)
        assert len(ledger.admit("q", 8)) == 2
        assert ledger.line_up(["a/1"]) == 0
        assert (ledger.counts().waiting, ledger.counts().unadmitted) == (2, 0)
        assert ledger.start("a/1")
        assert ledger.line_up(["a/1"]) == 1

    def test_no_more_are_admitted_than_the_queue_has_room_for(self, ledger: LeaseStore) -> None:
        ledger.line_up([f"a/{n}" for n in range(300)])
        assert len(ledger.admit("q", 64)) == 64
        assert ledger.counts().unadmitted == 236

    def test_nothing_is_admitted_while_intake_is_paused(self, ledger: LeaseStore) -> None:
        ledger.line_up(["a/1"])
        ledger.pause([INTAKE, "index"])
        assert ledger.list_paused() == {INTAKE, "index"}
        assert ledger.admit("q", 8) == []
        ledger.resume([INTAKE])
        assert ledger.list_paused() == {"index"}
        assert [key for key, _ in ledger.admit("q", 8)] == ["a/1"]

    def test_a_scan_put_aside_waits_apart_and_is_taken_with_its_lease(self, ledger: LeaseStore) -> None:
        ledger.start("甲", CONVERT, looks=True)
        assert not ledger.put_aside("甲", 100.0)
        counts = ledger.counts()
        assert (counts.waiting, counts.scans, counts.running) == (1, 1, 0)
        assert counts.scan_seconds > counts.oldest_seconds
        assert ledger.find_busy(["甲"], waiting_since=time.time() + 60) == {"甲"}
        assert ledger.list_lost(time.time() + 60) == []
        assert ledger.count_scan_room(SCAN) == 1
        assert ledger.take_scan(SCAN) == TakenScan("甲", 100.0, LeaseStart())
        assert ledger.take_scan(SCAN) is None
        assert ledger.start("甲") is None
        assert ledger.finish("甲")
        assert (ledger.counts().scans, ledger.counts().running) == (0, 0)

    def test_a_scan_looked_at_again_waits_no_more(self, ledger: LeaseStore) -> None:
        ledger.start("甲", CONVERT, looks=True)
        ledger.put_aside("甲", 100.0)
        assert ledger.start("甲", CONVERT, looks=True)
        assert ledger.take_scan(SCAN) is None
        assert not ledger.finish("甲")

    def test_what_arrives_while_it_is_found_to_be_a_scan_is_told(self, ledger: LeaseStore) -> None:
        ledger.start("甲", CONVERT, looks=True)
        ledger.start("甲", CONVERT, looks=True)
        assert ledger.put_aside("甲", 100.0)

    def test_five_scans_are_not_behind_a_hundred(self, ledger: LeaseStore) -> None:
        for key in [*(f"大/{n}" for n in range(100)), *(f"小/{n}" for n in range(5))]:
            ledger.start(key, CONVERT, looks=True)
            ledger.put_aside(key, 100.0)
        taken = [scan.key for _ in range(8) if (scan := ledger.take_scan(SCAN))]
        assert {f"小/{n}" for n in range(5)} <= set(taken)

    def test_who_admits_is_woken_by_what_is_lined_up(self, ledger: LeaseStore) -> None:
        assert seconds_waited(ledger, 0.3) >= 0.3
        ledger.line_up(["甲"])
        assert seconds_waited(ledger, 4) < 2
        assert seconds_waited(ledger, 0.3) >= 0.3
        ledger.line_up(["甲"])
        assert seconds_waited(ledger, 0.3) >= 0.3

    def test_who_admits_is_woken_where_a_message_was_taken_and_more_keys_wait(self, ledger: LeaseStore) -> None:
        ledger.line_up(["甲", "乙"])
        ((first, _),) = ledger.admit(CONVERT, 1)
        ledger.wait_for_work(1)
        ledger.start(first, CONVERT, looks=True)
        assert seconds_waited(ledger, 4) < 2

    def test_who_admits_is_woken_by_a_scan_put_aside(self, ledger: LeaseStore) -> None:
        ledger.start("甲", CONVERT, looks=True)
        ledger.put_aside("甲", 100.0)
        assert seconds_waited(ledger, 4) < 2

    def test_counts_follow_what_waits_and_runs(self, ledger: LeaseStore) -> None:
        put_in_queue(ledger, "甲", "乙")
        ledger.start("乙")
        counts = ledger.counts()
        assert (counts.waiting, counts.running) == (1, 1)
        assert 0 <= counts.oldest_seconds < 60

    def test_nothing_in_nothing_out(self, ledger: LeaseStore) -> None:
        assert put_in_queue(ledger) == []
        assert ledger.find_busy([]) == set()
        assert ledger.counts().oldest_seconds == pytest.approx(0.0, abs=1.0)


def seconds_waited(ledger: LeaseStore, most: float) -> float:
    began = time.monotonic()
    ledger.wait_for_work(most)
    return time.monotonic() - began + 0.01  # a server's clock may tick in hundredths


class TestMemoryInflight(InflightContract):
    @pytest.fixture
    def ledger(self) -> LeaseStore:
        return MemoryLeaseStore()


@pytest.mark.redis
class TestRedisInflight(InflightContract):
    @pytest.fixture
    def ledger(self, redis_ledger: RedisLeaseStore) -> LeaseStore:
        return redis_ledger
