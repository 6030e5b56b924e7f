"""Names of OpenDocument markup and how its lengths are read; nothing that knows what a document is."""

import re

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT = _URN + "text:1.0}"
TABLE = _URN + "table:1.0}"
DRAW = _URN + "drawing:1.0}"
STYLE = _URN + "style:1.0}"
OFFICE = _URN + "office:1.0}"
META = _URN + "meta:1.0}"
FO = _URN + "xsl-fo-compatible:1.0}"
MANIFEST = _URN + "manifest:1.0}"
LIBRE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"

_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,12})?)(pt|in|cm|mm|pc|px)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}


def points(length: str | None) -> float | None:
    """Return a length in points; None if there is none or it is relative."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _POINTS[found[2]] if found else None


def count(text: str | None, default: int, *, most: int) -> int:
    """Return a positive whole number, at most ``most``: repetitions are claims."""
    digits = text if text and len(text) < 12 and text.isascii() and text.isdigit() else ""
    return min(max(int(digits), 1), most) if digits else default
