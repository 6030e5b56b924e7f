"""The list of a container's files, whole or while some are still worked through."""

from schemas.families import CHILD_MARK
from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from search.pages.desk.container_files import list_contained
from tests.support.fakes.records import MemoryRecords

CONTAINER = "市局/档案.zip"


def _record(key: str, state: State = State.INDEXED, *, emitted: int = 0) -> DocumentRecord:
    mark = "mark" if emitted else ""
    return DocumentRecord(
        document_id(key),
        key,
        "1",
        state,
        size=1,
        format="zip" if emitted else "txt",
        stages={},
        children_emitted=emitted,
        children_mark=mark,
        container=bool(emitted),
    )


def test_files_without_a_record_are_counted_until_they_have_one() -> None:
    index, container = MemoryRecords(), _record(CONTAINER, emitted=4)
    index.replace(container, [])
    first = list_contained(index, container, "")
    assert first is not None
    assert (first.files, first.awaited) == ((), 4)

    inner = f"{CONTAINER}{CHILD_MARK}内.zip"
    index.replace(_record(inner, emitted=1), [])
    index.replace(_record(f"{inner}{CHILD_MARK}甲.txt"), [])
    index.replace(_record(f"{CONTAINER}{CHILD_MARK}乙.txt", State.HELD), [])
    index.replace(_record(f"{CONTAINER}{CHILD_MARK}丙.pdf", State.FAILED), [])
    then = list_contained(index, container, "")
    assert then is not None
    assert ([one.path for one in then.files], then.held, then.awaited) == (
        ["丙.pdf", "内.zip", f"内.zip{CHILD_MARK}甲.txt"],
        1,
        1,
    )
    index.replace(_record(f"{CONTAINER}{CHILD_MARK}丁.txt", State.REMOVED), [])
    last = list_contained(index, container, "")
    assert last is not None
    assert last.awaited == 0
