"""The way from an OFD package to its blocks: OFD.xml, the documents it names, their pages and templates."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemas.blocks import Block, Clue, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.layout.paragraphs import blocks_of_pages
from workers.convert.layout.reading_order import TextLine
from workers.convert.layout.ruled_grids import grids_of
from workers.convert.layout.ruled_tables import Table, items_of
from workers.convert.layout.segment import Segment
from workers.convert.layout.struck_lines import mark_struck
from workers.convert.layout.watermarks import part_watermarks
from workers.convert.ofd.annotations import annotations_of, is_invisible, is_watermark
from workers.convert.ofd.attachments import attachments_of, read_attachments
from workers.convert.ofd.markup import POINTS, children, local, resolve_name, text_of, texts_of
from workers.convert.ofd.overlaps import in_order
from workers.convert.ofd.page import PageItems
from workers.convert.ofd.page_layers import SharedParts, read_layers, read_shared
from workers.convert.ofd.visibility import part_concealed
from workers.convert.package.zip_parts import Element, Parts, open_parts
from workers.convert.source import Source

_SLACK = 3.0  # points
_SLACK_LINES = 2.5  # from baseline to baseline
_MAX_CHARACTERS = 50_000_000
_MAX_LENGTH = 1000
_INFO = {
    **{"Title": "title", "Author": "author", "Subject": "subject", "Abstract": "abstract", "Creator": "creator"},
    **{"CreationDate": "created", "ModDate": "modified"},
}


@dataclass(slots=True)
class _Document:
    """What has been read of a file; it may hold several documents, whose pages are counted through."""

    parts: Parts
    pages: list[list[TextLine | Table]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    unseen: list[Block] = field(default_factory=list)
    watermarks: dict[str, int] = field(default_factory=dict)
    roots: dict[str, Element | None] = field(default_factory=dict)
    characters: int = 0


def read(source: Source) -> Converted:
    """Read an OFD file.

    Raises:
        DocumentError: The file is encrypted, damaged, a bomb, or holds only pictures of text.
    """
    parts = open_parts(source, format_="ofd")
    with parts.archive:
        if "encryptions.xml" in parts.entries:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("ofd-encrypted"))
        return _read(parts, source)


def _read(parts: Parts, source: Source) -> Converted:
    root = parts.xml("OFD.xml")
    bodies = list(children(root, "DocBody"))
    starts = list_documents(parts, bodies)
    document = _Document(parts)
    attachments = [item for start in starts for item in _read_document(document, resolve_name("", start))]
    members = read_attachments(parts, source, attachments)
    if not any(document.pages) and not (members and members.children):
        raise _empty(document)
    blocks = [*document.blocks, *_watermarks(document)]
    pictures = (
        Problem.of("convert", Sentence.of("page-is-picture", page=page), page=page, lossy=True)
        for page in document.pictures
    )
    converted = Converted(
        format="ofd",
        blocks=tuple(blocks),
        clues=tuple(clue for body in bodies for clue in _clues(body)),
        pages=len(document.pages),
        attachments=tuple(name for name, _ in attachments),
        problems=(*parts.problems, *pictures, *_remarks(document)),
    )
    return members.beside(converted) if members else converted


def list_documents(parts: Parts, bodies: list[Element]) -> list[str]:
    """Return the parts of the documents that the bodies of a package name, or those it seems to have."""
    return [text_of(body, "DocRoot") for body in bodies] or _likely_documents(parts)


def _likely_documents(parts: Parts) -> list[str]:
    """Return the documents of a package that lost its OFD.xml."""
    said = Sentence.of("ofd-without-root")
    parts.problems.append(Problem.of("convert", said, Category.CORRUPT, place="OFD.xml", lossy=True))
    return sorted(name for name in parts.entries if name.endswith("/document.xml"))


def _read_document(document: _Document, name: str) -> list[tuple[str, str]]:
    """Read the pages of one document, whose paragraphs end with it; return name and place of its attachments."""
    root = document.parts.xml(name)
    if root is None:
        _report_loss(document, name, None)
        return []
    notes = annotations_of(document.parts, name, root)
    shared = read_shared(document.parts, name, root)
    first = len(document.pages)
    for page in children(root, "Pages", "Page"):
        drawn = notes.get(page.get("ID", ""), [])
        _read_page(document, resolve_name(name, page.get("BaseLoc", "")), shared, drawn)
    document.blocks.extend(blocks_of_pages(document.pages[first:], document.heights[first:]))
    return list(attachments_of(document.parts, name, root))


def _read_page(document: _Document, name: str, shared: SharedParts, drawn: list[Element]) -> None:
    number = len(document.pages) + 1
    layers = read_layers(document.parts, name, shared, document.roots)
    items = PageItems(layers.height * POINTS, shared.bold, layers.units)
    for root in layers.roots:
        items.add(root)
    if layers.page is None:
        _report_loss(document, name, number)
    _annotate(document, items, drawn, number)
    segments = mark_struck(_segments(document, items, layers.width * POINTS, number), items.strokes, items)
    lines = items_of(segments, grids_of(items.strokes), items, page=number)
    document.characters += len(items.edges)
    if document.characters > _MAX_CHARACTERS:
        raise DocumentError(Category.BOMB, Sentence.of("ofd-too-much-text", limit=_MAX_CHARACTERS), page=number)
    document.pages.append(lines)
    document.heights.append(items.height)
    if items.pictures and not lines:
        document.pictures.append(number)


def _annotate(document: _Document, items: PageItems, drawn: list[Element], number: int) -> None:
    for appearance in drawn:
        if is_invisible(appearance):
            items.unseen.extend(texts_of(appearance))
        elif is_watermark(appearance):
            for text in texts_of(appearance):
                document.watermarks.setdefault(text, number)
        else:
            items.add_placed(appearance)


def _segments(document: _Document, items: PageItems, width: float, number: int) -> list[Segment]:
    """Return the text of a page; what lies outside of it and its watermarks are kept apart."""
    outside = set(map(id, _outside(items.segments, width, items.height)))
    shown = [segment for segment in items.segments if id(segment) not in outside] if outside else items.segments
    gone = (segment.text.strip() for segment in items.segments if id(segment) in outside)
    shown, concealed = part_concealed(shown, items)
    hidden = [*gone, *items.unseen, *(segment.text.strip() for segment in concealed)]
    document.unseen.extend(Block(text, role="hidden", page=number) for text in hidden if text)
    shown, marks = part_watermarks(shown, items.is_faint, overlaps=False)
    for mark in marks:
        document.watermarks.setdefault(mark, number)
    return in_order(shown, items.edges)


def _outside(segments: list[Segment], width: float, height: float) -> Iterator[Segment]:
    """Yield the segments that lie outside of the page.

    Lines that run over its foot, one below the other, are those of a careless writer (easyofd) and stay.
    """
    if all(s.x0 < width and s.x1 > 0 and 0 < s.y < height for s in segments):
        return
    last = 0.0
    for segment in sorted(segments, key=lambda item: -item.y):
        slack = _SLACK_LINES * segment.size
        if segment.x0 > width + _SLACK or segment.x1 < -_SLACK or segment.y > height + _SLACK:
            yield segment
        elif segment.y > -_SLACK or last - segment.y < slack:
            last = segment.y
        else:
            yield segment


def _report_loss(document: _Document, name: str, page: int | None) -> None:
    said = Sentence.of("ofd-page-missing", part=name) if name else Sentence.of("ofd-page-unnamed")
    document.parts.problems.append(Problem.of("convert", said, page=page, place=name, lossy=True))


def _watermarks(document: _Document) -> Iterator[Block]:
    for text, page in document.watermarks.items():
        yield Block(text, role="chrome", page=page)
    yield from document.unseen


def _remarks(document: _Document) -> Iterator[Problem]:
    if count := len(document.unseen):
        first = document.unseen[0].page
        said = Sentence.of("ofd-hidden-text", count=count, page=first or 1)
        yield Problem.of("convert", said, page=first)


def _clues(body: Element) -> Iterator[Clue]:
    for item in children(body, "DocInfo"):
        for entry in item:
            label, value = _INFO.get(local(entry)), (entry.text or "").strip()
            if label and value:
                yield Clue(label, value[:_MAX_LENGTH], "embedded")
        for entry in children(item, "CustomDatas", "CustomData"):
            if (name := entry.get("Name")) and (value := (entry.text or "").strip()):
                yield Clue(name[:_MAX_LENGTH], value[:_MAX_LENGTH], "embedded")


def _empty(document: _Document) -> DocumentError:
    if document.pictures:
        return DocumentError(Category.EMPTY, Sentence.of("ofd-scanned"))
    if any(problem.lossy for problem in document.parts.problems):
        return DocumentError(Category.CORRUPT, document.parts.problems[-1].said)
    return DocumentError(Category.EMPTY, Sentence.of("ofd-empty"))
