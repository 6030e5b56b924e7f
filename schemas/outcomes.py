"""How a document ended: its status, the category of a failure, and the problems met on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of one document, as its uploader sees it."""

    OK = "ok"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"


class State(StrEnum):
    """What the index says of one object; ``INDEXED`` is the indexed form of ``Status.OK``."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"
    REMOVED = "removed"

    @property
    def is_searchable(self) -> bool:
        """Whether what was read of the object can be found."""
        return self in SEARCHABLE


# The states in which what was read of an object can be found.
SEARCHABLE = (State.INDEXED, State.PARTIAL)


class Category(StrEnum):
    """Why a document could not be read (or not wholly); an uploader can act on each of these."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    CRASH = "crash"


STATE_OF_STATUS = {
    Status.OK: State.INDEXED,
    Status.PARTIAL: State.PARTIAL,
    Status.HELD: State.HELD,
    Status.FAILED: State.FAILED,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, in a line a person can act on.

    Attributes:
        stage: ``convert``, ``normalize``, ``extract`` or ``index``.
        message: One readable sentence: what is wrong and what to do.
        category: Set where the problem decides the outcome; None for a remark.
        page: 1-based page, where the format has pages.
        place: Where else it stood, e.g. ``section 二、(一)`` or ``word/document.xml``.
        lossy: True where text of the document is missing or damaged because of it; such a document is ``partial``.
        unread: True where the file holds something beside its text that nobody read, and so nobody judged.
    """

    stage: str
    message: str
    category: Category | None = None
    page: int | None = None
    place: str | None = None
    lossy: bool = False
    unread: bool = False


def status_of(problems: Iterable[Problem], held: Sequence[Problem] = ()) -> Status:
    """Return ``held`` where there are reasons to, ``partial`` where any stage lost text, else ``ok``."""
    if held:
        return Status.HELD
    return Status.PARTIAL if any(problem.lossy for problem in problems) else Status.OK
