"""What of a slide nobody sees: shapes that are hidden or lie beside it, and white letters on nothing but white.

ECMA-376 part 1, 19.3.1.12 and 20.1.2.2.8 (``hidden``), 20.1.7.6 (``xfrm``), 19.3.1.1 (``bg``), 20.1.8 (fills).
"""

from collections.abc import Iterator

from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import DRAWING, Element, integer
from workers.convert.word.text_style import is_pale

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FILLS = tuple(DRAWING + name for name in ("gradFill", "blipFill", "pattFill"))
_PICTURES = (P + "pic", DRAWING + "tbl")  # the cells of a table have the ground of its style
_LIGHT = frozenset({"bg1", "lt1"})


def is_hidden(shape: Element) -> bool:
    """Return whether a shape or group is hidden."""
    named = shape[0].find(P + "cNvPr") if len(shape) else None
    return named is not None and named.get("hidden") in {"1", "true"}


def is_beside(shape: Element, size: tuple[int, int]) -> bool:
    """Return whether a shape that is in no group lies beyond the edges of the slide.

    Args:
        shape: The shape.
        size: Width and height of the slide, in the units of shapes; zeros if they are not known.
    """
    frame = shape.find(P + "xfrm")
    place = frame if frame is not None else shape.find(f"{P}spPr/{DRAWING}xfrm")
    if place is None or not all(size):
        return False
    offset, extent = place.find(DRAWING + "off"), place.find(DRAWING + "ext")
    if offset is None or extent is None:
        return False
    spans = (
        (integer(offset.get(at)) or 0, integer(extent.get(length)) or 0, whole)
        for at, length, whole in (("x", "cx", size[0]), ("y", "cy", size[1]))
    )
    return any(first >= whole or first + length <= 0 for first, length, whole in spans)


def slide_size(presentation: Element) -> tuple[int, int]:
    """Return width and height of the slides, zeros if they are not stated."""
    said = presentation.find(P + "sldSz")
    return (0, 0) if said is None else (integer(said.get("cx")) or 0, integer(said.get("cy")) or 0)


def is_white(fill: Element | None) -> bool:
    """Return whether a solid fill is white: as such, or as the light colour of the theme without a change."""
    colour = fill[0] if fill is not None and len(fill) else None
    if colour is None or len(colour):
        return False
    value = colour.get("lastClr", colour.get("val", ""))
    return is_pale(value) or value == "white" or value in _LIGHT


def is_on_paper(package: Package, slide: Element, relations: dict[str, Relation]) -> bool:
    """Return whether nothing but white can lie under the text of a slide, its layout and master taken in."""
    return all(_is_bare(root) for root in (slide, *_layers(package, relations)))


def _layers(package: Package, relations: dict[str, Relation]) -> Iterator[Element]:
    for kind in ("slideLayout", "slideMaster"):
        part = next((each.target for each in relations.values() if each.kind == kind and not each.external), None)
        root = package.xml(part) if part is not None else None
        if part is None or root is None:
            return
        yield root
        relations = package.relations(part)


def _is_bare(root: Element) -> bool:
    colours = root.find(P + "clrMap")
    if colours is not None and colours.get("bg1") != "lt1":
        return False
    ground = root.find(f"{P}cSld/{P}bg")
    if ground is not None and not _is_white_ground(ground):
        return False
    if next(root.iter(*_PICTURES, *_FILLS, P + "style"), None) is not None:
        return False
    shapes = (fill for properties in root.iter(P + "spPr") for fill in properties.iterfind(DRAWING + "solidFill"))
    return all(is_white(fill) for fill in shapes)


def _is_white_ground(ground: Element) -> bool:
    named, stated = ground.find(P + "bgRef"), ground.find(f"{P}bgPr/{DRAWING}solidFill")
    return is_white(named if named is not None else stated)
