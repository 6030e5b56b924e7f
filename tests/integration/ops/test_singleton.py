"""One process at a time, on Redis and on the embedded system by the same assertions."""

import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from ops.saved_search_alerts import singleton as leases
from ops.saved_search_alerts.singleton import exclusive
from schemas.errors import DependencyError
from workers.settings import Settings, load


@pytest.fixture(params=["embedded", pytest.param("redis", marks=pytest.mark.redis)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "embedded":
        return load({"GONGKAI_DATA_DIR": str(tmp_path)})
    return redis_settings(request.getfixturevalue("redis_url"))


def redis_settings(url: str) -> Settings:
    return load({"GONGKAI_BROKER_URL": url, "GONGKAI_BROKER_PREFIX": f"test:{time.time_ns()}:"})


def test_a_second_one_is_kept_out_until_the_first_ends(settings: Settings) -> None:
    with (
        exclusive(settings, "notify") as first,
        exclusive(settings, "notify") as second,
        exclusive(settings, "other") as other,
    ):
        assert (first, second, other) == (True, False, True)
    with exclusive(settings, "notify") as again:
        assert again


def test_one_with_patience_waits_for_its_turn(settings: Settings) -> None:
    with ExitStack() as first:
        assert first.enter_context(exclusive(settings, "notify"))
        with exclusive(settings, "notify", patience=0.2) as second:
            assert not second
        threading.Timer(0.3, first.close).start()
        with exclusive(settings, "notify", patience=20) as second:
            assert second


def test_an_error_lets_go(settings: Settings) -> None:
    with pytest.raises(KeyError), exclusive(settings, "notify"):
        raise KeyError
    with exclusive(settings, "notify") as again:
        assert again


@pytest.mark.redis
def test_work_that_takes_longer_than_a_lease_stays_alone(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 0.6)
    settings = redis_settings(redis_url)
    with exclusive(settings, "notify") as first:
        time.sleep(1.5)
        with exclusive(settings, "notify") as second:
            assert (first, second) == (True, False)


@pytest.mark.redis
def test_one_that_died_keeps_the_others_out_for_a_lease_only(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE_SECONDS", 0.6)
    settings = redis_settings(redis_url)
    with exclusive(settings, "notify"):
        # As a death leaves it: nobody renews.
        monkeypatch.setattr("redis.lock.Lock.reacquire", lambda lock: None)
        with exclusive(settings, "notify") as second:
            assert not second
        time.sleep(1.0)
        with exclusive(settings, "notify") as third:
            assert third


def test_a_redis_that_is_away_is_named() -> None:
    with pytest.raises(DependencyError, match="Redis"), exclusive(redis_settings("redis://127.0.0.1:1/0"), "notify"):
        pass
