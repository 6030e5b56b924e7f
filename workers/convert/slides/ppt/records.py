"""Records of [MS-PPT] 2.3.1 and where their edits have moved them; bounds-checked, without recursion."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from workers.convert.word.doc.binary import Damaged, cut, u32

_HEAD = struct.Struct("<HHI")
_MAX_EDITS = 10_000
_USER_EDIT, _PERSIST_DIRECTORY = 4085, 6002


class Record(NamedTuple):
    """One record.

    Attributes:
        kind: Its ``recType``.
        instance: Its ``recInstance``.
        container: Whether it holds records.
        start: Offset of its content.
        end: Offset behind it.
    """

    kind: int
    instance: int
    container: bool
    start: int
    end: int


def record_at(data: bytes, offset: int) -> Record:
    """Return the record at an offset, cut at the end of the stream."""
    if not 0 <= offset <= len(data) - _HEAD.size:
        raise Damaged(f"record at {offset} of {len(data)}")
    head, kind, length = _HEAD.unpack_from(data, offset)
    start = offset + _HEAD.size
    return Record(kind, head >> 4, head & 0xF == 0xF, start, min(start + length, len(data)))


def inside(data: bytes, record: Record) -> Iterator[Record]:
    """Yield the records directly inside one."""
    at = record.start
    while at + _HEAD.size <= record.end:
        child = record_at(data, at)
        yield child._replace(end=min(child.end, record.end))
        at = child.end


def walk(data: bytes, record: Record) -> Iterator[Record]:
    """Yield the records inside one, however deep, in the order of the stream; a container before what it holds.

    No record reaches beyond the container that holds it; else containers of a damaged stream could overlap, and what
    they share would be read once for each of them.
    """
    ends, at = [record.end], record.start
    while ends:
        if at + _HEAD.size > ends[-1]:
            at = ends.pop()
            continue
        child = record_at(data, at)
        child = child._replace(end=min(child.end, ends[-1]))
        yield child
        at = child.end
        if child.container:
            ends.append(child.end)
            at = child.start


def read_persist_directory(data: bytes, current: int) -> tuple[dict[int, int], int]:
    """Return the offset of each persistent object after the last edit, and which object is the document.

    Args:
        data: The stream ``PowerPoint Document``.
        current: Offset of the last edit.
    """
    offsets: dict[int, int] = {}
    document = 0
    met: set[int] = set()
    while current and current not in met and len(met) < _MAX_EDITS:
        met.add(current)
        edit = record_at(data, current)
        if edit.kind != _USER_EDIT:
            raise Damaged(f"no edit at {current}")
        for identifier, offset in _directory(data, u32(data, edit.start + 12)):
            offsets.setdefault(identifier, offset)
        document = document or u32(data, edit.start + 16)
        current = u32(data, edit.start + 8)
    return offsets, document


def _directory(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    directory = record_at(data, offset)
    if directory.kind != _PERSIST_DIRECTORY:
        raise Damaged(f"no directory at {offset}")
    at = directory.start
    while at + 4 <= directory.end:
        head = u32(data, at)
        first, count = head & 0xFFFFF, head >> 20
        places = cut(data, at + 4, min(4 * count, directory.end - at - 4) & ~3)
        for index in range(len(places) // 4):
            yield first + index, u32(places, 4 * index)
        at += 4 + 4 * count
