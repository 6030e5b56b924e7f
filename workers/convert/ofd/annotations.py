"""Annotations of OFD pages (GB/T 33190, clause 15): what they draw is seen; watermarks are no text."""

from collections.abc import Iterator

from workers.convert.ofd.markup import children, resolve_name, text_of
from workers.convert.package.zip_parts import Element, Parts

_WATERMARK = "watermark"


def annotations_of(parts: Parts, name: str, root: Element) -> dict[str, list[Element]]:
    """Return the appearances that annotations draw on each page, by the page's identifier.

    Args:
        parts: The package.
        name: Of the document's part.
        root: Its root.
    """
    listed = text_of(root, "Annotations")
    place = resolve_name(name, listed) if listed else ""
    found: dict[str, list[Element]] = {}
    for page in children(parts.spare(place) if place else None, "Page"):
        stored = text_of(page, "FileLoc")
        drawn = list(_appearances(parts.spare(resolve_name(place, stored)) if stored else None))
        if drawn:
            found.setdefault(page.get("PageID", ""), []).extend(drawn)
    return found


def is_watermark(appearance: Element) -> bool:
    """Return whether an appearance is that of a watermark."""
    annotation = appearance.getparent()
    return annotation is not None and annotation.get("Type", "").lower() == _WATERMARK


def is_invisible(appearance: Element) -> bool:
    """Return whether an appearance is that of an annotation that is not shown."""
    annotation = appearance.getparent()
    return annotation is not None and annotation.get("Visible", "true").lower() == "false"


def _appearances(root: Element | None) -> Iterator[Element]:
    for annotation in children(root, "Annot"):
        yield from children(annotation, "Appearance")
