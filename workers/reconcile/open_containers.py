"""Containers whose children may still come, in a stream of records that ascends by key; those of one branch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schemas.families import CHILD_MARK, NO_CHILDREN, with_child
from schemas.outcomes import State
from schemas.records import RecordKey, key_order


@dataclass(slots=True)
class OpenContainer:
    """A container, and the mark of those of its children that have come."""

    record: RecordKey
    mark: str = NO_CHILDREN
    end: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.end = key_order(self.record.key + CHILD_MARK) + b"\xff"

    @property
    def is_complete(self) -> bool:
        """Whether its children are those it was recorded with."""
        return self.mark == self.record.children_mark

    def add(self, child: RecordKey) -> None:
        """Take a child that has come; one that was removed is none."""
        if child.state is not State.REMOVED:
            self.mark = with_child(self.mark, child.key, child.etag)


C = TypeVar("C", bound=OpenContainer)


class OpenContainers(Generic[C]):
    """The containers of one branch, however many records pass by."""

    def __init__(self) -> None:
        self._open: list[C] = []

    def close_before(self, key: str | None) -> Iterator[C]:
        """Yield those of which no child can come any more, innermost first; all where no record follows (None)."""
        here = None if key is None else key_order(key)
        while self._open and (here is None or here >= self._open[-1].end):
            yield self._open.pop()

    def find_parent(self, record: RecordKey) -> C | None:
        """Return the container that a record says it lies in; None where that has not come, or is no container."""
        if record.parent is None:
            return None
        return next((each for each in reversed(self._open) if each.record.key == record.parent), None)

    def open(self, container: C) -> None:
        """Take a container whose children follow."""
        self._open.append(container)
