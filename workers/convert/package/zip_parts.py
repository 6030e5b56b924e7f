"""The parts of a document stored as a zip archive of XML (OOXML, ODF, OFD), opened without trust.

An archive may declare less than it unpacks to; markup may declare entities, refer to the network or be cut short.
What the parts mean is for the readers.
"""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from lxml import etree

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.opened_archive import LastingArchive, inflate
from workers.convert.source import Source

Element = etree._Element
T = TypeVar("T")

MAX_PART_SIZE = 256 * 1024 * 1024
SUSPECT_PART = 8 * 1024 * 1024
SUSPECT_RATIO = 300


@dataclass(slots=True)
class Parts:
    """An open archive.

    Attributes:
        path: The file.
        archive: Its zip archive.
        entries: Entries by lower-case name; some producers write ``Word/Document.xml`` or backslashes.
        problems: What was met while reading parts.
    """

    path: Path
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    problems: list[Problem] = field(default_factory=list)

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if there is no such part.

        Raises:
            DocumentError: The part is damaged, encrypted, or unpacks to more than a document holds.
        """
        entry = self.entries.get(name.lower().lstrip("/"))
        if entry is None:
            return None
        _guard(entry, name)
        content = inflate(self.archive, entry) or self._content(entry, name)
        if isinstance(self.archive, LastingArchive):
            self.archive.keep(entry, content)
        return content

    def _content(self, entry: zipfile.ZipInfo, name: str) -> bytes:
        try:
            with self.archive.open(entry) as part:
                content = part.read(entry.file_size)
                # One more byte makes zipfile compare the checksum, and shows a size that was a lie.
                if part.read(1) or len(content) < entry.file_size:
                    raise DocumentError(Category.CORRUPT, Sentence.of("part-cut-short", part=name))
                return content
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DocumentError(Category.CORRUPT, Sentence.of("part-damaged", part=name, error=str(error))) from error
        except RuntimeError as error:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("part-password", part=name)) from error

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, or None if there is no such part.

        A part with broken markup is read as far as it goes, and a lossy problem says so.

        Raises:
            DocumentError: See ``data``; or the part declares entities, or holds no XML at all.
        """
        data = self.data(name)
        return None if data is None else self.parse(data, name.lstrip("/"))

    def spare(self, name: str) -> Element | None:
        """Return the root of a part the text can be read without; None, and a lossy problem, where it is damaged.

        Raises:
            DocumentError: The part is a bomb or encrypted.
        """
        return self.attempt(lambda: self.xml(name), None)

    def attempt(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what ``read`` returns, or ``otherwise`` and a lossy problem where what it reads is damaged.

        Raises:
            DocumentError: It is a bomb or encrypted.
        """
        try:
            return read()
        except DocumentError as error:
            if error.category is not Category.CORRUPT:
                raise
            said = Sentence.of("part-left-out", cause=error.said)
            damage = Problem.of("convert", said, Category.CORRUPT, lossy=True)
            self.problems.extend([damage] if damage not in self.problems else [])
            return otherwise

    def parse(self, data: bytes, name: str) -> Element:
        """Return the root of ``data``, which is what ``name`` holds; as ``xml``."""
        try:
            root = etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError as error:
            root = _recover(data, name)
            said = Sentence.of("part-broken-markup", part=name, error=str(error.msg))
            self.problems.append(Problem.of("convert", said, Category.CORRUPT, place=name, lossy=True))
        if root.getroottree().docinfo.internalDTD is not None:
            raise DocumentError(Category.BOMB, Sentence.of("part-document-type", part=name))
        return root


def open_parts(source: Source, *, format_: str) -> Parts:
    """Open a document; the caller closes ``archive``.

    Raises:
        DocumentError: The file is no readable zip archive.
    """
    archive = open_archive(source, format_=format_)
    return Parts(source.path, archive, entries_of(archive))


def open_archive(source: Source, *, format_: str) -> zipfile.ZipFile:
    """Open the archive of a document; as ``open_parts``."""
    try:
        return source.opened.open(source.path) if source.opened else zipfile.ZipFile(source.path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("package-damaged", format=format_)) from error


def entries_of(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by lower-case name with forward slashes and none in front."""
    return {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in archive.infolist()}


def _guard(entry: zipfile.ZipInfo, name: str) -> None:
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > MAX_PART_SIZE or (entry.file_size > SUSPECT_PART and ratio > SUSPECT_RATIO):
        size = entry.file_size // 1_000_000
        raise DocumentError(Category.BOMB, Sentence.of("part-too-large", part=name, size=size, ratio=round(ratio)))


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _recover(data: bytes, name: str) -> Element:
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise DocumentError(Category.CORRUPT, Sentence.of("part-without-xml", part=name))
    return root
