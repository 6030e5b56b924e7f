"""Records of binary presentations ([MS-PPT])."""

import struct


def record(kind: int, content: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    """Return a record (2.3.1)."""
    return struct.pack("<HHI", (instance << 4) | (0xF if container else 0), kind, len(content)) + content


def text(kind: int, content: str) -> bytes:
    """Return a text with its kind (2.9.76, 2.9.42)."""
    return record(3999, struct.pack("<I", kind)) + record(4000, content.encode("utf-16-le"))
