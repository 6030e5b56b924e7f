"""Bars as SVG, without scripts or inline styles: the throughput of the last hour, and the time of each stage."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from schemas.names import readable
from schemas.records import DocumentRecord
from search.pages.desk.chart import ceiling
from workers.pipeline.stage_names import QUEUES

WIDTH, HEIGHT = 600, 120
GAP = 2
# A few bars are not drawn wider than these many would be.
LEAST_BARS = 30
RARE = 0.95


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: its position and size in the drawing, and its label."""

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


@dataclass(frozen=True, slots=True)
class StageChart:
    """The runs of one stage, the oldest first, with their median, 95th percentile and maximum in seconds."""

    stage: str
    bars: tuple[Bar, ...]
    median: float
    rare: float
    longest: float


def chart(minutes: tuple[int, ...]) -> Chart:
    """Return the drawing of documents a minute, the oldest minute first; at least one document is one pixel high."""
    top = ceiling(max(minutes, default=0))
    texts = []
    for n, number in enumerate(minutes):
        ago = len(minutes) - 1 - n
        texts.append(f"{ago} 分钟前：{number} 份" if ago else f"这一分钟：{number} 份")
    return Chart(_bars(minutes, texts, top), top)


def stage_charts(records: Iterable[DocumentRecord]) -> tuple[StageChart, ...]:
    """Return a drawing for each stage that these documents passed, in the order of the queues.

    Args:
        records: Documents, the oldest first; those without a journey are passed over.
    """
    runs: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for record in records:
        for step in record.journey.steps if record.journey else ():
            runs[step.stage].append((step.seconds, f"{readable(record.key)}：{step.seconds:.2f} 秒"))
    return tuple(_stage_chart(stage, runs[stage]) for stage in QUEUES if stage in runs)


def _stage_chart(stage: str, runs: Sequence[tuple[float, str]]) -> StageChart:
    seconds = [each for each, _ in runs]
    rare = sorted(seconds)[math.ceil(RARE * len(seconds)) - 1]
    top = max(seconds)
    return StageChart(stage, _bars(seconds, [text for _, text in runs], top), median(seconds), rare, top)


def _bars(values: Sequence[float], texts: Sequence[str], top: float) -> tuple[Bar, ...]:
    step = WIDTH / max(len(values), LEAST_BARS)
    bars = []
    for n, (value, text) in enumerate(zip(values, texts, strict=True)):
        height = max(HEIGHT * value / top, 1.0) if value > 0 else 0.0
        bars.append(Bar(round(n * step, 2), round(HEIGHT - height, 2), round(step - GAP, 2), round(height, 2), text))
    return tuple(bars)
