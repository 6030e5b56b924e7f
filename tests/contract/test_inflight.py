"""The ledger of work in flight: one class of assertions for every backend."""

import time
from collections.abc import Iterator

import pytest

from workers.inflight import Inflight, MemoryInflight
from workers.inflight_redis import RedisInflight
from workers.settings import load


class InflightContract:
    @pytest.fixture
    def ledger(self) -> Inflight:
        raise NotImplementedError

    def test_a_key_that_waits_already_needs_no_second_message(self, ledger: Inflight) -> None:
        assert ledger.wait(["甲", "乙", "甲"]) == ["甲", "乙"]
        assert ledger.wait(["乙", "丙"]) == ["丙"]

    def test_a_key_whose_message_was_not_sent_can_be_marked_again(self, ledger: Inflight) -> None:
        ledger.wait(["甲"])
        ledger.unwait(["甲"])
        assert ledger.wait(["甲"]) == ["甲"]

    def test_an_event_after_the_start_needs_a_message_of_its_own(self, ledger: Inflight) -> None:
        ledger.wait(["甲"])
        assert ledger.start("甲")
        assert ledger.wait(["甲"]) == ["甲"]

    def test_two_never_hold_one_key_and_the_holder_learns_of_the_other(self, ledger: Inflight) -> None:
        assert ledger.start("甲")
        assert not ledger.start("甲")
        assert ledger.finish("甲")
        assert ledger.start("甲")
        assert not ledger.finish("甲")

    def test_a_key_handed_over_waits_until_the_next_stage_starts(self, ledger: Inflight) -> None:
        ledger.start("甲")
        ledger.hand_over("甲")
        assert ledger.busy(["甲"]) == {"甲"}
        assert ledger.wait(["甲"]) == []
        assert ledger.start("甲")

    def test_running_keys_are_busy_whatever_the_time_and_waiting_ones_since_then(self, ledger: Inflight) -> None:
        ledger.start("甲")
        ledger.wait(["乙"])
        assert ledger.busy(["甲", "乙", "丙"]) == {"甲", "乙"}
        assert ledger.busy(["甲", "乙", "丙"], waiting_since=time.time() + 60) == {"甲"}

    def test_counts_follow_what_waits_and_runs(self, ledger: Inflight) -> None:
        ledger.wait(["甲", "乙"])
        ledger.start("乙")
        counts = ledger.counts()
        assert (counts.waiting, counts.running) == (1, 1)
        assert 0 <= counts.oldest_seconds < 60

    def test_nothing_in_nothing_out(self, ledger: Inflight) -> None:
        assert ledger.wait([]) == []
        assert ledger.busy([]) == set()
        assert ledger.counts().oldest_seconds == pytest.approx(0.0, abs=1.0)


class TestMemoryInflight(InflightContract):
    @pytest.fixture
    def ledger(self) -> Inflight:
        return MemoryInflight()


@pytest.mark.redis
class TestRedisInflight(InflightContract):
    @pytest.fixture
    def ledger(self, redis_url: str) -> Iterator[Inflight]:
        settings = load({"GONGKAI_BROKER_URL": redis_url, "GONGKAI_BROKER_PREFIX": f"test:{time.time_ns()}:"})
        ledger = RedisInflight(settings)
        yield ledger
        ledger.close()

    def test_a_lease_that_nobody_renews_runs_out(self, ledger: Inflight, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("workers.inflight_redis.LEASE_SECONDS", -1.0)
        assert ledger.start("甲")
        assert ledger.start("甲")
