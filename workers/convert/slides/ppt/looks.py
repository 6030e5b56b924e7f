"""How letters of a slide look: size, colour and raise of runs of a text ([MS-PPT] 2.9.44, ``StyleTextPropAtom``)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from workers.convert.slides.ppt.records import Record
from workers.convert.slides.ppt.shapes import Colour
from workers.convert.text.notation import lower_text, raise_text
from workers.convert.word.doc.binary import cut, u16, u32

# [MS-PPT] 2.9.20 and 2.9.13: bits of a mask, and the bytes that follow where one of them is set.
_OF_PARAGRAPH = (
    *((0xF, 2), (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2), (0x2000, 2), (0x4000, 2)),
    *((0x100, 2), (0x400, 2), (0x8000, 2)),
)
_TABS = 0x10_0000
_AFTER_TABS = ((0x1_0000, 2), (0xE_0000, 2), (0x20_0000, 2))
_BEFORE_SIZE = ((0xFFFF, 2), (0x1_0000, 2), (0x20_0000, 2), (0x40_0000, 2), (0x80_0000, 2))
_SIZE, _COLOUR, _RAISE = 0x2_0000, 0x4_0000, 0x8_0000
_NO_SIZE = 1  # point


class Run(NamedTuple):
    """Letters of one look: how many, their size in points, their colour, and 1 for raised or -1 for lowered ones."""

    length: int
    size: int | None
    colour: Colour | None
    shift: int


def runs_of(data: bytes, atom: Record, length: int) -> list[Run]:
    """Return the runs of a text.

    Args:
        data: The stream.
        atom: Its ``StyleTextPropAtom``.
        length: Of the text, in UTF-16 units.

    Raises:
        Damaged: The atom ends too early.
    """
    content = cut(data, atom.start, atom.end - atom.start)
    at, left = 0, length + 1
    while left > 0:
        left -= u32(content, at)
        at = _behind_paragraph(content, at + 6)
    return list(_runs(content, at, length + 1))


def part_unseen(text: str, runs: list[Run], is_pale: Callable[[Colour | None], bool]) -> tuple[str, str]:
    """Return the text that is seen, raised and lowered digits as such, and the text that is not.

    Args:
        text: The text.
        runs: As ``runs_of`` gives them.
        is_pale: Whether letters of a colour are not seen on their ground.
    """
    units, at = text.encode("utf-16-le", "surrogatepass"), 0
    seen, gone = "", ""
    for run in runs:
        part = units[2 * at : 2 * (at + run.length)].decode("utf-16-le", "replace")
        at += run.length
        if (run.size is not None and run.size <= _NO_SIZE) or is_pale(run.colour):
            gone += part
        else:
            seen += raise_text(part, seen) if run.shift > 0 else lower_text(part, seen) if run.shift < 0 else part
    return seen + units[2 * at :].decode("utf-16-le", "replace"), gone


def _behind_paragraph(content: bytes, at: int) -> int:
    mask = u32(content, at)
    at += 4 + sum(size for bits, size in _OF_PARAGRAPH if mask & bits)
    if mask & _TABS:
        at += 2 + 4 * u16(content, at)
    return at + sum(size for bits, size in _AFTER_TABS if mask & bits)


def _runs(content: bytes, at: int, left: int) -> Iterator[Run]:
    while left > 0:
        length, mask = u32(content, at), u32(content, at + 4)
        at += 8 + sum(size for bits, size in _BEFORE_SIZE if mask & bits)
        size = colour = None
        shift = 0
        if mask & _SIZE:
            size, at = u16(content, at), at + 2
        if mask & _COLOUR:
            red, green, blue, place = cut(content, at, 4)
            colour, at = (red, green, blue, place), at + 4
        if mask & _RAISE:
            percent = int.from_bytes(cut(content, at, 2), "little", signed=True)
            shift, at = (percent > 0) - (percent < 0), at + 2
        yield Run(min(length, left), size, colour, shift)
        left -= max(length, 1)
