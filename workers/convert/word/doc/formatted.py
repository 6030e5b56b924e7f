"""Formatted disk pages: which properties the bytes of the text carry ([MS-DOC] 2.9.175, 2.9.33)."""

import struct
from collections.abc import Iterator
from itertools import pairwise

from workers.convert.word.doc.binary import plc, u8, u32

PAGE = 512
_NUMBER = 0x3FFFFF

Stored = tuple[int, int, bytes]


def paragraph_properties(table: bytes, stream: bytes) -> list[Stored]:
    """Return start offset, end offset and ``istd`` + modifications of each stored paragraph, ascending.

    Args:
        table: The ``PlcfBtePapx``.
        stream: The ``WordDocument`` stream.
    """
    return _order(found for page in _pages(table, stream) for found in _paragraphs(page))


def character_properties(table: bytes, stream: bytes) -> list[Stored]:
    """Return start offset, end offset and modifications of each stored run, ascending.

    Args:
        table: The ``PlcfBteChpx``.
        stream: The ``WordDocument`` stream.
    """
    return _order(found for page in _pages(table, stream) for found in _characters(page))


def _pages(table: bytes, stream: bytes) -> Iterator[bytes]:
    met: set[int] = set()
    for _, _, item in plc(table, 4):
        number = u32(item, 0) & _NUMBER
        page = stream[number * PAGE : (number + 1) * PAGE]
        if len(page) == PAGE and number not in met:
            met.add(number)
            yield page


def _bounds(page: bytes) -> list[tuple[int, int]]:
    count = min(page[-1], (PAGE - 5) // 5)
    return list(pairwise(struct.unpack_from(f"<{count + 1}I", page)))


def _paragraphs(page: bytes) -> Iterator[Stored]:
    bounds = _bounds(page)
    base = 4 * (len(bounds) + 1)
    for index, (start, end) in enumerate(bounds):
        place = base + 13 * index
        offset = 2 * page[place] if place < PAGE else 0
        if not offset:
            yield start, end, b""
            continue
        size, offset = 2 * u8(page, offset) - 1, offset + 1
        if size < 0:
            size, offset = 2 * u8(page, offset) if offset < PAGE else 0, offset + 1
        yield start, end, page[offset : offset + size]


def _characters(page: bytes) -> Iterator[Stored]:
    bounds = _bounds(page)
    base = 4 * (len(bounds) + 1)
    for index, (start, end) in enumerate(bounds):
        place = base + index
        offset = 2 * page[place] if place < PAGE else 0
        yield start, end, page[offset + 1 : offset + 1 + page[offset]] if offset else b""


def _order(found: Iterator[Stored]) -> list[Stored]:
    """Sort by offset and drop what overlaps: pages are somebody's claim, and each byte has one set of properties."""
    kept: list[Stored] = []
    for start, end, properties in sorted(found, key=lambda item: item[0]):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end, properties))
    return kept
