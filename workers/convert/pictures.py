"""Pictures of an office document, which its readers pass over: what they show is named where it may be the text.

A document scanned page by page and pasted into Word has no text but its pictures, and says nothing of them.
"""

import mmap
import re
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

from schemas.blocks import Converted
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.opened_archive import OpenedArchive

_PACKAGES = frozenset({"docx", "odt", "pptx", "ods", "xlsx"})
_PICTURE = re.compile(r"(?:.*/)?(?:media|pictures)/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)", re.IGNORECASE)
_FOLDERS = (b"media/", b"Pictures/", b"pictures/", b"Media/")  # names stand in a zip archive as they are
_LEAST_BYTES = 4_000  # less is an icon, a rule or a bullet
_PAGE_WIDTH, _PAGE_HEIGHT = 1_000, 1_400  # pixels: A4 at 120 dots an inch, below which no page is scanned
_HEAD_BYTES = 64_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_SIZE = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(..)(..)", re.DOTALL)  # ITU T.81, B.2.2
_PICT = re.compile(rb"\\pict\b")


def with_pictures(converted: Converted, path: Path, opened: OpenedArchive) -> Converted:
    """Return a document with a remark on pictures that may hold text of it, which nobody reads.

    Args:
        converted: As its reader returned it.
        path: The file.
        opened: Opens it where it is an archive.
    """
    shows_text = any(block.role != "hidden" and block.text.strip() for block in converted.blocks)
    if converted.format in _PACKAGES:
        sizes = _pictures_of(path, opened)
    elif converted.format == "rtf" and not shows_text:
        sizes = [(0, 0)] * len(_PICT.findall(path.read_bytes()))
    else:
        sizes = []
    if not shows_text and sizes:
        said = Problem.of("convert", Sentence.of("pictures-only", count=len(sizes)), lossy=True)
    elif pages := sum(_is_page(*size) for size in sizes):
        said = Problem.of("convert", Sentence.of("pictures-unread", count=pages))
    else:
        return converted
    return replace(converted, problems=(*converted.problems, said))


def _pictures_of(path: Path, opened: OpenedArchive) -> list[tuple[int, int]]:
    """Return width and height in pixels of the pictures of a package, zeros for those that do not tell at once."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if all(data.find(folder) < 0 for folder in _FOLDERS):
                return []
        with opened.open(path) as archive:
            entries = [entry for entry in archive.infolist() if entry.file_size >= _LEAST_BYTES]
            named = [entry for entry in entries if _PICTURE.fullmatch(entry.filename.replace("\\", "/"))]
            return [_size_of(archive, entry) for entry in named]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []  # its reader has said what is damaged


def _size_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    try:
        with archive.open(entry) as file:
            head = file.read(_HEAD_BYTES)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return 0, 0
    if head.startswith(_PNG) and len(head) >= 24:
        width, height = struct.unpack_from(">II", head, 16)
        return width, height
    found = _JPEG_SIZE.search(head)
    return (int.from_bytes(found[2], "big"), int.from_bytes(found[1], "big")) if found else (0, 0)


def _is_page(width: int, height: int) -> bool:
    return min(width, height) >= _PAGE_WIDTH and max(width, height) >= _PAGE_HEIGHT
