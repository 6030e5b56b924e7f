"""Words of a fixed page that a line is drawn through: a page has no mark for them, only the line.

A line through words runs in the middle of their letters, begins and ends with them, and belongs to no table: neither a
rule under a line of text nor a rule of a table, which is wider than what stands in its cells, is one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Protocol

from workers.convert.layout.ruled_grids import Box, Rule, rules_across
from workers.convert.layout.segment import Segment
from workers.convert.text.notation import struck

_LOWEST, _HIGHEST = 0.16, 0.5  # of the size of the letters above their baseline
_BEYOND = 0.4  # of the size; a line ends with the words it goes through
_SHORTEST = 0.8
_SAME_LINE = 0.3


class Cutter(Protocol):
    """Where the characters of a page stand."""

    def cut(self, segment: Segment, places: list[float]) -> list[Segment]:
        """Return the parts of a segment between the given places, in points from the left."""


def mark_struck(segments: list[Segment], strokes: Iterable[Box], text: Cutter) -> list[Segment]:
    """Return the segments of a page, those parts marked as struck that a line is drawn through.

    Args:
        segments: Upright ones are looked at.
        strokes: Left, bottom, right and top of each stroke or filled box, in points.
        text: Cuts segments.
    """
    found: list[Segment] = []
    rules = sorted(rules_across(strokes))
    heights = [rule.at for rule in rules]
    for segment in segments:
        first = bisect_left(heights, segment.y + _LOWEST * segment.size)
        last = bisect_right(heights, segment.y + _HIGHEST * segment.size)
        near = rules[first:last] if segment.angle == 0 else []
        lines = [rule for rule in near if _is_over(rule, segment) and _ends_with_words(rule, segment, segments)]
        found.extend(_marked(segment, lines, text) if lines else [segment])
    return found


def _is_over(rule: Rule, segment: Segment) -> bool:
    shared = min(rule.end, segment.x1) - max(rule.start, segment.x0)
    return shared > _SHORTEST * min(segment.size, segment.x1 - segment.x0)


def _ends_with_words(rule: Rule, segment: Segment, segments: list[Segment]) -> bool:
    row = [each for each in segments if abs(each.y - segment.y) < _SAME_LINE * segment.size and not each.angle]
    beyond = _BEYOND * segment.size
    return min(each.x0 for each in row) - beyond < rule.start and rule.end < max(each.x1 for each in row) + beyond


def _marked(segment: Segment, lines: list[Rule], text: Cutter) -> list[Segment]:
    places = sorted({edge for rule in lines for edge in (rule.start, rule.end) if segment.x0 < edge < segment.x1})
    parts = text.cut(segment, places) if places else [segment]
    for part in parts:
        middle = (part.x0 + part.x1) / 2
        if any(rule.start <= middle <= rule.end for rule in lines):
            part.text = struck(part.text)
    return parts
