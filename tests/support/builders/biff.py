"""Records of BIFF8, the binary format of Excel 97 to 2003 ([MS-XLS] 2.1.4)."""

import struct


def record(kind: int, content: bytes) -> bytes:
    """Return a record of a kind."""
    return struct.pack("<HH", kind, len(content)) + content


def font(*, height: int = 200, flags: int = 0, colour: int = 0x7FFF, shift: int = 0) -> bytes:
    """Return a Font record; the height is in twentieths of a point."""
    return record(0x31, struct.pack("<HHHHH", height, flags, colour, 400, shift) + bytes(6))


def cell_format(number: int, *, shown: int = 0, pattern: int = 0) -> bytes:
    """Return an XF record: number of its font, format of its numbers, pattern of its ground."""
    return record(0xE0, struct.pack("<HH", number, shown) + bytes(10) + struct.pack("<IH", pattern << 26, 10))
