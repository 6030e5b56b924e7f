"""The graph of a long run: documents a second above, memory of each role below, as one SVG file without scripts."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from ops.bench.throughput.soak import Sample, Soak

WIDTH, PANEL, LEFT, TOP, GAP = 900, 220, 70, 40, 60
COLOURS = ("#1a4f8b", "#b3261e", "#2e7d32", "#8a5300", "#6a1b9a", "#00838f", "#5d626b")
# Samples averaged for a point of the upper line; single ones jump with the size of commits.
SMOOTH = 5


def write_graph(path: Path, soak: Soak) -> None:
    """Write the graph atomically."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(graph(soak), "utf-8")
    unfinished.replace(path)


def graph(soak: Soak) -> str:
    """Return the graph as SVG."""
    rates = [(look.at, rate) for look, rate in zip(soak.looks[SMOOTH:], _rates(soak.looks), strict=True)]
    roles = sorted({role for look in soak.looks for role in look.memory})
    memory = {role: [(look.at, look.memory.get(role, 0) / 1e6) for look in soak.looks] for role in roles}
    height = TOP + 2 * PANEL + 2 * GAP + 20 * len(roles)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(
            LEFT, 20, f"{soak.documents:,} documents, {soak.documents_per_second} a second over {soak.seconds:,.0f} s"
        ),
        *_panel(TOP, "documents a second", {"": rates}, soak.seconds),
        *_panel(TOP + PANEL + GAP, "MB of the largest process", memory, soak.seconds),
    ]
    for n, role in enumerate(roles):
        y = TOP + 2 * PANEL + GAP + 40 + 20 * n
        then, now = soak.megabytes.get(role, (0.0, 0.0))
        parts.append(f'<rect x="{LEFT}" y="{y - 10}" width="12" height="12" fill="{COLOURS[n % len(COLOURS)]}"/>')
        parts.append(_text(LEFT + 20, y, f"{role}: {then} MB once settled, {now} MB in the last tenth"))
    return "\n".join([*parts, "</svg>", ""])


def _rates(looks: Sequence[Sample]) -> list[float]:
    pairs = zip(looks, looks[SMOOTH:], strict=False)
    return [(late.done - early.done) / max(late.at - early.at, 1e-9) for early, late in pairs]


def _panel(top: int, title: str, lines: dict[str, list[tuple[float, float]]], seconds: float) -> list[str]:
    highest = max((value for points in lines.values() for _, value in points), default=0.0) or 1.0
    parts = [
        _text(LEFT, top - 4, title),
        f'<path d="M{LEFT} {top}V{top + PANEL}H{WIDTH - 20}" fill="none" stroke="#5d626b"/>',
        _text(8, top + 10, f"{highest:,.0f}"),
        _text(8, top + PANEL, "0"),
        _text(WIDTH - 80, top + PANEL + 16, f"{seconds:,.0f} s"),
    ]
    for n, points in enumerate(lines.values()):
        place = [
            f"{LEFT + (WIDTH - LEFT - 20) * at / max(seconds, 1e-9):.1f},{top + PANEL * (1 - value / highest):.1f}"
            for at, value in points
        ]
        parts.append(f'<polyline points="{" ".join(place)}" fill="none" stroke="{COLOURS[n % len(COLOURS)]}"/>')
    return parts


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="13">{escape(text)}</text>'
