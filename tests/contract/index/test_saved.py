"""What saved searches need of every index: records by time, and searching in named documents only."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import document_id
from search.protocol import Index
from tests.support.disclosures import record_of, row_of
from tests.support.fakes.records import MemoryRecords


def test_records_since_a_moment_come_in_the_order_of_their_times(records: Index | MemoryRecords) -> None:
    times = {"c": 1_790_000_000.25, "a": 1_790_000_000.5, "d": 1_790_000_000.5, "b": 1_790_000_003.125}
    for key, moment in times.items():
        records.replace(record_of(key, indexed_at=moment), [])
    found = list(records.recorded_since(1_790_000_000.5))
    assert [record.key for record in found[2:]] == ["b"]
    assert sorted(record.key for record in found[:2]) == ["a", "d"]
    assert found[2].indexed_at == 1_790_000_003.125
    assert len(list(records.recorded_since(0))) == 4
    assert list(records.recorded_since(1_790_000_004)) == []


def test_more_records_than_a_page_at_the_same_moment_come_once_each(records: Index | MemoryRecords) -> None:
    made = [record_of(f"{number}", indexed_at=1_790_000_000.0 + number // 600) for number in range(1_030)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda record: records.replace(record, []), made))
    found = [record.key for record in records.recorded_since(1_790_000_000.0)]
    assert len(found) == len(set(found)) == 1_030


def test_a_record_that_was_replaced_is_listed_at_its_new_time_only(records: Index | MemoryRecords) -> None:
    records.replace(record_of("a", indexed_at=10.0), [])
    records.replace(record_of("a", indexed_at=20.0), [])
    assert [record.indexed_at for record in records.recorded_since(5.0)] == [20.0]


def test_the_newest_records_come_first_also_of_one_state(records: Index | MemoryRecords) -> None:
    for key, moment, state in (("a", 30.0, State.FAILED), ("b", 40.5, State.INDEXED), ("c", 10.0, State.FAILED)):
        records.replace(replace(record_of(key, indexed_at=moment), state=state), [])
    records.refresh()
    assert [record.key for record in records.newest_records(limit=2)] == ["b", "a"]
    assert [record.key for record in records.newest_records(state=State.FAILED, limit=9)] == ["a", "c"]
    assert records.newest_records(state=State.HELD, limit=9) == []


def test_a_search_in_named_documents_finds_nothing_else(index: Index) -> None:
    for key in ("x/1", "x/2", "y/3"):
        index.replace(record_of(key), [row_of(key, 0, 0, f"依申请公开{key}件")])
    index.refresh()
    wanted = tuple(document_id(key) for key in ("x/2", "y/3", "nothing"))
    found = index.search(Query("依申请公开", documents=wanted, fold=False))
    assert sorted(hit.key for hit in found.hits) == ["x/2", "y/3"]
    assert found.documents == 2
    assert [hit.key for hit in index.search(Query("", documents=wanted, prefix="x/")).hits] == ["x/2"]
