"""What is drawn on a page of an OFD, one layer over the other, and what the pages of a document share."""

from copy import deepcopy
from dataclasses import dataclass

from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.ofd.markup import box, child, children, resolve_name, text_of
from workers.convert.package.zip_parts import Element, Parts

_A4, _A4_WIDTH = 297.0, 210.0  # millimetres
_HEAVY = ("bold", "heavy", "black", "simhei", "黑体", "小标宋")
_KEPT_TEMPLATES = 16


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What the pages of one document share.

    Attributes:
        base: Name of its part.
        templates: Their parts by identifier.
        bold: Identifiers of heavy fonts.
        units: Drawings that pages place as one object, by identifier.
        inks: Colours that letters and paths are filled with, by the identifier of their style (``DrawParam``).
        height: Usual height, in millimetres.
        width: Usual width.
    """

    base: str
    templates: dict[str, str]
    bold: frozenset[str]
    units: dict[str, Element]
    inks: dict[str, Element]
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class PageLayers:
    """What a page draws.

    Attributes:
        page: Root of the page's own part; None if it is lost.
        roots: Roots of its templates and, last, its own.
        units: Drawings that it places as one object, by identifier.
        height: In millimetres.
        width: In millimetres.
    """

    page: Element | None
    roots: tuple[Element, ...]
    units: dict[str, Element]
    height: float
    width: float


def read_shared(parts: Parts, name: str, root: Element) -> SharedParts:
    """Return what the pages of a document share.

    Args:
        parts: The package.
        name: Of the document's part.
        root: Its root.
    """
    common = child(root, "CommonData")
    bold, units, inks = _resources(parts, common, name)
    templates = {item.get("ID", ""): item.get("BaseLoc", "") for item in children(common, "TemplatePage")}
    area = child(common, "PageArea")
    return SharedParts(name, templates, bold, units, inks, _height(area) or _A4, _width(area) or _A4_WIDTH)


def read_layers(parts: Parts, name: str, shared: SharedParts, known: dict[str, Element | None]) -> PageLayers:
    """Return what is drawn on a page.

    Args:
        parts: The package.
        name: Of the page's part.
        shared: What the pages of its document share.
        known: Roots of templates that were read before; those of this page are added.
    """
    page = _content(parts, name, known)
    area = child(page, "Area")
    used = [shared.templates.get(item.get("TemplateID", ""), "") for item in children(page, "Template")]
    places = [resolve_name(shared.base, template) for template in used if template]
    roots = [_content(parts, place, known) for place in places]
    for root in (*roots, page) if shared.inks else ():
        if root is not None:
            _apply_inks(root, shared.inks)
    return PageLayers(
        page=page,
        roots=tuple(root for root in (*roots, page) if root is not None),
        units={**shared.units, **_page_units(parts, page, name)},
        height=_height(area) or shared.height,
        width=_width(area) or shared.width,
    )


def _page_units(parts: Parts, root: Element | None, name: str) -> dict[str, Element]:
    """Return the drawings that a page brings itself (``PageRes``)."""
    found: dict[str, Element] = {}
    for place in children(root, "PageRes"):
        resources = parts.spare(resolve_name(name, (place.text or "").strip()))
        units = children(resources, "CompositeGraphicUnits", "CompositeGraphicUnit")
        found.update((unit.get("ID", ""), unit) for unit in units)
    return found


def _content(parts: Parts, name: str, known: dict[str, Element | None]) -> Element | None:
    """Return the root of a page or template; the last templates stay in memory."""
    if name in known:
        return known[name]
    try:
        root = parts.xml(name)
    except DocumentError as error:
        if error.category is not Category.CORRUPT:
            raise
        root = None
    if "tpl" in name.lower() and len(known) < _KEPT_TEMPLATES:
        known[name] = root
    return root


def _apply_inks(root: Element, inks: dict[str, Element]) -> None:
    """Give objects without a colour that of their style, or of their layer's (GB/T 33190, 8.2)."""
    for item in root.iter("{*}TextObject", "{*}PathObject"):
        named = (each.get("DrawParam") for each in (item, *item.iterancestors("{*}Layer")))
        ink = inks.get(next((name for name in named if name), ""))
        if ink is not None and child(item, "FillColor") is None:
            item.append(deepcopy(ink))


def _resources(
    parts: Parts, common: Element | None, name: str
) -> tuple[frozenset[str], dict[str, Element], dict[str, Element]]:
    """Return the identifiers of heavy fonts, the drawings that pages place as one object, and the colours of styles."""
    bold: set[str] = set()
    units: dict[str, Element] = {}
    inks: dict[str, Element] = {}
    for kind in ("PublicRes", "DocumentRes"):
        for place in children(common, kind):
            resources = parts.spare(resolve_name(name, (place.text or "").strip()))
            bold.update(font.get("ID", "") for font in children(resources, "Fonts", "Font") if _is_bold(font))
            found = children(resources, "CompositeGraphicUnits", "CompositeGraphicUnit")
            units.update((unit.get("ID", ""), unit) for unit in found)
            styles = children(resources, "DrawParams", "DrawParam")
            inks.update(
                (style.get("ID", ""), ink) for style in styles if (ink := child(style, "FillColor")) is not None
            )
    return frozenset(bold), units, inks


def _is_bold(font: Element) -> bool:
    named = f"{font.get('FontName', '')} {font.get('FamilyName', '')}".lower()
    return font.get("Bold") == "true" or any(word in named for word in _HEAVY)


def _height(area: Element | None) -> float | None:
    found = box(text_of(area, "PhysicalBox")) if area is not None else None
    return found[3] if found and found[3] > 0 else None


def _width(area: Element | None) -> float | None:
    found = box(text_of(area, "PhysicalBox")) if area is not None else None
    return found[2] if found and found[2] > 0 else None
