"""Letters of answer to applications (答复书, 告知书), by the seven results of 条例第三十六条."""

from dataclasses import dataclass
from enum import StrEnum

NO_RESULT = 0


class Clock(StrEnum):
    """How the period of an answer runs, by the words of the letter."""

    PLAIN = "plain"  # 20 working days
    EXTENDED = "extended"  # it was put off by at most 20 more
    STOPPED = "stopped"  # others were asked, which does not count: for how long, the letter does not say


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """One of the seven results.

    Attributes:
        number: 1 to 7.
        mark: Its number as written: ``（四）``.
        text: Its words in the 条例.
        short: Head of its column.
        words: Regular expressions of the words that say it.
    """

    number: int
    mark: str
    text: str
    short: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter of answer says.

    Attributes:
        results: Numbers of its results, ascending; ``(NO_RESULT,)`` if it is none of the seven.
        section: Ordinal of the row that says so; None if none does.
        evidence: The sentence that says so; empty if none does.
        received_on: When the application was received, ISO 8601; None if the letter does not say.
        clock: How the period of the answer runs.
    """

    results: tuple[int, ...]
    section: int | None
    evidence: str
    received_on: str | None
    clock: Clock
