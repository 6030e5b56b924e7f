"""Segments of a page to lines in reading order, by geometry alone: content streams follow no order one can rely on."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workers.convert.layout.segment import Segment

_ROW_EMS = 0.5  # baselines closer than this are one row (superscripts stay with their line)
_CELL_EMS = 2.0  # a wider gap inside a row separates cells or columns
_LATIN_EMS = 0.1  # from here on a gap is a space: between Latin words,
_HAN_EMS = 0.22  # between Han, which stand without any,
_HAIR_EMS = 0.6  # and between Han and digits or Latin, where producers put a quarter em of their own


@dataclass(slots=True)
class TextLine:
    """One line of one column.

    Attributes:
        text: Its characters from left to right.
        x0: Left edge in points.
        x1: Right edge.
        y: Baseline, growing upwards.
        size: Font size of most of it.
        bold: Whether all of it is heavy.
        page: 1-based.
        column: Number of its column on the page; lines across all columns are a column of their own.
        cells: Left and right edges with the text of its parts, where wide gaps part it.
        end_size: Font size of its last character.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int
    column: int = 0
    cells: tuple[tuple[float, float, str], ...] = ()
    end_size: float = 0.0


def lines_of(segments: list[Segment], *, page: int, columns: bool = True) -> list[TextLine]:
    """Return the lines of a page in reading order: columns one after the other, bands across them in their place.

    Args:
        segments: In any order.
        page: 1-based number of the page.
        columns: Whether there may be columns; there are none inside a table's cell.
    """
    upright = [segment for segment in segments if segment.angle == 0]
    turned = [segment for segment in segments if segment.angle != 0]
    rows = rows_of(upright)
    gutter = _gutter(rows) if columns else None
    ordered = [_line(row, page, 0) for row in rows] if gutter is None else list(_in_columns(rows, gutter, page))
    return ordered + [_line([segment], page, 9) for segment in turned]


def rows_of(segments: list[Segment]) -> list[list[Segment]]:
    """Group segments by baseline, top row first, each row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda item: -item.y):
        if rows and rows[-1][0].y - segment.y < _ROW_EMS * max(min(rows[-1][0].size, segment.size), 4.0):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda item: item.x0)
    return rows


def _gutter(rows: list[list[Segment]]) -> float | None:
    """Return where a page splits into two columns of running text, or None.

    A gutter is a place in the middle that few rows cross and many have text beside, on both sides and at the same
    height; that both sides are filled by their text tells columns from the cells of a table.
    """
    if len(rows) < 8:
        return None
    left = min(row[0].x0 for row in rows)
    right = max(segment.x1 for row in rows for segment in row)
    places = [left + (right - left) * percent / 100 for percent in range(35, 66)]
    crossed = Counter(_crossings(row, places) for row in rows)
    best: tuple[int, float] | None = None
    for bit, x in enumerate(places):
        crossing = sum(count for mask, count in crossed.items() if mask >> bit & 1)
        if crossing <= 0.3 * len(rows) and (best is None or crossing < best[0]):
            best = (crossing, x)
    return best[1] if best and _is_gutter(rows, best[1], left, right) else None


def _crossings(row: list[Segment], places: list[float]) -> int:
    """Return, a bit for each of the ascending ``places``, where the row has text or a gap as between words."""
    mask = 0
    for segment in row:
        mask |= _bits(bisect_right(places, segment.x0), bisect_left(places, segment.x1))
    for a, b in pairwise(row):
        if b.x0 - a.x1 < _HAIR_EMS * a.size:
            mask |= _bits(bisect_left(places, a.x1), bisect_right(places, b.x0))
    return mask


def _bits(start: int, end: int) -> int:
    return (1 << end) - (1 << start) if start < end else 0


def _is_gutter(rows: list[list[Segment]], x: float, left: float, right: float) -> bool:
    sides = [_side(rows, left, x), _side(rows, x, right)]
    if any(len(side) < 6 or median(width for _, width in side) < 0.6 for side in sides):
        return False
    (low_left, high_left), (low_right, high_right) = ((min(side)[0], max(side)[0]) for side in sides)
    shared = min(high_left, high_right) - max(low_left, low_right)
    return shared > 0.5 * min(high_left - low_left, high_right - low_right)


def _side(rows: list[list[Segment]], start: float, end: float) -> list[tuple[float, float]]:
    """Return height and filled share of the width for each row with text between ``start`` and ``end``."""
    found = []
    for row in rows:
        parts = [segment for segment in row if segment.x0 >= start - 1 and segment.x1 <= end + 1]
        if parts:
            found.append((parts[0].y, (parts[-1].x1 - parts[0].x0) / (end - start)))
    return found


def _in_columns(rows: list[list[Segment]], gutter: float, page: int) -> Iterator[TextLine]:
    """Yield band after band: rows across the gutter alone, between them the left column before the right one."""
    columns: tuple[list[TextLine], list[TextLine]] = ([], [])
    for row in rows:
        if any(segment.x0 < gutter < segment.x1 for segment in row):
            yield from columns[0]
            yield from columns[1]
            columns = ([], [])
            yield _line(row, page, 0)
            continue
        for side in (0, 1):
            parts = [segment for segment in row if (segment.x0 >= gutter) == bool(side)]
            if parts:
                columns[side].append(_line(parts, page, side + 1))
    yield from columns[0]
    yield from columns[1]


def _line(row: list[Segment], page: int, column: int) -> TextLine:
    largest = row[0] if len(row) == 1 else max(row, key=lambda segment: len(segment.text))
    cells = tuple(_cells(row)) if len(row) > 1 else ()
    return TextLine(
        text=cells[0][2] if len(cells) == 1 else join_segments(row),
        x0=row[0].x0,
        x1=max(segment.x1 for segment in row),
        y=largest.y,
        size=largest.size,
        bold=all(segment.bold for segment in row),
        page=page,
        column=column,
        cells=cells if len(cells) > 1 else (),
        end_size=row[-1].end_size or row[-1].size,
    )


def _cells(row: list[Segment]) -> Iterator[tuple[float, float, str]]:
    begin = 0
    for index in range(1, len(row) + 1):
        if index == len(row) or row[index].x0 - row[index - 1].x1 > _CELL_EMS * row[index].size:
            part = row[begin:index]
            yield part[0].x0, part[-1].x1, join_segments(part)
            begin = index


def join_segments(row: list[Segment]) -> str:
    """Return the text of segments that stand in one line, from left to right, with the spaces a reader sees."""
    text = row[0].text
    # A line set wide has a gap after every character or two; those are no spaces.
    spread = len(row) > 3 and sum(len(segment.text) for segment in row) < 3 * len(row)
    for before, after in pairwise(row):
        gap = (after.x0 - before.x1) / (after.size or 1.0)
        han = _is_wide(before.text[-1]), _is_wide(after.text[0])
        limit = _LATIN_EMS if not any(han) else _HAN_EMS if all(han) and not spread else _HAIR_EMS
        text += (" " if gap > limit else "") + after.text
    return text


def _is_wide(character: str) -> bool:
    return character >= "\u2e80" or character in "“”‘’—…"
