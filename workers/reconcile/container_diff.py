"""Finds disagreements between containers and their children in a stream of records."""

from collections.abc import Callable, Iterator
from typing import Literal

from schemas.outcomes import State
from schemas.records import RecordKey
from workers.reconcile.open_containers import OpenContainer, OpenContainers

FamilyReason = Literal["children", "outdated", "released", "gone"]


class ContainerDiff:
    """Detects containers and children that disagree; holds one branch in memory."""

    def __init__(self, versions: dict[str, int], released: Callable[[RecordKey], bool]) -> None:
        self._versions = versions
        self._released = released
        self._containers: OpenContainers[OpenContainer] = OpenContainers()

    def see(self, record: RecordKey) -> Iterator[tuple[str, FamilyReason]]:
        """Take the next record, ascending by the bytes of its key; yield the keys found to disagree, and how."""
        yield from self._close_before(record.key)
        if record.state is State.REMOVED:
            return
        if record.parent is not None:
            yield from self._see_child(record)
        if record.children_mark:
            self._containers.open(OpenContainer(record))

    def rest(self) -> Iterator[tuple[str, FamilyReason]]:
        """Yield the remaining disagreements after the last record."""
        yield from self._close_before(None)

    def _see_child(self, record: RecordKey) -> Iterator[tuple[str, FamilyReason]]:
        container = self._containers.find_parent(record)
        if container is None:
            yield record.key, "gone"
            return
        container.add(record)
        if record.stages != self._versions:
            yield record.key, "outdated"
        elif self._released(record):
            yield record.key, "released"

    def _close_before(self, key: str | None) -> Iterator[tuple[str, FamilyReason]]:
        for container in self._containers.close_before(key):
            if not container.is_complete:
                yield container.record.key, "children"
