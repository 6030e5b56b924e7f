"""Compound files ([MS-CFB]) for tests: a header, one sector of FAT, one of directory, and streams of 4 KB or more."""

import struct
from pathlib import Path

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def make_compound(path: Path, **streams: bytes) -> Path:
    """Write up to three streams, each padded with NUL to 4 KB; ``_`` in a name stands for a space."""
    fat = [_FAT, _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    body = b""
    for index, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % SECTOR)
        start, count = len(fat), len(padded) // SECTOR
        fat += [*range(start + 1, start + count), _END]
        entries.append(
            _entry(name.replace("_", " "), 2, start, len(padded), right=index + 1 if index < len(streams) else None)
        )
        body += padded
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, *(0, 1, 1, 0, 4096, _END, 0, _END, 0, 0))
    )
    header = header.ljust(SECTOR, b"\xff")
    table = struct.pack(f"<{SECTOR // 4}I", *(fat + [_FREE] * (SECTOR // 4 - len(fat))))
    path.write_bytes(header + table + directory + body)
    return path


def _entry(name: str, kind: int, start: int, size: int, *, right: int | None = None, child: int | None = None) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = [_FREE, _FREE if right is None else right, _FREE if child is None else child]
    return struct.pack("<64sHBB3I16x4x8x8xIQ", encoded, len(encoded), kind, 1, *links, start, size)
