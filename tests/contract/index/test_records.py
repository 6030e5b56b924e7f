"""Records are listed, streamed and counted."""

from concurrent.futures import ThreadPoolExecutor

from schemas.outcomes import State
from schemas.records import RecordKey
from search.protocol import Index
from tests.support.disclosures import record_of
from tests.support.fakes.records import MemoryRecords


def test_keys_stream_in_the_order_of_their_bytes(records: Index | MemoryRecords) -> None:
    long = "容器.zip!/" + "很长的文件名" * 2_000
    keys = [
        "a",
        "A",
        "a/b",
        "a b",
        "a-b",
        "é",
        "e\u0301",
        "中",
        "㐀",
        "𠀀",
        "\uffee",
        "😀",
        "z",
        "~",
        "%41",
        "+",
        "!",
        long + "2",
        long,
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: records.replace(record_of(key), []), keys))
    records.refresh()
    ascending = sorted(keys, key=str.encode)
    assert [each.key for each in records.record_keys()] == ascending
    assert list(records.record_keys("a")) == [
        RecordKey(key, f"etag of {key}", State.INDEXED, {"convert": 1, "index": 2})
        for key in ascending
        if key[0] == "a"
    ]
    assert [each.key for each in records.record_keys("容器.zip!/")] == [long, long + "2"]
    assert [each.key for each in records.record_keys(long + "2")] == [long + "2"]
    assert [each.key for each in records.records("a", limit=2)] == ["a", "a b"]
    for n, key in enumerate(ascending):
        assert [each.key for each in records.records(after=key)] == ascending[n + 1 :]


def test_keys_of_records_tell_what_a_sweep_compares_of_containers(records: Index | MemoryRecords) -> None:
    container = record_of("a.zip", container=True, children_emitted=1, children_mark="0123456789abcdef")
    for record in (container, record_of("a.zip!/b.txt", parent="a.zip")):
        records.replace(record, [])
    records.refresh()
    found = [(each.key, each.parent, each.children_mark) for each in records.record_keys("a.zip")]
    assert found == [("a.zip", None, "0123456789abcdef"), ("a.zip!/b.txt", "a.zip", "")]


def test_a_listing_longer_than_any_page_is_complete(records: Index | MemoryRecords) -> None:
    keys = [f"{number:05}" for number in range(2_500)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda key: records.replace(record_of(key), []), keys))
    records.refresh()
    assert [each.key for each in records.record_keys()] == keys
    assert [each.key for each in records.record_keys("01")] == keys[1000:2000]


def test_records_are_filtered_and_counted_by_prefix_and_state(records: Index | MemoryRecords) -> None:
    states = {
        "x/1": State.FAILED,
        "x/2": State.INDEXED,
        "x/3": State.HELD,
        "y/1": State.FAILED,
        "x*/4": State.REMOVED,
    }
    for key, state in states.items():
        records.replace(record_of(key, state=state), [])
    records.refresh()
    assert [record.key for record in records.records()] == sorted(states)
    assert [record.key for record in records.records("x/", states=[State.FAILED, State.HELD])] == ["x/1", "x/3"]
    assert [record.key for record in records.records("x*")] == ["x*/4"]
    assert [record.key for record in records.records(limit=2)] == ["x*/4", "x/1"]
    assert [record.key for record in records.records(after="x/1")] == ["x/2", "x/3", "y/1"]
    assert [record.key for record in records.records("x", states=[State.FAILED, State.HELD], after="x/1")] == ["x/3"]
    assert [record.key for record in records.records("x/", after="x/2", limit=1)] == ["x/3"]
    assert records.records("x/", after="x/3") == []
    assert records.counts("x/") == {State.FAILED: 1, State.INDEXED: 1, State.HELD: 1}
    assert records.counts() == {State.FAILED: 2, State.INDEXED: 1, State.HELD: 1, State.REMOVED: 1}
    assert records.counts("nothing") == {}
