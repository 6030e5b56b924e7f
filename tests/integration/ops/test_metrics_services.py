"""Numbers of the processes on the real servers: what prefork children count is on their worker's port."""

import time
import urllib.error
import urllib.request
from contextlib import ExitStack

import pytest
import redis
from prometheus_client.parser import text_string_to_metric_families

from ops.adapters.access_keys import KeyStore
from ops.monitoring.gauges import gauges
from ops.system import open_system
from ops.testservers import free_port
from schemas.access import Scope
from search.http.access_keys import make_key
from tests.support import story
from tests.support.app_processes import Services
from workers.settings import load
from workers.tasks.admission import Admission
from workers.telemetry.last_hour import MINUTE, SLOWEST, Hour, Slow
from workers.telemetry.last_hour_store import open_board

pytestmark = [pytest.mark.redis, pytest.mark.s3, pytest.mark.elasticsearch]


def numbers(port: int, key: str = "") -> dict[str, float]:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/metrics")
    if key:
        asked.add_header("Authorization", f"Bearer {key}")
    with urllib.request.urlopen(asked, timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {
            sample.name + "".join(f"|{value}" for _, value in sorted(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }


def reads(port: int, name: str, wanted: float, key: str = "") -> bool:
    try:
        return numbers(port, key).get(name) == wanted
    except OSError:
        return False


def operate_key(services: Services) -> str:
    secret, key = make_key("test", [Scope.OPERATE])
    KeyStore(services.system.context.derived).add(key)
    return secret


def test_work_of_prefork_children_and_outcomes_are_counted_once(services: Services) -> None:
    documents, index, api = free_port(), free_port(), int(services.variables["GONGKAI_API_PORT"])
    stages = ["--stages", "convert,normalize,extract", "--concurrency", "2"]
    inbox, key = services.system.context.inbox, operate_key(services)
    with ExitStack() as stack:
        stack.enter_context(services.process("worker", *stages, "--metrics-port", str(documents)))
        stack.enter_context(services.process("worker", "--stages", "index", "--metrics-port", str(index)))
        stack.enter_context(services.process("api"))
        for n in range(6):
            inbox.write(f"{n}.txt", story.FIRST.encode() + bytes([48 + n]))
        inbox.write("empty.pdf", b"")
        services.system.sweep()
        story.until(lambda: reads(index, "gongkai_documents_total|none|txt|indexed", 6), "six outcomes to be counted")
        story.until(lambda: reads(documents, "gongkai_work_seconds_count|txt|convert", 6), "the children to tell")
        story.until(lambda: reads(api, "gongkai_records|failed", 1, key), "the failure to be on record")
        found = numbers(documents)
        assert found["gongkai_wait_seconds_count|txt|convert"] == 6
        assert "gongkai_documents_total|none|txt|indexed" not in found
        assert numbers(index)["gongkai_index_bulk_seconds_count"] > 0
        now = numbers(api, key)
        assert now["gongkai_records|indexed"] == 6
        assert (
            now["gongkai_server_up|broker"] == now["gongkai_server_up|index"] == now["gongkai_server_up|objects"] == 1
        )
        assert now["gongkai_queue_messages|convert"] == 0
        assert now["gongkai_running_documents"] == 0
        board = open_board(services.system.settings)
        story.until(lambda: board.read().by_state() == {"indexed": 6, "failed": 1}, "the last hour to be known")
        assert board.read().by_category() == {"empty": 1}
        assert len(board.read().slowest) == 7


def test_waiting_messages_and_their_age_are_told(services: Services) -> None:
    services.system.context.inbox.write("a.txt", b"a")
    services.system.sweep()
    system = services.system
    assert gauges(system)["waiting_documents", ()] == [1.0]
    assert gauges(system)["queue_messages", ("convert",)] == [0.0]  # no worker has admitted it
    find_recorded = system.context.index.find_recorded
    assert Admission(system.dispatch, system.context.inflight, find_recorded=find_recorded).admit() == 1
    time.sleep(0.05)
    found = gauges(system)
    assert found["queue_messages", ("convert",)] == [1.0]
    assert found["waiting_documents", ()] == [1.0]
    assert found["queue_oldest_seconds", ("convert",)][0] >= 0.05
    assert found["oldest_waiting_seconds", ()][0] >= 0.05
    redis.Redis.from_url(services.variables["GONGKAI_BROKER_URL"]).rpush(services.system.settings.events_list, "x")
    assert gauges(services.system)["events_waiting", ()] == [1.0]


def test_a_server_that_is_down_is_told_and_the_others_still_are(services: Services) -> None:
    with open_system(load({**services.variables, "GONGKAI_INDEX_URL": "http://127.0.0.1:9"})) as system:
        found = gauges(system)
    assert found["server_up", ("index",)] == [0.0]
    assert found["server_up", ("broker",)] == [1.0]
    assert ("records", ("indexed",)) not in found
    assert found["waiting_documents", ()] == [0.0]


def test_the_board_on_redis_adds_up_what_processes_bring_and_lets_it_expire(services: Services) -> None:
    settings = services.system.settings
    first, second = open_board(settings), open_board(settings)
    now = int(time.time()) // MINUTE * MINUTE
    slow = tuple(Slow(float(n), f"{n}\n|.pdf", now) for n in range(SLOWEST))
    first.add(Hour({(now, "indexed", ""): 2}, slow))
    second.add(Hour({(now, "indexed", ""): 1, (now, "failed", "corrupt"): 1}, (Slow(99.0, "慢.pdf", now),)))
    hour = second.read()
    assert hour.by_minute() == {now: 4}
    assert hour.by_category() == {"corrupt": 1}
    assert [one.key for one in hour.slowest][:2] == ["慢.pdf", f"{SLOWEST - 1}\n|.pdf"]
    assert len(hour.slowest) == SLOWEST
    client = redis.Redis.from_url(services.variables["GONGKAI_BROKER_URL"], decode_responses=True)
    names = client.keys("gongkai:hour:*") + client.keys("gongkai:slowest:*")
    assert names
    assert all(client.ttl(name) > 0 for name in names)


def test_metrics_of_the_api_are_for_keys_that_may_operate(services: Services) -> None:
    port, key = int(services.variables["GONGKAI_API_PORT"]), operate_key(services)
    with services.process("api"):
        story.until(lambda: reads(port, "gongkai_server_up|broker", 1, key), "the API")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            numbers(port)
