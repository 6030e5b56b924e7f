"""The outcome of a document: its status, the category of a failure, and the problems met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from schemas.messages.sentence import Said, Sentence, Value, say
from schemas.messages.template import Language


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
        message: One readable sentence: what is wrong and what to do; ``say_problem`` translates it.
        category: Set if the problem decides the outcome; None for a remark.
        page: 1-based page, if the format has pages.
        place: Other description of the place, e.g. ``section 二、(一)`` or ``word/document.xml``.
        lossy: True if text of the document is missing or damaged because of it; such a document is ``partial``.
        unread: True if the file has content beside its text that was not read, and so not checked.
        code: Name of the sentence in ``schemas.messages.catalogue``; empty in records without codes.
        values: Values of the sentence's placeholders.
    """

    stage: str
    message: str
    category: Category | None = None
    page: int | None = None
    place: str | None = None
    lossy: bool = False
    unread: bool = False
    code: str = ""
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @classmethod
    def of(
        cls,
        stage: str,
        said: Said,
        category: Category | None = None,
        *,
        page: int | None = None,
        place: str | None = None,
        lossy: bool = False,
        unread: bool = False,
    ) -> Self:
        """Return the problem of a sentence; words without a code come from a program that knows none."""
        known = said if isinstance(said, Sentence) else Sentence("")
        return cls(stage, str(said), category, page, place, lossy, unread, known.code, known.values)

    @property
    def said(self) -> Said:
        """The sentence by its code, or the message where the record has none that is known here."""
        sentence = Sentence(self.code, self.values)
        return sentence if sentence.is_known else self.message


def say_problem(problem: Problem, language: Language) -> str:
    """Return what a problem says in a language; the stored message where it has no code that is known."""
    return say(problem.said, language)


def status_of(problems: Iterable[Problem], held: Sequence[Problem] = ()) -> Status:
    """Return ``held`` if there are reasons to hold, ``partial`` if any stage lost text, else ``ok``."""
    if held:
        return Status.HELD
    return Status.PARTIAL if any(problem.lossy for problem in problems) else Status.OK
