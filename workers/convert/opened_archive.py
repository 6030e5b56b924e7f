"""The zip archive of a document, opened and unpacked once for all who look into it in turn during a conversion.

The kind of file is told by it, its reader reads it, and what the reader passed over is looked for in it. Not here: what
parts may hold and how large they may be, which is ``zip_parts``.
"""

import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

_MOST_PART = 8 << 20
_MOST_BYTES = 64 << 20
_LOCAL_HEADER = struct.Struct("<4s2xH18xHH")  # PKWARE APPNOTE 4.3.7: signature, flags, length of name and extra field
_SIGNATURE = b"PK\x03\x04"
_UTF8 = 0x800
_PLAIN_FLAGS = 0x6 | 0x8 | _UTF8  # 4.4.4: how hard it was pressed, sizes written after it, name in UTF-8


class LastingArchive(zipfile.ZipFile):
    """An archive that ``with`` leaves open: whoever opened it first closes it.

    Attributes:
        unpacked: Parts that were read, by where they begin in the file.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            zipfile.BadZipFile: It is none.
        """
        super().__init__(path)
        self.unpacked: dict[int, bytes] = {}
        self._left = _MOST_BYTES

    def __exit__(self, *_: object) -> None:
        """Stay open."""

    def keep(self, entry: zipfile.ZipInfo, content: bytes) -> None:
        """Remember what a part holds, unless it is large."""
        if len(content) <= min(_MOST_PART, self._left):
            self._left -= len(content)
            self.unpacked[entry.header_offset] = content


class OpenedArchive:
    """The archive of one file, opened when it is first asked for and closed at the end of ``with``."""

    def __init__(self, path: Path) -> None:
        """Remember whose archive it is."""
        self._path = path
        self._archive: LastingArchive | None = None

    def open(self, path: Path) -> zipfile.ZipFile:
        """Return the archive of a file; another than this one's is opened for the caller alone.

        Raises:
            zipfile.BadZipFile: It is none.
        """
        if path != self._path:
            return zipfile.ZipFile(path)
        if self._archive is None:
            self._archive = LastingArchive(path)
        return self._archive

    def __enter__(self) -> "OpenedArchive":
        """Begin a conversion."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the archive if it was opened."""
        if self._archive is not None:
            self._archive.close()


def read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return what a part holds, as it was read before or anew.

    Raises:
        zipfile.BadZipFile: It is damaged.
    """
    kept = archive.unpacked.get(entry.header_offset) if isinstance(archive, LastingArchive) else None
    if kept is None:
        kept = inflate(archive, entry)
    return archive.read(entry) if kept is None else kept


def inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """Return what a sound part holds, read in one piece: a quarter of the time ``zipfile`` takes for a small one.

    None where anything is unusual or not as the directory states; ``zipfile`` then says what is wrong.
    """
    plain = not entry.flag_bits & ~_PLAIN_FLAGS and entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if not plain or not entry.file_size or archive.fp is None:
        return None
    try:
        content = _packed(archive, entry)
        if content and entry.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, entry.file_size)
    except (OSError, ValueError, struct.error, zlib.error):
        return None
    return content if len(content) == entry.file_size and zlib.crc32(content) == entry.CRC else None


def _packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part as it lies in the file; nothing where its header names another, or another part begins in it."""
    file = archive.fp
    if file is None:
        return b""
    file.seek(entry.header_offset)
    signature, flags, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    named = file.read(name).decode("utf-8" if flags & _UTF8 else "cp437")
    start = entry.header_offset + _LOCAL_HEADER.size + name + extra
    end: int | None = getattr(entry, "_end_offset", None)  # of Python 3.11.10 and later
    if signature != _SIGNATURE or named != entry.orig_filename or (end and start + entry.compress_size > end):
        return b""
    file.seek(start)
    return file.read(entry.compress_size)
