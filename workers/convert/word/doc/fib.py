"""The file information block at the head of a Word document: what is where ([MS-DOC] 2.5)."""

from dataclasses import dataclass

from workers.convert.word.doc.binary import Damaged, cut, u16, u32

MAGIC = 0xA5EC
OLD_MAGIC = frozenset({0xA5DB, 0xA5DC, 0xA59B, 0xA59C, 0xA697, 0xA698, 0xA699})
OLDEST = 0xC0

_STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")

# Index of each structure in FibRgFcLcb97 (2.5.6).
STRUCTURES = {
    **{
        "styles": 1,
        "footnote_calls": 2,
        "footnote_texts": 3,
        "comment_calls": 4,
        "header_texts": 11,
        "fonts": 15,
        "chpx": 12,
        "papx": 13,
        "clx": 33,
    },
    **{"body_shapes": 40, "endnote_calls": 46, "endnote_texts": 47, "box_texts": 56, "header_box_texts": 58},
    **{"lists": 73, "list_overrides": 74},
}


@dataclass(frozen=True, slots=True)
class Fib:
    """What the head of a document says.

    Attributes:
        table: Name of the stream that holds the structures.
        encrypted: Whether the streams are encrypted or obfuscated.
        stories: Length in characters of each story, in their order in the text.
        places: Offset and length in the table stream of each structure that is there.
    """

    table: str
    encrypted: bool
    stories: dict[str, int]
    places: dict[str, tuple[int, int]]


def read_fib(stream: bytes) -> Fib:
    """Return the head of a ``WordDocument`` stream.

    Raises:
        Damaged: It is no Word document of this layout, or cut short.
    """
    magic, flags = u16(stream, 0), u16(stream, 10)
    if magic != MAGIC:
        raise Damaged(f"no Word document begins with {magic:#06x}")
    shorts = 0x22 + 2 * u16(stream, 0x20)
    longs = shorts + 2
    pairs = longs + 4 * u16(stream, shorts)
    count = u16(stream, pairs)
    stories = {name: u32(stream, longs + 4 * (3 + index)) for index, name in enumerate(_STORIES)}
    places: dict[str, tuple[int, int]] = {}
    for name, index in STRUCTURES.items():
        if index < count:
            offset = pairs + 2 + 8 * index
            place = (u32(stream, offset), u32(stream, offset + 4))
            places |= {name: place} if place[1] else {}
    return Fib("1Table" if flags & 0x0200 else "0Table", bool(flags & 0x0100), stories, places)


def structure(fib: Fib, table: bytes, name: str) -> bytes:
    """Return the bytes of a structure, empty if the document has none.

    Raises:
        Damaged: It reaches beyond the table stream.
    """
    offset, length = fib.places.get(name, (0, 0))
    return cut(table, offset, length)
