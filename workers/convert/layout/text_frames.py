"""Frames of a fixed page: a ruled box around running text, as the layout tables of printed web pages, is no table."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from workers.convert.layout.ruled_grids import Grid
from workers.convert.layout.segment import Segment

_SHARE = 0.5  # of the height of the grid
_MIN_LINES = 6


def without_frames(grids: list[Grid], segments: list[Segment]) -> list[Grid]:
    """Return the grids that are tables, topmost first; of a grid that frames running text what stands above and below.

    Args:
        grids: As ruled on the page.
        segments: Its text.
    """
    found = [part for grid in grids for part in _tables(grid, segments)]
    return sorted(found, key=lambda grid: -grid.ys[0])


def _tables(grid: Grid, segments: list[Segment]) -> Iterator[Grid]:
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        if top - bottom > _SHARE * (grid.ys[0] - grid.ys[-1]) and _is_frame(grid, top, bottom, segments):
            yield from _part(grid, grid.ys[: row + 1])
            yield from _part(grid, grid.ys[row + 1 :])
            return
    yield grid


def _part(grid: Grid, ys: tuple[float, ...]) -> Iterator[Grid]:
    if len(ys) > 1:
        yield replace(grid, ys=ys)


def _is_frame(grid: Grid, top: float, bottom: float, segments: list[Segment]) -> bool:
    """Return whether a row of the grid is one cell, from edge to edge, that holds lines of text."""
    middle = (top + bottom) / 2
    if any(rule.start < middle < rule.end and grid.xs[0] + 3 < rule.at < grid.xs[-1] - 3 for rule in grid.down):
        return False
    lines = {round(s.y) for s in segments if s.angle == 0 and bottom < s.y < top and grid.holds(s.x0, s.y)}
    return len(lines) >= _MIN_LINES
