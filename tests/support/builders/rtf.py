"""RTF files written by hand."""

from pathlib import Path

HEAD = r"\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}"


def write_rtf(path: Path, content: bytes | str, head: str = HEAD) -> Path:
    """Write a document of this content below a head."""
    path.write_bytes(b"{\\rtf1" + head.encode() + (content if isinstance(content, bytes) else content.encode()) + b"}")
    return path
