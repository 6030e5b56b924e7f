"""7z archives, by py7zr (LGPL, used as it is published)."""

import lzma
import zlib
from collections.abc import Callable
from typing import Any

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import FullError, Members, Sink
from workers.convert.source import Source

_DAMAGED = (ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, TypeError, KeyError, IndexError)


def read(source: Source) -> Converted:
    """Return the files in a 7z archive as children.

    Raises:
        DocumentError: It cannot be opened, or nothing came out of it.
    """
    encrypted = False
    for password in (None, *source.passwords):
        try:
            return _read(source, password)
        except PasswordRequired:  # said with a wrong password, too
            encrypted = True
        except _DAMAGED as error:  # what a wrong password unpacks is noise
            if not encrypted:
                said = Sentence.of("archive-damaged", format="7z", error=str(error))
                raise DocumentError(Category.CORRUPT, said) from None
    raise DocumentError(Category.ENCRYPTED, Sentence.of("7z-password"))


def _read(source: Source, password: str | None) -> Converted:
    members = Members(source)
    # An open file, not a path: py7zr would start threads of its own for a path.
    with source.path.open("rb") as file, py7zr.SevenZipFile(file, password=password) as archive:
        if password is None and archive.needs_password():
            raise PasswordRequired
        factory = _Sinks(members)
        for number, info in enumerate(archive.files):
            _plan(factory, info, str(number))
        try:
            archive.extract(targets=list(factory.names), factory=factory)
        except FullError:
            factory.abandon()
            for name in factory.list_unfinished():
                members.leave_at_limit(name)
        except _DAMAGED as error:
            factory.abandon()
            if not members.children:
                raise
            for name in factory.list_unfinished():
                members.leave_out(name, Category.CORRUPT, Sentence.of("files-damaged", error=str(error)))
    return members.converted(source.format)


def _plan(factory: "_Sinks", info: Any, own: str) -> None:
    name = info.filename
    # The library refuses a whole archive for one name that leads outside; under names of our own none does.
    info.file_properties()["filename"] = own
    if info.is_directory or factory.members.is_litter(name):
        return
    if info.is_symlink or info.is_junction or info.is_socket:
        factory.members.remark(name, "are links or devices, which are never followed")
        return
    factory.names[own] = name


class _Sinks(WriterFactory):
    """Gives the library a place to write each member to."""

    def __init__(self, members: Members) -> None:
        self.members = members
        self.names: dict[str, str] = {}
        self._finished: set[str] = set()
        self._last: _Output | None = None

    def create(self, filename: str) -> Py7zIO:
        own = filename.rpartition("/")[2]
        self._last = _Output(self.members.sink(self.names[own]), lambda: self._finished.add(own))
        return self._last

    def abandon(self) -> None:
        """Remove what was written of a member that did not come out whole."""
        if self._last and not self._last.closed:
            self._last.sink.discard()

    def list_unfinished(self) -> list[str]:
        """Return the names of the members that did not come out."""
        return [name for own, name in self.names.items() if own not in self._finished]


class _Output(Py7zIO):
    def __init__(self, sink: Sink, finished: Callable[[], None]) -> None:
        self.sink = sink
        self.closed = False
        self._finished = finished

    def write(self, s: bytes | bytearray) -> int:
        return self.sink.write(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self.sink.size

    def close(self) -> None:
        self.sink.close()
        self.closed = True
        self._finished()
