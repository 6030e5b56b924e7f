"""A run of characters on one baseline with its place on the page, whatever format placed it."""

from dataclasses import dataclass

NO_SIZE = 1.0
"""Points up to which no letter can be told on any page or screen."""


@dataclass(slots=True)
class Segment:
    """A run of characters with no gap between them.

    Attributes:
        text: Its characters.
        x0: Left edge, in points, on a page turned so that most text runs left to right.
        x1: Right edge.
        y: Baseline, growing upwards.
        size: Font size in points, as drawn.
        bold: Whether the font is heavy.
        angle: Direction it runs in on that page, degrees counter-clockwise; no multiple of 90 where it is
            oblique, as watermarks are.
        first: Index of its first character on the page, as PDFium counts.
        end_size: Font size of its last character: a run-in heading may be larger than what follows on its line.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    angle: int = 0
    first: int = 0
    end_size: float = 0.0
