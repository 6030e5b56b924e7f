"""What the objects of OFD pages refer to by identifier: fonts, styles of drawing, pictures."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from schemas.errors import DocumentError
from workers.convert.ofd.markup import child, children, resolve_name, text_of
from workers.convert.package.zip_parts import Element, Parts
from workers.convert.preview.picture import encode

_MAX_SIDE = 1240
_MAX_PIXELS = 60_000_000
_MAX_PICTURES = 60


@dataclass(slots=True)
class Resources:
    """The resources of one document.

    Attributes:
        parts: The package.
        fonts: Names of fonts by identifier.
        styles: ``DrawParam`` elements by identifier.
        media: Names of the parts that hold pictures, by identifier.
    """

    parts: Parts
    fonts: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Element] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    _encoded: dict[str, str | None] = field(default_factory=dict)

    def picture(self, identifier: str) -> str | None:
        """Return a picture as a ``data:`` address; None if it is missing, damaged or of a format not drawn."""
        if identifier not in self._encoded:
            full = len(self._encoded) >= _MAX_PICTURES
            self._encoded[identifier] = None if full else self._encode(self.media.get(identifier, ""))
        return self._encoded[identifier]

    def _encode(self, name: str) -> str | None:
        try:
            data = self.parts.data(name) if name else None
            if data is None:
                return None
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > _MAX_PIXELS:
                    return None
                image.draft("RGB", (_MAX_SIDE, _MAX_SIDE))
                colour = image.convert("RGBA" if image.has_transparency_data else "RGB")
            colour.thumbnail((_MAX_SIDE, _MAX_SIDE))
        except (DocumentError, UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return None
        return f"data:image/webp;base64,{base64.b64encode(encode(colour)).decode()}"


def read_resources(parts: Parts, base: str, root: Element) -> Resources:
    """Return the resources of a document.

    Args:
        parts: The package.
        base: Name of the document's part.
        root: Its root.
    """
    found = Resources(parts)
    for name, resources in _lists(parts, base, root):
        folder = resources.get("BaseLoc", "")
        inside = resolve_name(name, f"{folder}/_") if folder else name
        for font in children(resources, "Fonts", "Font"):
            found.fonts[font.get("ID", "")] = font.get("FontName") or font.get("FamilyName") or ""
        for style in children(resources, "DrawParams", "DrawParam"):
            found.styles[style.get("ID", "")] = style
        for media in children(resources, "MultiMedias", "MultiMedia"):
            found.media[media.get("ID", "")] = resolve_name(inside, text_of(media, "MediaFile"))
    return found


def _lists(parts: Parts, base: str, root: Element) -> Iterator[tuple[str, Element]]:
    for kind in ("PublicRes", "DocumentRes"):
        for place in children(child(root, "CommonData"), kind):
            name = resolve_name(base, (place.text or "").strip())
            if (resources := parts.spare(name)) is not None:
                yield name, resources
