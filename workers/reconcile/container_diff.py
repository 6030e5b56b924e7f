"""Containers and their children in a stream of records: what a sweep notices of them, in memory for one branch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.families import CHILD_MARK, NO_CHILDREN, with_child
from schemas.outcomes import State
from schemas.records import RecordKey

FamilyReason = Literal["children", "outdated", "released", "gone"]


@dataclass(slots=True)
class _Container:
    record: RecordKey
    end: bytes
    mark: str = NO_CHILDREN


class ContainerDiff:
    """The containers whose children may still come; those of one branch, however many records pass by."""

    def __init__(self, versions: dict[str, int], released: Callable[[RecordKey], bool]) -> None:
        self._versions = versions
        self._released = released
        self._open: list[_Container] = []

    def see(self, record: RecordKey) -> Iterator[tuple[str, FamilyReason]]:
        """Take the next record, ascending by the bytes of its key; yield the keys found to disagree, and how."""
        here = _bytes(record.key)
        while self._open and here >= self._open[-1].end:
            yield from self._close()
        if record.state is State.REMOVED:
            return
        if record.parent is not None:
            yield from self._see_child(record)
        if record.children_mark:
            self._open.append(_Container(record, _bytes(record.key + CHILD_MARK) + b"\xff"))

    def rest(self) -> Iterator[tuple[str, FamilyReason]]:
        """Yield what is known once no record follows."""
        while self._open:
            yield from self._close()

    def _see_child(self, record: RecordKey) -> Iterator[tuple[str, FamilyReason]]:
        container = next((each for each in reversed(self._open) if each.record.key == record.parent), None)
        if container is None:
            yield record.key, "gone"
            return
        container.mark = with_child(container.mark, record.key, record.etag)
        if record.stages != self._versions:
            yield record.key, "outdated"
        elif self._released(record):
            yield record.key, "released"

    def _close(self) -> Iterator[tuple[str, FamilyReason]]:
        container = self._open.pop()
        if container.mark != container.record.children_mark:
            yield container.record.key, "children"


def _bytes(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
