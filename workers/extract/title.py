"""The title as it stands in the text: the first title lines, joined where the title is broken over several.

What the page states elsewhere is in ``stated_title``; a title that does not survive is derived in ``derived_title``.
"""

from collections.abc import Sequence

from workers.extract.lines import Line, squeezed
from workers.extract.organs import is_organ
from workers.extract.stated_title import SEARCHED
from workers.extract.title_shape import LONGEST, ends_like_title, is_title_like, is_unnumbered
from workers.late import late

_ABOVE = 5
_ADDRESSEE = late(r"[:：]$")
_GOES_ON = late(r"^(?:及|和|与|的|暨|关于|并|以及)")


def find_title(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the first and the end of the lines that are the title, or None where running text comes first."""
    for start, line in enumerate(lines[:SEARCHED]):
        if line.table or _runs_on(line.text) or _begins_section(line.text):
            return None
        if is_title_like(line.text) and not _stands_above_title(lines, start):
            return start, _title_stop(lines, start)
    return None


def _stands_above_title(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line is the organ in large letters above a title that names it again."""
    organ = squeezed(lines[place].text)
    return is_organ(lines[place].text) and any(
        squeezed(line.text).startswith(organ) and is_title_like(line.text) and ends_like_title(line.text)
        for line in lines[place + 1 : place + _ABOVE]
    )


def _runs_on(text: str) -> bool:
    return "。" in text or len(text) > LONGEST or bool(_ADDRESSEE.search(text) and len(text) > 60)


def _begins_section(text: str) -> bool:
    return not is_unnumbered(text)


def _title_stop(lines: Sequence[Line], start: int) -> int:
    """Return the end of a title broken over lines: it goes on while it has no kind, or the next line cannot begin."""
    stop, text = start + 1, lines[start].text
    while stop < min(len(lines), start + 4) and _continues(lines, stop, text):
        text += lines[stop].text
        stop += 1
    return stop


def _continues(lines: Sequence[Line], stop: int, text: str) -> bool:
    line = lines[stop]
    if not is_title_like(line.text) or line.table or squeezed(line.text) in squeezed(text):
        return False
    whole = text + line.text
    if len(whole) > LONGEST + 10:
        return False
    if _GOES_ON.match(line.text):
        return stop + 1 >= len(lines) or squeezed(whole) != squeezed(lines[stop - 1].text)
    return not ends_like_title(text) and ends_like_title(whole) and _alike(lines[stop - 1], line)


def _alike(one: Line, other: Line) -> bool:
    if one.style is None or other.style is None:
        return True
    return (one.style.align, one.style.size) == (other.style.align, other.style.size)
