"""The package of a Word document: its parts, opened without trust.

Part names and relations follow the Open Packaging Conventions as python-docx implements them; the bytes are read here
because an archive may declare less than it unpacks to.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from lxml import etree

from schemas.errors import DocumentError
from schemas.outcomes import Category, Problem
from workers.convert.docx.wml import Element

LARGEST_PART = 256 * 1024 * 1024
SUSPECT_PART = 8 * 1024 * 1024
SUSPECT_RATIO = 300

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument/relationships|\w+/\w+)")
_TRANSITIONAL = b"http://schemas.openxmlformats.org/%s/2006/%s"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relation's type, and the name of the part (or the address outside)."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An open document.

    Attributes:
        path: The file.
        archive: Its zip archive.
        entries: Entries by lower-case name; some producers write ``Word/Document.xml`` or backslashes.
        problems: What was met while reading parts.
        shown: Parts placed into the text; each is placed once, whatever refers to it.
    """

    path: Path
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    problems: list[Problem] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None where there is no such part.

        Raises:
            DocumentError: The part is damaged, encrypted, or unpacks to more than a document holds.
        """
        entry = self.entries.get(name.lower().lstrip("/"))
        if entry is None:
            return None
        _guard(entry, name)
        try:
            with self.archive.open(entry) as part:
                content = part.read(entry.file_size)
                # One more byte makes zipfile compare the checksum, and shows a size that was a lie.
                if part.read(1) or len(content) < entry.file_size:
                    raise DocumentError(Category.CORRUPT, f"{name} is cut short inside the file")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DocumentError(Category.CORRUPT, f"{name} is damaged ({error}); ask for a fresh copy") from error
        except RuntimeError as error:
            raise DocumentError(Category.ENCRYPTED, f"{name} is protected by a zip password") from error
        return content

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, or None where there is no such part.

        A part with broken markup is read as far as it goes, and a lossy problem says so.

        Raises:
            DocumentError: See ``data``; or the part declares entities, or holds no XML at all.
        """
        data = self.data(name)
        return None if data is None else self.parse(data, name.lstrip("/"))

    def parse(self, data: bytes, name: str) -> Element:
        """Return the root of ``data``; as ``xml``."""
        if b"purl.oclc.org/ooxml" in data[:8192]:
            data = _STRICT.sub(_transitional, data)
        try:
            root = etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError as error:
            root = _recovered(data, name)
            message = f"markup of {name} is broken ({error.msg}); read as far as possible"
            self.problems.append(Problem("convert", message, category=Category.CORRUPT, place=name, lossy=True))
        if root.getroottree().docinfo.internalDTD is not None:
            raise DocumentError(Category.BOMB, f"{name} declares a document type, which no word processor writes")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their identifiers; empty where it has none."""
        source = PackURI("/" + name.lstrip("/")) if name else PackURI("/")
        root = self.xml(source.rels_uri)
        found: dict[str, Relation] = {}
        for item in root if root is not None else ():
            target, kind = item.get("Target", ""), item.get("Type", "").rpartition("/")[2]
            external = item.get("TargetMode") == "External"
            if not external:
                target = str(PackURI.from_rel_ref(source.baseURI, target.replace("\\", "/")))
            found[item.get("Id", "")] = Relation(kind, target, external)
        return found

    def place(self, relation: Relation | None) -> str | None:
        """Return the part a place in the text refers to, or None where it is outside or has been placed before."""
        if relation is None or relation.external or relation.target in self.shown:
            return None
        self.shown.add(relation.target)
        return relation.target

    def main_part(self) -> str:
        """Return the name of the part that holds the text."""
        kind = RELATIONSHIP_TYPE.OFFICE_DOCUMENT.rpartition("/")[2]
        targets = [relation.target for relation in self.relations("").values() if relation.kind == kind]
        return next((name for name in targets if name.lower().lstrip("/") in self.entries), "/word/document.xml")


def open_package(path: Path) -> Package:
    """Open a document.

    Raises:
        DocumentError: The file is encrypted or no readable zip archive.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLE:
        raise DocumentError(Category.ENCRYPTED, "the document is protected by a password; save it without one")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        message = "the docx file is cut short or damaged: its directory of parts is missing; ask for a fresh copy"
        raise DocumentError(Category.CORRUPT, message) from error
    return Package(path, archive, {e.filename.replace("\\", "/").lower(): e for e in archive.infolist()})


def _guard(entry: zipfile.ZipInfo, name: str) -> None:
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > LARGEST_PART or (entry.file_size > SUSPECT_PART and ratio > SUSPECT_RATIO):
        size = entry.file_size // 1_000_000
        raise DocumentError(Category.BOMB, f"{name} would unpack to {size} MB, {ratio:.0f} times its packed size")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _transitional(match: re.Match[bytes]) -> bytes:
    folder, _, last = match.group(1).partition(b"/")
    return _TRANSITIONAL % (folder, last)


def _recovered(data: bytes, name: str) -> Element:
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise DocumentError(Category.CORRUPT, f"{name} holds no readable XML; ask for a fresh copy")
    return root
