"""The piece table: where in the file each stretch of the text lies ([MS-DOC] 2.4.1, 2.8.35, 2.9.38)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.convert.word.doc.binary import Damaged, cut, plc, u8, u16, u32

_COMPRESSED = 0x40000000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that lies in one place of the file.

    Attributes:
        start: First character position.
        end: Character position after the last.
        offset: Byte offset of the first character in the ``WordDocument`` stream.
        width: Bytes per character: 1 (Windows-1252) or 2 (UTF-16).
        extra: Property modifications on top of those stored with the text (a fast save left them here).
    """

    start: int
    end: int
    offset: int
    width: int
    extra: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """Characters from ``start`` to ``end`` and the property modifications they carry."""

    start: int
    end: int
    properties: bytes
    extra: bytes


def read_pieces(clx: bytes, stream: bytes) -> tuple[list[Piece], str, int]:
    """Return the pieces, the whole text, and how many characters of it the file no longer has.

    Raises:
        Damaged: The piece table is unreadable, or claims more text than the file has bytes.
    """
    modifications, table = _clx(clx)
    pieces: list[Piece] = []
    texts: list[str] = []
    expected = lost = 0
    for start, end, item in plc(table, 8):
        if start != expected or end < start or end > len(stream):
            raise Damaged(f"text from {start} to {end} is out of order")
        expected = end
        place = u32(item, 2)
        width = 1 if place & _COMPRESSED else 2
        offset = (place & ~_COMPRESSED & 0x7FFFFFFF) // (2 if width == 1 else 1)
        pieces.append(Piece(start, end, offset, width, _extra(u16(item, 6), modifications)))
        text = _text(stream[offset : offset + (end - start) * width], width)
        missing = end - start - len(text)
        lost += missing
        texts.append(text + "\0" * missing)
    return pieces, "".join(texts), lost


def piece_places(clx: bytes, limit: int) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and byte offset of the pieces of a Word 6 or 95 document, whose text has one width.

    Args:
        clx: The piece table.
        limit: Length of the stream; more text than that is a claim.

    Raises:
        Damaged: The piece table is unreadable.
    """
    _, table = _clx(clx)
    expected = 0
    for start, end, item in plc(table, 8):
        if start != expected or not start <= end <= limit:
            raise Damaged(f"text from {start} to {end} is out of order")
        expected = end
        yield start, end, u32(item, 2)


def runs_of(pieces: Sequence[Piece], stored: Sequence[tuple[int, int, bytes]]) -> Iterator[Run]:
    """Yield runs of characters in order, from properties stored by byte offset.

    Args:
        pieces: The pieces of the text.
        stored: Start offset, end offset and property modifications, ascending, not overlapping.
    """
    starts = [start for start, _, _ in stored]
    for piece in pieces:
        first, last = piece.offset, piece.offset + (piece.end - piece.start) * piece.width
        index = max(0, bisect_right(starts, first) - 1)
        position = piece.start
        while index < len(stored) and stored[index][0] < last:
            start, end, properties = stored[index]
            index += 1
            begin = piece.start + max(0, start - first) // piece.width
            finish = min(piece.end, piece.start + -(-(end - first) // piece.width))
            if finish <= position:
                continue
            if begin > position:
                yield Run(position, begin, b"", piece.extra)
            yield Run(max(begin, position), finish, properties, piece.extra)
            position = finish
        if position < piece.end:
            yield Run(position, piece.end, b"", piece.extra)


def _clx(clx: bytes) -> tuple[list[bytes], bytes]:
    modifications: list[bytes] = []
    offset = 0
    while u8(clx, offset) == 1:
        length = u16(clx, offset + 1)
        modifications.append(cut(clx, offset + 3, length))
        offset += 3 + length
    if u8(clx, offset) != 2:
        raise Damaged("there is no piece table")
    return modifications, cut(clx, offset + 5, u32(clx, offset + 1))


def _text(data: bytes, width: int) -> str:
    """Decode a stretch so that one code unit is one character; ``whole`` mends what that tears apart."""
    if width == 1:
        return data.decode("latin-1").translate(_ANSI)
    if _SURROGATES.isdisjoint(data[1::2]):
        return data[: len(data) // 2 * 2].decode("utf-16-le")
    return "".join(chr(low | high << 8) for low, high in zip(data[::2], data[1::2], strict=False))


def whole(text: str) -> str:
    """Return text with its surrogate pairs joined and lone surrogates marked as lost."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _extra(prm: int, modifications: Sequence[bytes]) -> bytes:
    """Return the property modifications a piece adds: one from a table of short codes, or a stored list (2.9.214)."""
    if prm & 1:
        index = prm >> 1
        return modifications[index] if index < len(modifications) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return code.to_bytes(2, "little") + bytes([prm >> 8]) if code else b""


# 2.9.215: those that change what is read here.
_SHORT = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x55: 0x0835, 0x5C: 0x083C}
_SURROGATES = frozenset(range(0xD8, 0xE0))
_SURROGATE = re.compile("[\ud800-\udfff]")
# 2.9.73: Windows-1252 but for the five codes it leaves open.
_ANSI = {code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}
