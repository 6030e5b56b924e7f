"""The throughput of the last hour as SVG, without scripts or inline styles."""

from dataclasses import dataclass

from search.pages.desk.chart import ceiling

WIDTH, HEIGHT = 600, 120
GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One minute: its position and size in the drawing, and its label."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All minutes, and the value of the top line."""

    bars: tuple[Bar, ...]
    top: int


def chart(minutes: tuple[int, ...]) -> Chart:
    """Return the drawing of documents a minute, the oldest minute first; at least one document is one pixel high."""
    top = ceiling(max(minutes, default=0))
    step = WIDTH / max(len(minutes), 1)
    bars = []
    for n, number in enumerate(minutes):
        height = max(HEIGHT * number / top, 1.0) if number else 0.0
        ago = len(minutes) - 1 - n
        text = f"{ago} 分钟前：{number} 份" if ago else f"这一分钟：{number} 份"
        bars.append(Bar(round(n * step, 2), round(HEIGHT - height, 2), round(step - GAP, 2), round(height, 2), text))
    return Chart(tuple(bars), top)
