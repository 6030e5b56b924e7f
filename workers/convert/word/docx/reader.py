"""The way from a Word document to its blocks: open the package, walk body, notes, headers and footers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schemas.blocks import Block, Clue, Converted, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.source import Source
from workers.convert.word.docx.chunks import chunk_blocks
from workers.convert.word.docx.drawings import drawn_text
from workers.convert.word.docx.lists import read_lists
from workers.convert.word.docx.package import Package, Relation, open_package
from workers.convert.word.docx.properties import read_properties
from workers.convert.word.docx.story import Context, Story
from workers.convert.word.docx.styles import StyleSheet, read_styles
from workers.convert.word.docx.wml import PARAGRAPH, TEXT, Element, R, W, is_on
from workers.convert.word.numbering import Counters
from workers.convert.word.omissions import report_omissions

_OBJECTS = {"oleObject", "package"}


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes of a document, parsed when the first is called."""

    package: Package
    parts: dict[str, str]
    read: dict[str, dict[str, Element]]

    def get(self, kind: Literal["footnotes", "endnotes"], identifier: str) -> Element | None:
        """Return the element of a note; only once, since a document may call one note a million times."""
        if kind not in self.read:
            root = self.package.spare(self.parts[kind]) if kind in self.parts else None
            self.read[kind] = {} if root is None else {note.get(W + "id", ""): note for note in root}
        return self.read[kind].pop(identifier, None)


def read(source: Source) -> Converted:
    """Read a docx, docm, dotx or dotm file.

    Raises:
        DocumentError: The file is encrypted, damaged or a bomb.
    """
    package = open_package(source)
    with package.archive:
        return _read(package, source)


def _read(package: Package, source: Source) -> Converted:
    main = package.main_part()
    root = package.xml(main)
    body = root.find(W + "body") if root is not None else None
    if root is None or body is None:
        raise DocumentError(Category.CORRUPT, Sentence.of("part-without-text", part=main.lstrip("/")))
    relations = package.relations(main)
    context = _context(package, root, relations, main, source)
    blocks = Story(context, "body", Counters()).read(body)
    headers = list(_margins(package, context, root, relations, "header"))
    footers = list(_margins(package, context, root, relations, "footer"))
    return Converted(
        format="docx",
        blocks=(*headers, *blocks, *footers, *_comments(package, relations)),
        clues=tuple(_clues(package)),
        problems=(*package.problems, *_remarks(package, context, relations)),
    )


def _context(package: Package, root: Element, relations: dict[str, Relation], main: str, source: Source) -> Context:
    folder = main.rpartition("/")[0]
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    sheet = parts.get("styles", f"{folder}/styles.xml")
    styles = package.attempt(lambda: read_styles(package, sheet), StyleSheet())
    grounds = package.data(sheet) or b"" if styles.sources else b""
    numbering = package.spare(parts.get("numbering", f"{folder}/numbering.xml"))
    notes = Notes(package, parts, {})
    return Context(
        styles,
        read_lists(numbering, styles.list_of),
        note=notes.get,
        drawn_text=lambda element: drawn_text(element, package, relations),
        chunk=lambda element: chunk_blocks(element, package, relations, source),
        on_paper=cache(lambda: _is_on_paper(root, grounds)),
    )


def _is_on_paper(root: Element, styles: bytes) -> bool:
    """Return whether nothing of a document can lie coloured under its text: white text then is not seen.

    A table's style, a drawing or a shaded paragraph may be what makes white text stand out.
    """
    grounds = (W + name for name in ("shd", "highlight", "background", "tblStyle", "drawing", "pict", "object"))
    return b"<w:shd " not in styles and next(root.iter(*grounds), None) is None


def _margins(
    package: Package, context: Context, root: Element, relations: dict[str, Relation], role: Role
) -> Iterator[Block]:
    """Yield the paragraphs of headers or footers in order of their sections, each distinct text once.

    Those of first pages and of even pages as hidden, where no page of the section has them.
    """
    met: set[str] = set()
    for reference in root.iter(f"{W}{role}Reference"):
        name = package.place(relations.get(reference.get(R + "id", "")))
        part = package.spare(name) if name is not None else None
        own: Role = role if _is_used(reference.get(W + "type", ""), root, package, relations) else "hidden"
        for block in Story(context, own, Counters()).read(part) if part is not None else ():
            if block.text not in met:
                met.add(block.text)
                yield block


def _is_used(kind: str, root: Element, package: Package, relations: dict[str, Relation]) -> bool:
    """Return whether pages may have this kind of header (ECMA-376 part 1, 17.10.6 titlePg, 17.10.1 evenAndOddHeaders).

    A section without a header of its own has that of the section before, so one mark counts for all.
    """
    if kind == "first":
        return any(is_on(mark) for mark in root.iter(W + "titlePg"))
    if kind == "even":
        settings = next((r.target for r in relations.values() if r.kind == "settings" and not r.external), None)
        said = package.xml(settings) if settings else None
        mark = said.find(W + "evenAndOddHeaders") if said is not None else None
        return mark is not None and is_on(mark)
    return True


def _clues(package: Package) -> Iterator[Clue]:
    targets = {relation.kind: relation.target for relation in package.relations("").values()}
    extended, custom = (package.spare(targets.get(f"{kind}-properties", "")) for kind in ("extended", "custom"))
    core = package.attempt(lambda: package.data(targets.get("core-properties", "")), None)
    yield from read_properties(core, extended, custom)


def _comments(package: Package, relations: dict[str, Relation]) -> Iterator[Block]:
    """Yield the paragraphs of review comments; nobody reads them in the text, and whoever opens the file has them."""
    for root in _comment_parts(package, relations):
        for paragraph in root.iter(PARAGRAPH):
            if said := "".join(part.text or "" for part in paragraph.iter(TEXT)).strip():
                yield Block(said, role="hidden")


def _comment_parts(package: Package, relations: dict[str, Relation]) -> Iterator[Element]:
    for relation in relations.values():
        if (
            relation.kind == "comments"
            and not relation.external
            and (root := package.spare(relation.target)) is not None
        ):
            yield root


def _remarks(package: Package, context: Context, relations: dict[str, Relation]) -> Iterator[Problem]:
    objects = {relation.target for relation in relations.values() if relation.kind in _OBJECTS}
    comments = sum(len(root) for root in _comment_parts(package, relations))
    yield from report_omissions(context.deletions, comments, len(objects), hidden=context.hidden)
