"""Values over years as SVG: a dot for each, and a line through the median of each year; no inline styles."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.pages.desk.trends import YearFigures

# In units of the drawing, in which letters are 11 high.
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 360, 200, 44, 22, 10, 16
MAX_LABELS = 7
MAX_DOTS = 2000


@dataclass(frozen=True, slots=True)
class Dot:
    """One value: its place in the drawing, and what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The drawing: values, the line through the medians, years below the axis, and the value of the top line."""

    dots: tuple[Dot, ...]
    line: str
    years: tuple[tuple[float, int], ...]
    top: float


def trend(figures: Sequence[YearFigures]) -> Trend | None:
    """Return the drawing of a series; None if no value has a year."""
    if not figures:
        return None
    first, last = figures[0].year, figures[-1].year
    top = ceiling(max(max(one.values) for one in figures), least=1)
    low = min(0.0, *(min(one.values) for one in figures))

    def x(year: int) -> float:
        share = (year - first) / (last - first) if last > first else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - BOTTOM - TOP) * (top - value) / (top - low), 1)

    dots = [Dot(x(one.year), y(value), f"{one.year}年：{value:,g}") for one in figures for value in one.values]
    line = " ".join(f"{x(one.year)},{y(one.median)}" for one in figures)
    every = -(-(last - first + 1) // MAX_LABELS)
    return Trend(tuple(dots[:MAX_DOTS]), line, tuple((x(year), year) for year in range(first, last + 1, every)), top)


def ceiling(number: float, *, least: int = 10) -> int:
    """Return the next round number (1, 2 or 5 with zeros) that is not below, at least ``least``, a power of ten."""
    power = least
    while True:
        for factor in (1, 2, 5):
            if factor * power >= number:
                return factor * power
        power *= 10
