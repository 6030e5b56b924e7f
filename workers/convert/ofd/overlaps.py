"""Texts of one line that a producer set over each other, put in order.

Converters from PDF write what comes from another font (quotation marks, digits) as objects of their own, and spread
the characters of the rest evenly over the width of the whole line. Such places say nothing and are counted anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from workers.convert.layout.segment import Segment

_MAX_ON_A_LINE = 200
_SAME = 0.05  # of an em
_GAP = 1.0  # the same
Edges = list[tuple[float, float]]


def in_order(segments: list[Segment], edges: Edges) -> list[Segment]:
    """Return the segments with those that lie over each other joined into one.

    Args:
        segments: In the order they are drawn.
        edges: Left and right edge of every character; those of joined segments are added.
    """
    rows: dict[float, list[Segment]] = defaultdict(list)
    found: list[Segment] = []
    for segment in _at_one_place(segments, edges):
        if segment.angle == 0:
            rows[round(segment.y, 1)].append(segment)
        else:
            found.append(segment)
    for row in rows.values():
        joined = _row(row, edges) if 1 < len(row) <= _MAX_ON_A_LINE else row
        found.extend(part for segment in joined for part in _split_segment(segment, edges))
    return found


def _split_segment(segment: Segment, edges: Edges) -> Iterator[Segment]:
    """Yield the parts of a text whose characters stand in groups, as a row of a table does that is written as one."""
    segment = _strip(segment, edges)
    places = edges[segment.first : segment.first + len(segment.text)]
    begin = 0
    if not _even([left for left, _ in places], segment.size):
        for index in range(1, len(places)):
            if places[index][0] - places[index - 1][1] > _GAP * segment.size:
                yield _part(segment, places, begin, index)
                begin = index
    yield _part(segment, places, begin, len(places)) if begin else segment


def _strip(segment: Segment, edges: Edges) -> Segment:
    text = segment.text.strip()
    if len(text) == len(segment.text):
        return segment
    first = segment.first + len(segment.text) - len(segment.text.lstrip())
    return replace(segment, text=text, first=first, x0=edges[first][0], x1=edges[first + len(text) - 1][1])


def _part(segment: Segment, places: Edges, begin: int, end: int) -> Segment:
    text, x0, x1 = segment.text[begin:end], places[begin][0], places[end - 1][1]
    return replace(segment, text=text, x0=x0, x1=x1, first=segment.first + begin)


def _even(lefts: list[float], size: float) -> bool:
    steps = [b - a for a, b in pairwise(lefts)]
    return not steps or max(steps) - min(steps) < _SAME * size


def _at_one_place(segments: list[Segment], edges: Edges) -> list[Segment]:
    """Join texts drawn one after the other that all begin at the same place: they are parts of one."""
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        if last is not None and segment.angle == last.angle == 0 and _one_place(last, segment):
            found[-1] = _spread(replace(last, text=last.text + segment.text, x1=max(last.x1, segment.x1)), edges)
        else:
            found.append(segment)
    return found


def _one_place(last: Segment, segment: Segment) -> bool:
    return abs(last.x0 - segment.x0) < _SAME * segment.size and abs(last.y - segment.y) < 0.5 * segment.size


def _row(row: list[Segment], edges: Edges) -> list[Segment]:
    outer = max(row, key=lambda segment: len(segment.text))
    em = outer.size
    inner = [
        segment
        for segment in row
        if segment is not outer and outer.x0 - _SAME * em < segment.x0 and segment.x1 < outer.x1 + 0.5 * em
    ]
    if not inner or len(outer.text) < 2:
        return row
    inner.sort(key=lambda segment: segment.x0)
    kept = [segment for segment in row if segment is not outer and all(segment is not other for other in inner)]
    return [*kept, _merge(outer, inner, edges)]


def _merge(outer: Segment, inner: list[Segment], edges: Edges) -> Segment:
    """Return one segment with the inner texts where they stand in the outer one."""
    lefts = [left for left, _ in edges[outer.first : outer.first + len(outer.text)]]
    even = _even(lefts, outer.size)
    room = outer.x1 - outer.x0 - sum(segment.x1 - segment.x0 for segment in inner)
    advance = room / len(outer.text)
    text, taken, used = "", 0, 0.0
    for segment in inner:
        if even and advance > 0:
            at = round((segment.x0 - outer.x0 - used) / advance)
        else:
            at = sum(left < segment.x0 for left in lefts)
        at = min(max(at, taken), len(outer.text))
        text += outer.text[taken:at] + segment.text
        taken, used = at, used + segment.x1 - segment.x0
    return _spread(replace(outer, text=text + outer.text[taken:]), edges)


def _spread(segment: Segment, edges: Edges) -> Segment:
    """Return the segment with edges of its own, evenly spaced."""
    first, step = len(edges), (segment.x1 - segment.x0) / len(segment.text)
    edges.extend((segment.x0 + step * i, segment.x0 + step * (i + 1)) for i in range(len(segment.text)))
    return replace(segment, first=first)
