"""What an OCR engine makes of a page."""

from dataclasses import dataclass
from typing import Protocol

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.layout.reading_order import TextLine

DPI = 200  # finer pictures take longer and are read no better


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page.

    Attributes:
        lines: In reading order.
        height: Of the page, in points.
        problems: A lossy one where the text is not to be relied on.
    """

    lines: list[TextLine]
    height: float
    problems: tuple[Problem, ...] = ()


class Recognition(Protocol):
    """A page that is being recognised; it must be finished, and only once."""

    def finish(self) -> Recognised:
        """Wait for the lines of the page.

        Raises:
            ProgramFailedError: The picture is damaged, or too large for the limits.
            ProgramTimeoutError: It took too long.
        """


def blank(page: int, height: float) -> Recognised:
    """Return a page on which nothing was found."""
    return Recognised([], height, (Problem.of("convert", Sentence.of("page-blank", page=page), page=page),))


def unsure(page: int, confidence: float) -> Problem:
    """Return the problem of a page whose text is not to be relied on.

    Args:
        page: From 1.
        confidence: Mean confidence of the engine, in percent.
    """
    said = Sentence.of("page-unsure", page=page, confidence=round(confidence))
    return Problem.of("convert", said, page=page, lossy=True)
