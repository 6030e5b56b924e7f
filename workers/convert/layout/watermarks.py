"""Watermarks of a fixed page: words set oblique, or repeated all over it, are no part of its text."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from workers.convert.layout.segment import Segment

_MIN_COUNT = 4  # times a watermark stands on a page
_MIN_OBLIQUE = 3
_MIN_LINES = 3
_MIN_LENGTH = 2
_EVEN = 2.0  # points by which the steps of a tiling differ
_MIN_STEPS = 2
_SAME_LINE = 0.6  # of the size


def part_watermarks(
    segments: list[Segment], is_faint: Callable[[Segment], bool], *, overlaps: bool = True
) -> tuple[list[Segment], list[str]]:
    """Return the segments of a page that are its text, and the words of its watermarks, each once.

    Args:
        segments: In any order.
        is_faint: Whether a segment is set in a light or see-through colour.
        overlaps: Whether text that lies over other text tells a watermark; some producers set lines so.
    """
    marks = _oblique(segments) | _tiled(segments, is_faint, overlaps=overlaps)
    if not marks:
        return segments, []
    kept = [segment for segment in segments if id(segment) not in marks]
    return kept, list(dict.fromkeys(segment.text for segment in segments if id(segment) in marks))


def _oblique(segments: list[Segment]) -> set[int]:
    """Return oblique segments, unless the whole page is set so and does not repeat: then it is the page's text."""
    oblique = [segment for segment in segments if segment.angle % 90]
    if not oblique:
        return set()
    times: dict[str, int] = defaultdict(int)
    for segment in oblique:
        times[segment.text] += 1
    once = [segment for segment in oblique if times[segment.text] < _MIN_OBLIQUE]
    if len(once) >= _MIN_LINES and len(oblique) == len(segments):
        oblique = [segment for segment in oblique if times[segment.text] >= _MIN_OBLIQUE]
    return {id(segment) for segment in oblique}


def _tiled(segments: list[Segment], is_faint: Callable[[Segment], bool], *, overlaps: bool) -> set[int]:
    groups: dict[tuple[str, float, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        if segment.angle % 90 == 0 and len(segment.text) >= _MIN_LENGTH:
            groups[segment.text, segment.size, segment.angle].append(segment)
    found: set[int] = set()
    for group in groups.values():
        tiled = len(group) >= _MIN_COUNT and _is_tiling(group)
        if tiled and (is_faint(group[0]) or (overlaps and _crosses(group, segments))):
            found.update(map(id, group))
    return found


def _is_tiling(group: list[Segment]) -> bool:
    """Return whether the places of a group are at regular distances down the page."""
    heights = sorted({round(segment.y, 1) for segment in group})
    steps = [below - above for above, below in pairwise(heights)]
    return len(steps) >= _MIN_STEPS and max(steps) - min(steps) < _EVEN and min(steps) > 2 * group[0].size


def _crosses(group: list[Segment], segments: list[Segment]) -> bool:
    """Return whether one of a group lies over other text, which no text of a page does."""
    own, angle = set(map(id, group)), group[0].angle
    others = sorted((s for s in segments if s.angle == angle and id(s) not in own), key=_height)
    heights = [other.y for other in others]
    return any(
        abs(segment.y - other.y) < _SAME_LINE * min(segment.size, other.size)
        and min(segment.x1, other.x1) - max(segment.x0, other.x0) > 0.5 * segment.size
        for segment in group
        for other in others[
            bisect_left(heights, segment.y - segment.size) : bisect_right(heights, segment.y + segment.size)
        ]
    )


def _height(segment: Segment) -> float:
    return segment.y
