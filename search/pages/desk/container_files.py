"""The files inside a container for its page: each with what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from schemas.families import CHILD_MARK
from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.pages.problem_messages import problem_message
from search.protocol import RecordStore

LISTED = 200


@dataclass(frozen=True, slots=True)
class ContainedFile:
    """One file: its path in the container, the URL of its page, its state, and in Chinese why it failed."""

    path: str
    url: str
    state: State
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContainedFiles:
    """One list of files.

    Attributes:
        files: In the order of their paths, nested ones included.
        held: Number of files left out of the list because their names may not be shown either.
        awaited: Number of files that came out of the container and have no record yet; told by a whole list alone.
        more: URL of the following list; empty at the end.
    """

    files: tuple[ContainedFile, ...]
    held: int
    awaited: int
    more: str


def list_contained(index: RecordStore, record: DocumentRecord, after: str) -> ContainedFiles | None:
    """Return the files inside a container behind the path ``after``; None if the document is no container."""
    if not record.container:
        return None
    start = f"{record.key}{CHILD_MARK}"
    found = index.records(start, after=f"{start}{after}" if after else "", limit=LISTED + 1)
    shown = [one for one in found[:LISTED] if one.state is not State.REMOVED]
    more = urlencode({"inside": found[LISTED - 1].key.removeprefix(start)}) if len(found) > LISTED else ""
    return ContainedFiles(
        tuple(_contained(one, start) for one in shown if one.state is not State.HELD),
        sum(one.state is State.HELD for one in shown),
        0 if after or more else _count_awaited(record, found, start),
        f"/d/{record.id}?{more}#inside" if more else "",
    )


def _count_awaited(record: DocumentRecord, found: Sequence[DocumentRecord], start: str) -> int:
    """Return how many files of a container lack a record, apart from those inside its containers."""
    own = sum(CHILD_MARK not in one.key.removeprefix(start) for one in found)
    return max(0, record.children_emitted - own)


def _contained(record: DocumentRecord, start: str) -> ContainedFile:
    reasons = tuple(dict.fromkeys(_reasons(record)))
    return ContainedFile(record.key.removeprefix(start), f"/d/{record.id}", record.state, reasons)


def _reasons(record: DocumentRecord) -> Iterator[str]:
    return (problem_message(one).text for one in record.problems if one.lossy or one.category)
