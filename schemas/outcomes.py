"""The outcome of a document: its status, the category of a failure, and the problems met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The outcome of one document for its uploader."""

    OK = "ok"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"


class State(StrEnum):
    """The state of one object in the index; ``INDEXED`` corresponds to ``Status.OK``."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"
    REMOVED = "removed"

    @property
    def is_searchable(self) -> bool:
        """Whether the object's sections are searchable."""
        return self in SEARCHABLE


# The states in which an object's sections are searchable.
SEARCHABLE = (State.INDEXED, State.PARTIAL)


class Category(StrEnum):
    """Why a document could not be read, or not completely; an uploader can act on each of these."""

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
    """One problem, in a sentence a person can act on.

    Attributes:
        stage: ``convert``, ``normalize``, ``extract`` or ``index``.
        message: One readable sentence: what is wrong and what to do.
        category: Set if the problem decides the outcome; None for a remark.
        page: 1-based page, if the format has pages.
        place: Other description of the place, e.g. ``section 二、(一)`` or ``word/document.xml``.
        lossy: True if text of the document is missing or damaged because of it; such a document is ``partial``.
        unread: True if the file has content beside its text that was not read, and so not checked.
    """

    stage: str
    message: str
    category: Category | None = None
    page: int | None = None
    place: str | None = None
    lossy: bool = False
    unread: bool = False


def status_of(problems: Iterable[Problem], held: Sequence[Problem] = ()) -> Status:
    """Return ``held`` if there are reasons to hold, ``partial`` if any stage lost text, else ``ok``."""
    if held:
        return Status.HELD
    return Status.PARTIAL if any(problem.lossy for problem in problems) else Status.OK
