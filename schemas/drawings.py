"""A page of an original drawn as a picture, with the places of its text."""

import zlib
from dataclasses import dataclass

from schemas.codec import StructureError, decode, encode

# Formats whose pages are drawn. Others have no pages of a fixed look.
DRAWN_FORMATS = frozenset({"pdf", "ofd", "png", "jpg", "tif", "gif"})
WEBP, SVG = "image/webp", "image/svg+xml"
# Raised with every change of what is drawn: stored pictures of another version are drawn again.
VERSION = 1

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one line, with the box of each: left, top, right and bottom, in units of the picture."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """Text on a page that its picture must not show.

    Attributes:
        text: A whole number or address, as it was read from the page.
        start: Offset of the first character to be covered.
        end: Offset behind the last.
        times: How often the text stands on the page, at least.
    """

    text: str
    start: int
    end: int
    times: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is known of a drawn page.

    Attributes:
        page: 1-based.
        pages: Number of pages of the original.
        width: Of the picture, in units of its own: pixels, or millimetres of a picture of lines.
        height: The same.
        media_type: ``image/webp`` or ``image/svg+xml``.
        runs: Its visible text; empty for a scan.
        lacks: What is not as in the original: ``fonts`` (stand-ins are drawn), ``redrawn`` (all of it, from what the
            file says), ``seals``, ``pictures`` (left out), ``covered`` (what is masked is black).
        version: Of the way of drawing.
    """

    page: int
    pages: int
    width: float
    height: float
    media_type: str
    runs: tuple[Run, ...] = ()
    lacks: tuple[str, ...] = ()
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A drawing with the bytes of its picture."""

    drawing: Drawing
    picture: bytes


def pack(drawn: DrawnPage) -> bytes:
    """Return a drawn page as bytes: the length of what is known of it, that, and the picture."""
    head = zlib.compress(encode(drawn.drawing))
    return len(head).to_bytes(4, "big") + head + drawn.picture


def unpack(data: bytes) -> DrawnPage | None:
    """Return a packed page; None if the bytes are damaged or of another version."""
    end = 4 + int.from_bytes(data[:4], "big")
    try:
        drawing = decode(Drawing, zlib.decompress(data[4:end]))
    except (zlib.error, StructureError):
        return None
    known = drawing.version == VERSION and drawing.media_type in {WEBP, SVG}
    return DrawnPage(drawing, data[end:]) if known else None
