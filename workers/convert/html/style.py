"""The look of an element from its tag, attributes and inline style; style sheets are not read."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lxml import etree

Align = Literal["left", "center", "right", "justify"]

_BOLD_TAGS = frozenset({"b", "strong"})
_ALIGNS: dict[str, Align] = {"left": "left", "center": "center", "right": "right", "justify": "justify"}
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12, "cm": 28.35, "mm": 2.835, "in": 72.0}
_NAMED_SIZES = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 10.0,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_LENGTH = re.compile(r"(-?\d{1,5}(?:\.\d{1,6})?)\s*(pt|px|em|rem|%|cm|mm|in)?")
_STYLE_BYTES = 2000


@dataclass(frozen=True, slots=True)
class ElementStyle:
    """What is in force at a place of the page; ``indent`` is a number and its unit."""

    bold: bool = False
    size: float | None = None
    align: Align | None = None
    indent: tuple[float, str] | None = None
    linked: bool = False
    hidden: bool = False
    preformatted: bool = False

    def indent_points(self, size: float | None) -> float | None:
        """Return the first-line indent in points, given the font size in points."""
        if self.indent is None or self.indent[0] <= 0:
            return None
        number, unit = self.indent
        return round(number * ((size or 12.0) if unit == "em" else _POINTS[unit]), 1)


def element_style(element: etree._Element, inherited: ElementStyle) -> ElementStyle:
    """Return the look inside ``element``."""
    tag = element.tag
    look = inherited
    if tag in _BOLD_TAGS:
        look = replace(look, bold=True)
    elif tag == "a":
        look = replace(look, linked=bool(element.get("href")))
    elif tag == "center":
        look = replace(look, align="center")
    elif tag == "pre":
        look = replace(look, preformatted=True)
    elif tag == "font" and (size := _FONT_SIZES.get((element.get("size") or "").strip())):
        look = replace(look, size=size)
    if element.attrib:
        look = _with_attributes(element, look)
    return look


def _with_attributes(element: etree._Element, look: ElementStyle) -> ElementStyle:
    align = element.get("align")
    if align and element.tag != "table" and (known := _ALIGNS.get(align.strip().lower())):
        look = replace(look, align=known)
    if element.get("hidden") is not None:
        look = replace(look, hidden=True)
    style = element.get("style")
    return _with_style(style[:_STYLE_BYTES].lower(), look) if style else look


@lru_cache(maxsize=4096)
def _with_style(style: str, look: ElementStyle) -> ElementStyle:
    changes: dict[str, object] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        if name == "font-weight":
            changes["bold"] = value in {"bold", "bolder", "600", "700", "800", "900"}
        elif name == "font-size" and (size := _size(value, look.size)):
            changes["size"] = size
        elif name == "text-align" and value in _ALIGNS:
            changes["align"] = _ALIGNS[value]
        elif name == "text-indent" and (length := _LENGTH.match(value)):
            changes["indent"] = (float(length[1]), length[2] or "px")
        elif (name == "display" and value == "none") or (name == "visibility" and value == "hidden"):
            changes["hidden"] = True
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _size(value: str, inherited: float | None) -> float | None:
    if value in _NAMED_SIZES:
        return _NAMED_SIZES[value]
    length = _LENGTH.match(value)
    if not length or not length[2]:
        return None
    relative = length[2] in {"em", "%"}
    unit = (inherited or 12.0) * (0.01 if length[2] == "%" else 1.0) if relative else _POINTS[length[2]]
    points = float(length[1]) * unit
    return round(points, 1) if 3 <= points <= 200 else None
