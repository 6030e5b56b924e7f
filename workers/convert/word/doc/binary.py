"""Bounds-checked numbers out of a stream. Every offset in a binary document is somebody's claim."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass


class Damaged(Exception):  # noqa: N818 - it is caught and turned into a problem, never seen outside
    """A structure reaches beyond its stream or contradicts itself."""


_U16, _I16, _U32, _I32 = (struct.Struct(code) for code in ("<H", "<h", "<I", "<i"))


def u8(data: bytes, offset: int) -> int:
    """Return an unsigned byte."""
    if not 0 <= offset < len(data):
        raise Damaged(f"offset {offset} of {len(data)}")
    return data[offset]


def u16(data: bytes, offset: int) -> int:
    """Return an unsigned 16-bit number."""
    return _number(_U16, data, offset)


def i16(data: bytes, offset: int) -> int:
    """Return a signed 16-bit number."""
    return _number(_I16, data, offset)


def u32(data: bytes, offset: int) -> int:
    """Return an unsigned 32-bit number."""
    return _number(_U32, data, offset)


def i32(data: bytes, offset: int) -> int:
    """Return a signed 32-bit number."""
    return _number(_I32, data, offset)


def cut(data: bytes, offset: int, length: int) -> bytes:
    """Return a stretch that lies wholly inside."""
    if offset < 0 or length < 0 or offset + length > len(data):
        raise Damaged(f"{length} bytes at {offset} of {len(data)}")
    return data[offset : offset + length]


def utf16(data: bytes, offset: int, characters: int) -> str:
    """Return a stretch of UTF-16; a lone surrogate becomes U+FFFD."""
    return cut(data, offset, 2 * characters).decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class Plc:
    """A PLC ([MS-DOC] 2.2.2): ``n + 1`` positions, then ``n`` items of equal size.

    Attributes:
        positions: All positions.
        items: The bytes of each item; may be empty.
    """

    positions: tuple[int, ...]
    items: tuple[bytes, ...]

    def __iter__(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield start, end and item."""
        return zip(self.positions, self.positions[1:], self.items, strict=False)


def plc(data: bytes, item_size: int) -> Plc:
    """Return the PLC that fills ``data``.

    Args:
        data: The whole structure.
        item_size: Size of an item in bytes; 0 if there are positions only.
    """
    count = max(0, (len(data) - 4) // (4 + item_size))
    if len(data) < 4:
        return Plc((), ())
    positions = struct.unpack_from(f"<{count + 1}i", data)
    base = 4 * (count + 1)
    items = tuple(data[base + i * item_size : base + (i + 1) * item_size] for i in range(count))
    return Plc(positions, items)


def _number(kind: struct.Struct, data: bytes, offset: int) -> int:
    if offset < 0 or offset + kind.size > len(data):
        raise Damaged(f"offset {offset} of {len(data)}")
    found: int = kind.unpack_from(data, offset)[0]
    return found
