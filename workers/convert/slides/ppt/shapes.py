"""Which shapes of a slide nobody sees, and whether its ground is white: [MS-PPT] 2.5, [MS-ODRAW] 2.2 and 2.3."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from workers.convert.slides.ppt.records import Record, inside, walk
from workers.convert.word.doc.binary import u32
from workers.convert.word.text_style import PALE

_GROUP, _SHAPE, _GROUP_FRAME, _SHAPE_ATOM, _PROPERTIES = 0xF003, 0xF004, 0xF009, 0xF00A, 0xF00B
_ANCHOR, _CLIENT_DATA, _PLACEHOLDER, _SCHEME, _SHOW = 0xF010, 0xF011, 3011, 2032, 1017
_PICTURE, _FILL_KIND, _FILL_COLOUR, _FILL, _GROUP_FLAGS = 0x104, 0x180, 0x181, 0x1BF, 0x3BF
_HIDDEN, _USES_HIDDEN = 0x2, 0x2_0000
_FILLED, _USES_FILLED = 0x10, 0x10_0000
_BACKGROUND = 0x400
_HIDDEN_SLIDE = 0x4
_BY_SCHEME = 0x08  # of a colour: its first byte counts in the scheme
_RGB = 0xFE
_ENTRY = struct.Struct("<HI")

Colour = tuple[int, int, int, int]  # as runs have them: red, green, blue, and 0xFE or the place in the scheme


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the text of a slide: the colours of its scheme, and whether all of it is white."""

    scheme: tuple[tuple[int, int, int], ...]
    white: bool

    def hides(self, colour: Colour | None) -> bool:
        """Return whether letters of a colour are not seen."""
        if not self.white or colour is None:
            return False
        *own, place = colour
        said = own if place == _RGB else self.scheme[place] if place < len(self.scheme) else (0, 0, 0)
        return min(said) >= PALE


def is_away(data: bytes, slide: Record) -> bool:
    """Return whether a slide is left out of the show ([MS-PPT] 2.6.6, fHidden)."""
    atom = next((each for each in inside(data, slide) if each.kind == _SHOW and each.end - each.start >= 12), None)
    return atom is not None and bool(data[atom.start + 10] & _HIDDEN_SLIDE)


def unseen_stretches(data: bytes, slide: Record, size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return from where to where shapes stand in the stream that are hidden or lie beside the slide, by their starts.

    Args:
        data: The stream.
        slide: A slide.
        size: Its width and height, in the units of shapes; zeros if they are not known.
    """
    found: list[tuple[int, int]] = []
    groups: list[Record] = []
    for record in walk(data, slide):
        while groups and groups[-1].end <= record.start:
            groups.pop()
        if record.kind == _GROUP:
            groups.append(record)
        elif record.kind == _SHAPE:
            parts = list(inside(data, record))
            if _is_hidden(data, parts) or _is_beside(data, parts, size):
                whole = groups[-1] if groups and any(part.kind == _GROUP_FRAME for part in parts) else record
                found.append((whole.start, whole.end))
    return sorted(found)


def ground_of(data: bytes, slide: Record, master: Record | None) -> Ground:
    """Return what lies under the text of a slide.

    Args:
        data: The stream.
        slide: The slide.
        master: What its ground and its first shapes come from.
    """
    scheme: tuple[tuple[int, int, int], ...] = ()
    for atom in inside(data, slide):
        if atom.kind == _SCHEME and atom.instance == 1:
            colours = range(atom.start, atom.end - 3, 4)
            scheme = tuple((data[at], data[at + 1], data[at + 2]) for at in colours)
    paper = bool(scheme) and min(scheme[0]) >= PALE
    layers = [slide, *([master] if master else [])]
    return Ground(scheme, paper and all(_is_bare(data, layer, scheme) for layer in layers))


def _is_hidden(data: bytes, parts: list[Record]) -> bool:
    flags = _properties(data, parts).get(_GROUP_FLAGS, 0)
    return bool(flags & _USES_HIDDEN and flags & _HIDDEN)


def _is_beside(data: bytes, parts: list[Record], size: tuple[int, int]) -> bool:
    """Return whether a shape that is in no group lies beyond the edges of the slide."""
    anchor = next((part for part in parts if part.kind == _ANCHOR), None)
    formats = {8: "<4h", 16: "<4i"}
    if anchor is None or not all(size) or anchor.end - anchor.start not in formats:
        return False
    top, left, right, bottom = struct.unpack_from(formats[anchor.end - anchor.start], data, anchor.start)
    return bool(left >= size[0] or right <= 0 or top >= size[1] or bottom <= 0)


def _is_bare(data: bytes, layer: Record, scheme: tuple[tuple[int, int, int], ...]) -> bool:
    """Return whether nothing but white can lie under the text of a slide or master."""
    shapes = (list(inside(data, record)) for record in walk(data, layer) if record.kind == _SHAPE)
    return all(_is_uncoloured(data, parts, scheme) for parts in shapes)


def _is_uncoloured(data: bytes, parts: list[Record], scheme: tuple[tuple[int, int, int], ...]) -> bool:
    said = _properties(data, parts)
    if _PICTURE in said or said.get(_FILL_KIND):
        return False
    filled = said.get(_FILL, 0)
    if filled & _USES_FILLED and not filled & _FILLED:
        return True
    if _FILL_COLOUR in said:
        red, green, blue, kind = said[_FILL_COLOUR].to_bytes(4, "little")
        if kind & _BY_SCHEME:
            return red < len(scheme) and min(scheme[red]) >= PALE
        return min(red, green, blue) >= PALE
    # The ground of a master is white, and a placeholder as its master is, where they say nothing.
    return any(_is_ground_or_placeholder(data, part) for part in parts) or any(
        part.kind == _GROUP_FRAME for part in parts
    )


def _is_ground_or_placeholder(data: bytes, part: Record) -> bool:
    if part.kind == _SHAPE_ATOM and part.end - part.start >= 8:
        return bool(u32(data, part.start + 4) & _BACKGROUND)
    return part.kind == _CLIENT_DATA and any(each.kind == _PLACEHOLDER for each in inside(data, part))


def _properties(data: bytes, parts: list[Record]) -> dict[int, int]:
    """Return the simple properties of a shape ([MS-ODRAW] 2.3.1)."""
    return dict(pair for part in parts if part.kind == _PROPERTIES for pair in _entries(data, part))


def _entries(data: bytes, part: Record) -> Iterator[tuple[int, int]]:
    for at in range(part.start, min(part.start + part.instance * _ENTRY.size, part.end - _ENTRY.size + 1), _ENTRY.size):
        name, value = _ENTRY.unpack_from(data, at)
        yield name & 0x3FFF, value
