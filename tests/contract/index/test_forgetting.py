"""What is forgotten is in no listing and no count; the rest stays, and the same key may come again."""

from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from search.protocol import Index
from tests.support.fakes.records import MemoryRecords


def removed(key: str) -> DocumentRecord:
    return DocumentRecord(document_id(key), key, "", State.REMOVED)


def test_forgotten_records_are_gone_and_may_come_again(records: Index | MemoryRecords) -> None:
    for key in ("甲.txt", "乙.txt"):
        records.replace(removed(key), ())
    records.forget([document_id("甲.txt"), document_id("没有.txt")])
    assert records.record(document_id("甲.txt")) is None
    assert [found.key for found in records.record_keys()] == ["乙.txt"]
    assert records.counts() == {State.REMOVED: 1}
    records.replace(removed("甲.txt"), ())
    assert records.record(document_id("甲.txt")) == removed("甲.txt")
