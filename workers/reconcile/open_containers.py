"""The containers of one branch whose children may still follow, in a stream of records ascending by key."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schemas.families import CHILD_MARK, NO_CHILDREN, with_child
from schemas.outcomes import State
from schemas.records import RecordKey, key_order


@dataclass(slots=True)
class OpenContainer:
    """A container, and the digest of its children met so far."""

    record: RecordKey
    mark: str = NO_CHILDREN
    end: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.end = key_order(self.record.key + CHILD_MARK) + b"\xff"

    @property
    def is_complete(self) -> bool:
        """Whether the children met are exactly those it was recorded with."""
        return self.mark == self.record.children_mark

    def add(self, child: RecordKey) -> None:
        """Add a child to the digest; removed children do not count."""
        if child.state is not State.REMOVED:
            self.mark = with_child(self.mark, child.key, child.etag)


C = TypeVar("C", bound=OpenContainer)


class OpenContainers(Generic[C]):
    """The open containers of one branch; memory does not grow with the number of records."""

    def __init__(self) -> None:
        self._open: list[C] = []

    def close_before(self, key: str | None) -> Iterator[C]:
        """Close and yield, innermost first, the containers without a child at or after ``key`` (None: the end)."""
        here = None if key is None else key_order(key)
        while self._open and (here is None or here >= self._open[-1].end):
            yield self._open.pop()

    def find_parent(self, record: RecordKey) -> C | None:
        """Return the open container named as the record's parent, or None."""
        if record.parent is None:
            return None
        return next((each for each in reversed(self._open) if each.record.key == record.parent), None)

    def open(self, container: C) -> None:
        """Add a container whose children follow."""
        self._open.append(container)
