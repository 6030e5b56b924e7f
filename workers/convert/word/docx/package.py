"""The package of a Word document: its parts, opened without trust.

Part names and relations follow the Open Packaging Conventions as python-docx implements them; the bytes are read by
``parts``, because an archive may declare less than it unpacks to.
"""

import re
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.package.zip_parts import Element, Parts, entries_of, open_archive
from workers.convert.source import Source

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
class Package(Parts):
    """An open document.

    Attributes:
        shown: Parts placed into the text; each is placed once, whatever refers to it.
        related: Relations that were read, by the part that has them.
    """

    shown: set[str] = field(default_factory=set)
    related: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def parse(self, data: bytes, name: str) -> Element:
        """Return the root of ``data``, which is what ``name`` holds, with the namespaces of transitional OOXML."""
        if b"purl.oclc.org/ooxml" in data[:8192]:
            data = _STRICT.sub(_transitional, data)
        return Parts.parse(self, data, name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their identifiers; empty if it has none."""
        if name in self.related:
            return self.related[name]
        problems = len(self.problems)
        found = self._read_relations(name)
        if len(self.problems) == problems:
            self.related[name] = found
        return found

    def _read_relations(self, name: str) -> dict[str, Relation]:
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
        """Return the part a place in the text refers to, or None if it is outside or has been placed before."""
        if relation is None or relation.external or relation.target in self.shown:
            return None
        self.shown.add(relation.target)
        return relation.target

    def main_part(self) -> str:
        """Return the name of the part that holds the text."""
        kind = RELATIONSHIP_TYPE.OFFICE_DOCUMENT.rpartition("/")[2]
        targets = [relation.target for relation in self.relations("").values() if relation.kind == kind]
        return next((name for name in targets if name.lower().lstrip("/") in self.entries), "/word/document.xml")


def open_package(source: Source, *, format_: str = "docx") -> Package:
    """Open a document; ``format_`` names it in errors.

    Raises:
        DocumentError: The file is encrypted or no readable zip archive.
    """
    with source.path.open("rb") as file:
        head = file.read(4)
    if head == _OLE:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("document-password"))
    archive = open_archive(source, format_=format_)
    return Package(source.path, archive, entries_of(archive))


def _transitional(match: re.Match[bytes]) -> bytes:
    folder, _, last = match.group(1).partition(b"/")
    return _TRANSITIONAL % (folder, last)
