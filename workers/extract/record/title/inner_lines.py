"""Lines that speak against a run of lines as one title: an organ or a note in brackets within it."""

from collections.abc import Sequence
from itertools import pairwise

from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_organ, leading_organ
from workers.runtime.lazy_regex import lazy_compile

UNFINISHED = lazy_compile(
    "(?:关于|印发|转发|的|和|与|及|暨|、|^[12][0-9]{3}(?:年度?|[-—][12][0-9]{3}学?年度?)|《[^》]*|（[^）]*|[的之]若干)$"
)

GOES_ON = lazy_compile(r"^(?:及|和|与|的|暨|关于|并|以及|》|）|[（(][^（()）]{1,12}[)）](?:的|和|及))")


def organ_inside(own: Sequence[Line]) -> bool:
    """Return whether an organ has a line of its own after the first, and is not the rest of a name broken over two.

    「2024年度」 above the organ only dates the paper. An organ above one of the same place is no part of the title.
    """
    return any(
        (is_organ(line.text) and not is_organ(above.text + line.text) and not UNFINISHED.fullmatch(above.text))
        or (is_organ(above.text) and above.text[:2] == line.text[:2] and leading_organ(line.text) is not None)
        for above, line in pairwise(own)
        if not above.table
    )


def bracketed_line(own: Sequence[Line]) -> bool:
    """Return whether a line after the first is a note in brackets, and not the rest of an open 《…."""
    return any(
        line.text[0] in "（(" and not GOES_ON.match(line.text) and above.text.count("《") <= above.text.count("》")
        for above, line in pairwise(own)
    )
