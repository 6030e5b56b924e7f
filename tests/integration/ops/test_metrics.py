"""Numbers are counted once, in every process, forked children included, and hold nothing of documents."""

import os
import time
import urllib.request
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ops.monitoring.prometheus import MetricsCollector, registry, render, serve_metrics
from ops.testservers import free_port
from schemas.errors import SettingsError
from schemas.events import ObjectEvent
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord
from workers.settings import load
from workers.telemetry import instrument
from workers.telemetry.definitions import FAMILIES
from workers.telemetry.fork_relay import Relay
from workers.telemetry.last_hour import MINUTE, Hour, MemoryBoard, Recent, Slow, last_hour
from workers.telemetry.recorder import RECORDER, Recorder


def samples(recorder: Recorder) -> dict[str, float]:
    text = render(registry(MetricsCollector(recorder)), "")[0].decode()
    return {
        sample.name + "".join(f"|{value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def counted() -> Iterator[Recorder]:
    """The recorder of this process, empty before and after."""
    RECORDER.drain()
    yield RECORDER
    RECORDER.drain()


def record(key: str, **fields: object) -> DocumentRecord:
    known: dict[str, object] = {"id": "0", "key": key, "etag": "e", "state": State.INDEXED, "indexed_at": time.time()}
    return DocumentRecord(**{**known, **fields})  # type: ignore[arg-type]


def test_counters_add_histograms_fill_buckets_and_gauges_keep_the_last_value() -> None:
    recorder = Recorder()
    recorder.count("events_total", by=2)
    recorder.count("events_total")
    recorder.set("sweep_objects", 7)
    recorder.set("sweep_objects", 5)
    for seconds in (0.001, 0.3, 1000.0):
        recorder.observe("work_seconds", seconds, "convert", "pdf")
    found = samples(recorder)
    assert found["gongkai_events_total"] == 3
    assert found["gongkai_sweep_objects"] == 5
    assert found["gongkai_work_seconds_bucket|pdf|0.25|convert"] == 1
    assert found["gongkai_work_seconds_bucket|pdf|0.5|convert"] == 2
    assert found["gongkai_work_seconds_bucket|pdf|+Inf|convert"] == 3
    assert found["gongkai_work_seconds_sum|pdf|convert"] == pytest.approx(1000.301)


def test_a_name_that_is_not_in_the_table_cannot_be_counted() -> None:
    with pytest.raises(KeyError):
        Recorder().count("documents_seen_total")


def test_every_family_follows_the_conventions_of_names() -> None:
    for name, family in FAMILIES.items():
        assert name.endswith("_total") == (family.kind == "counter"), name
        assert bool(family.bounds) == (family.kind == "histogram"), name
        assert list(family.bounds) == sorted(family.bounds), name


def test_what_forked_children_count_reaches_their_parent_once() -> None:
    recorder = Recorder()
    recorder.count("events_total", by=10)
    relay = Relay(recorder)
    children = [os.fork() for _ in range(3) if os.getpid() == PARENT]
    if os.getpid() != PARENT:
        relay.send_regularly()
        recorder.count("events_total")
        recorder.observe("work_seconds", 0.3, "convert", "pdf")
        relay.end()
        os._exit(0)
    for child in children:
        os.waitpid(child, 0)
    relay.receive()
    deadline = time.monotonic() + 30
    while samples(recorder).get("gongkai_work_seconds_count|pdf|convert") != 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    found = samples(recorder)
    assert found["gongkai_events_total"] == 13
    assert found["gongkai_work_seconds_count|pdf|convert"] == 3


PARENT = os.getpid()


def test_a_child_whose_parent_is_gone_keeps_counting() -> None:
    recorder = Recorder()
    relay = Relay(recorder)
    relay._inbound.close()
    recorder.count("events_total")
    relay.flush()
    assert samples(recorder)["gongkai_events_total"] == 1


def test_no_key_and_no_address_of_a_server_becomes_a_label(counted: Recorder) -> None:
    instrument.count_taken("convert", "张三/身份证11010519491231002X.pdf", published=time.time() - 2, redelivered=True)
    instrument.count_work("convert", "密码.秘密", seconds=0.1)
    instrument.count_wait("index http://user:secret@10.0.0.7:9200")
    instrument.count_outcome(
        record("李四的病历.docx", format="docx", state=State.FAILED, category=Category.CORRUPT), asked_at=0.0
    )
    text = render(registry(MetricsCollector(counted)), "")[0].decode()
    for private in ("张三", "11010519491231002X", "密码", "秘密", "10.0.0.7", "secret", "李四", "病历"):
        assert private not in text
    assert 'gongkai_server_waits_total{server="index"} 1.0' in text
    assert 'gongkai_documents_total{category="corrupt",format="docx",state="failed"} 1.0' in text
    assert 'gongkai_redeliveries_total{stage="convert"} 1.0' in text


def test_the_lag_of_events_is_measured_where_they_bear_a_time(counted: Recorder) -> None:
    events = [ObjectEvent("a", at="2026-01-01T00:00:00.000Z"), ObjectEvent("b", at="no time"), ObjectEvent("c")]
    assert list(instrument.count_events(events)) == events
    found = samples(counted)
    assert found["gongkai_events_total"] == 3
    assert found["gongkai_event_lag_seconds_count"] == 1


def test_nothing_is_counted_where_the_setting_says_so(counted: Recorder) -> None:
    counted.enabled = False
    try:
        instrument.count_outcome(record("a.txt"), asked_at=0.0)
        instrument.count_work("convert", "a.txt", seconds=1.0)
        assert counted.snapshot() == {}
    finally:
        counted.enabled = True


def test_a_process_shows_its_numbers_on_a_port_of_its_own(counted: Recorder) -> None:
    port = free_port()
    instrument.count_sweep({"missing": 2}, objects=10, sent=2, seconds=0.5, whole=True)
    with (
        serve_metrics(load({}), port=port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer,
    ):
        text = answer.read().decode()
    assert 'gongkai_sweep_differences_total{reason="missing"} 2.0' in text
    assert "process_resident_memory_bytes" in text


def test_a_port_that_is_taken_stops_the_start_and_is_named() -> None:
    port = free_port()
    with (
        serve_metrics(load({}), port=port),
        pytest.raises(SettingsError, match=f"GONGKAI_METRICS_PORT {port}"),
        serve_metrics(load({}), port=port),
    ):
        pass


def test_the_last_hour_is_kept_by_minute_and_what_is_older_is_let_go() -> None:
    now = int(time.time()) // MINUTE * MINUTE
    board = MemoryBoard()
    board.add(Hour({(now, "indexed", ""): 2, (now - 7200, "indexed", ""): 9}, (Slow(3.0, "慢.pdf", now),)))
    board.add(Hour({(now, "failed", "corrupt"): 1}, (Slow(9.0, "更慢.pdf", now), Slow(99.0, "旧.pdf", now - 7200))))
    hour = board.read()
    assert hour.by_minute() == {now: 3}
    assert hour.by_state() == {"indexed": 2, "failed": 1}
    assert hour.by_category() == {"corrupt": 1}
    assert [slow.key for slow in hour.slowest] == ["更慢.pdf", "慢.pdf"]


def test_of_many_slow_documents_the_slowest_are_kept() -> None:
    recent = Recent()
    recent.enabled = True
    for n in range(100):
        recent.note(record(f"{n}.txt", seconds=float(n)))
    hour = last_hour(recent.take().cells.items(), ())
    assert sum(hour.cells.values()) == 100
    for n in range(100):
        recent.note(record(f"{n}.txt", seconds=float(n)))
    assert sorted(slow.seconds for slow in recent.take().slowest) == [float(n) for n in range(90, 100)]
    assert recent.take() == Hour()
