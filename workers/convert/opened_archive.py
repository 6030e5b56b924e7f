"""The zip archive of a document, opened and unpacked once for all who look into it in turn during a conversion.

The kind of file is told by it, its reader reads it, and what the reader passed over is looked for in it. Not here: what
parts may hold and how large they may be, which is ``zip_parts``.
"""

import zipfile
from pathlib import Path
from types import TracebackType

_MOST_PART = 8 << 20
_MOST_BYTES = 64 << 20


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
    return archive.read(entry) if kept is None else kept
