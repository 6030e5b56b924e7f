"""Redraw a page of an OFD (GB/T 33190) as a picture of lines, from what the file says of places, colours and pictures.

Letters are drawn in the fonts of whoever looks at it, each at its place; seals, which are signed data, are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.drawings import SVG, Drawing, DrawnPage, Run
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.ofd.annotations import annotations_of, is_invisible, is_watermark
from workers.convert.ofd.markup import POINTS, children, resolve_name, text_of
from workers.convert.ofd.page import PageItems
from workers.convert.ofd.page_layers import PageLayers, SharedParts, read_layers, read_shared
from workers.convert.ofd.reader import list_documents
from workers.convert.ofd.visibility import part_concealed
from workers.convert.package.zip_parts import Element, Parts, open_parts
from workers.convert.preview.ofd_resources import read_resources
from workers.convert.preview.ofd_svg import SvgPage
from workers.convert.preview.page_number import require_page
from workers.convert.source import Source

_ASCENT, _DESCENT = 0.88, 0.12  # of an em
_MARGIN = 10.0  # millimetres below text that runs over the foot of its page, as careless writers let it
_MAX_STRETCH = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A page: its part, what its document shares, and the appearances of its annotations."""

    name: str
    shared: SharedParts
    root: Element
    drawn: tuple[Element, ...]


def draw(source: Source, page: int) -> DrawnPage:
    """Return a page.

    Raises:
        DocumentError: There is no such page, or the file is encrypted or damaged.
    """
    parts = open_parts(source, format_="ofd")
    with parts.archive:
        if "encryptions.xml" in parts.entries:
            raise DocumentError(Category.ENCRYPTED, Sentence.of("ofd-encrypted"))
        root = parts.xml("OFD.xml")
        bodies = list(children(root, "DocBody"))
        places = [place for start in list_documents(parts, bodies) for place in _places(parts, resolve_name("", start))]
        require_page(page, len(places))
        sealed = any(text_of(body, "Signatures") for body in bodies)
        return _draw(parts, places[page - 1], Drawing(page, len(places), 0, 0, SVG), sealed=sealed)


def _places(parts: Parts, name: str) -> Iterator[_Place]:
    root = parts.xml(name)
    if root is None:
        return
    shared, notes = read_shared(parts, name, root), annotations_of(parts, name, root)
    for page in children(root, "Pages", "Page"):
        drawn = tuple(one for one in notes.get(page.get("ID", ""), []) if not is_invisible(one))
        yield _Place(resolve_name(name, page.get("BaseLoc", "")), shared, root, drawn)


def _draw(parts: Parts, place: _Place, drawing: Drawing, *, sealed: bool) -> DrawnPage:
    layers = read_layers(parts, place.name, place.shared, {})
    if layers.page is None:
        raise DocumentError(Category.CORRUPT, Sentence.of("ofd-page-missing", part=place.name), page=drawing.page)
    runs = tuple(_runs(layers, place))
    lowest = max((run.boxes[0][3] + _MARGIN for run in runs if run.boxes[0][3] > layers.height), default=0.0)
    height = max(layers.height, min(lowest, _MAX_STRETCH * layers.height))
    svg = SvgPage(layers.width, height, layers.units, read_resources(parts, place.shared.base, place.root))
    for root in layers.roots:
        svg.add(root)
    for appearance in place.drawn:
        svg.add_placed(appearance)
    lacks = ["redrawn", *(["seals"] if sealed else []), *(["pictures"] if svg.incomplete else [])]
    complete = Drawing(drawing.page, drawing.pages, layers.width, height, SVG, runs, tuple(lacks))
    return DrawnPage(complete, svg.text().encode())


def _runs(layers: PageLayers, place: _Place) -> Iterator[Run]:
    """Yield the text that is seen on the page, in millimetres."""
    items = PageItems(layers.height * POINTS, place.shared.bold, layers.units)
    for root in layers.roots:
        items.add(root)
    for appearance in place.drawn:
        if not is_watermark(appearance):
            items.add_placed(appearance)
    shown, _ = part_concealed(items.segments, items)
    for segment in shown:
        edges = items.edges[segment.first : segment.first + len(segment.text)]
        if segment.angle == 0 and len(edges) == len(segment.text) and segment.y < items.height:
            top = (items.height - segment.y - _ASCENT * segment.size) / POINTS
            bottom = (items.height - segment.y + _DESCENT * segment.size) / POINTS
            boxes = tuple((left / POINTS, top, right / POINTS, bottom) for left, right in edges)
            yield Run(segment.text, boxes)
