"""The look of an element from its tag, attributes and inline style, and whether a reader sees what stands in it.

What a script or a click brings out (``display: none``, ``visibility: hidden``, the ``hidden`` attribute, a folded
panel) is told from what nobody is meant to see (``mso-hide``, letters of no size, text moved off the page).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lxml import etree

Align = Literal["left", "center", "right", "justify"]

_BOLD_TAGS = frozenset({"b", "strong"})
_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_INLINE_TAGS = frozenset(
    {"a", "b", "code", "em", "font", "i", "label", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_SHIFTS = {"sup": 1, "sub": -1}
_TELLING_TAGS = frozenset({"a", "center", "pre", "dialog", "font"}) | _BOLD_TAGS | _STRUCK_TAGS | _SHIFTS.keys()
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
_NO_SIZE = re.compile(r"(?:0?\.\d{1,6}|[01](?:\.0{1,6})?)(?:px|pt)\b|0(?:\.0{1,6})?(?:\s|em|rem|%|$)")
_NOTHING = re.compile(r"0(?:\.0{1,6})?(?:px|pt|em|rem|%|\s|$)")
_OFF_PAGE = re.compile(r"-\d{4,}(?:\.\d{1,6})?(?:px|pt|em)|-(?:[5-9]\d|\d{3,})em")
_CLIPPED = re.compile(r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)")
_CLIPPED_PATH = re.compile(
    r"inset\(\s*(?:50|100)%|circle\(\s*0(?:px|%)?\s*[)a]|polygon\(\s*0\w*\s+0\w*\s*(?:,\s*0\w*\s+0\w*\s*)*\)"
)
# CSS Color 4, 4.2 and 5.2: hexadecimal digits of a colour with four or eight of them end with its opacity.
_TRANSPARENT = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\((?:(?:[^,)]*,){3}|[^)/]*/)\s*0(?:\.0*)?%?\s*\)"
)
_NO_SCALE = re.compile(r"scale(?:[xy]|3d)?\(\s*0(?:\.0*)?\s*[,)]")
_NO_OPACITY = re.compile(r"opacity\(\s*0(?:\.0*)?%?\s*\)")

_PAPER = re.compile(
    r"white|#?f{3}|#?(?:f[0-9a-f]){3}|rgba?\(\s*2[45]\d\s*[, ]\s*2[45]\d\s*[, ]\s*2[45]\d\s*(?:[,/]\s*[\d.]+\s*)?\)"
)
_CLEAR = re.compile(rf"none|transparent|initial|inherit|{_PAPER.pattern}")
_BACKGROUNDS = frozenset({"background", "background-color", "background-image"})
_GROUNDS = frozenset({"body", "table", "tr", "td", "th"})

Hidden = Literal["", "until_shown", "always"]


@dataclass(frozen=True, slots=True)
class ElementStyle:
    """What is in force at a place of the page.

    Attributes:
        bold: As in ``schemas.blocks.Style``.
        size: Font size in points.
        align: Horizontal alignment.
        indent: A number and its unit.
        linked: Inside a link.
        away: Taken off the page with all that is inside, until a script shows it.
        invisible: ``visibility: hidden``; an element inside may be visible again.
        unseen: Never to be seen, with all that is inside.
        tiny: Letters of no size; an element inside may have a size again.
        preformatted: White space counts.
        shift: 1 for raised letters, -1 for lowered ones.
        struck: Struck through.
        pale: Letters in the colour of paper.
        on_paper: Whether nothing coloured lies under the text, as far as the page itself tells.
        marked: Whether any of these but ``on_paper`` may be set, so that most text needs no look at each.
    """

    bold: bool = False
    size: float | None = None
    align: Align | None = None
    indent: tuple[float, str] | None = None
    linked: bool = False
    away: bool = False
    invisible: bool = False
    unseen: bool = False
    tiny: bool = False
    preformatted: bool = False
    shift: int = 0
    struck: bool = False
    pale: bool = False
    on_paper: bool = False
    marked: bool = False

    @property
    def hidden(self) -> Hidden:
        """Whether a reader sees the text, and if not, whether something can bring it out."""
        if self.unseen or self.tiny or (self.pale and self.on_paper):
            return "always"
        return "until_shown" if self.away or self.invisible else ""

    def indent_points(self, size: float | None) -> float | None:
        """Return the first-line indent in points, given the font size in points."""
        if self.indent is None or self.indent[0] <= 0:
            return None
        number, unit = self.indent
        return round(number * ((size or 12.0) if unit == "em" else _POINTS[unit]), 1)


def is_on_paper(root: etree._Element) -> bool:
    """Return whether no style sheet, of the page or beside it, can lay a colour under its text."""
    if any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link")):
        return False
    return not any("background" in (sheet.text or "") for sheet in root.iter("style"))


def element_style(element: etree._Element, inherited: ElementStyle) -> ElementStyle:
    """Return the look inside ``element``."""
    look = _with_tag(element, inherited) if element.tag in _TELLING_TAGS else inherited
    return _with_attributes(element, look) if element.attrib else look


def _with_tag(element: etree._Element, look: ElementStyle) -> ElementStyle:
    tag = element.tag
    if tag == "a":
        return _linked(look) if element.get("href") else look if not look.linked else replace(look, linked=False)
    if tag in _BOLD_TAGS:
        look = replace(look, bold=True)
    elif tag == "center":
        look = replace(look, align="center")
    elif tag == "pre":
        look = replace(look, preformatted=True)
    elif tag in _SHIFTS:
        look = replace(look, shift=_SHIFTS[tag], marked=True)
    elif tag in _STRUCK_TAGS:
        look = replace(look, struck=True, marked=True)
    elif tag == "dialog" and element.get("open") is None:
        look = replace(look, away=True, marked=True)
    elif tag == "font":
        size = _FONT_SIZES.get((element.get("size") or "").strip(), look.size)
        colour = element.get("color")
        pale = look.pale if colour is None else _PAPER.fullmatch(colour.strip().lower()) is not None
        look = replace(look, size=size, pale=pale, marked=look.marked or pale)
    return look


@lru_cache(maxsize=256)
def _linked(look: ElementStyle) -> ElementStyle:
    return replace(look, linked=True)


def _with_attributes(element: etree._Element, look: ElementStyle) -> ElementStyle:
    align = element.get("align")
    if align and element.tag != "table" and (known := _ALIGNS.get(align.strip().lower())):
        look = replace(look, align=known)
    # HTML, 6.1: what is hidden until it is found is in the page's text for whoever looks for it.
    if element.get("hidden", "until-found").lower() != "until-found":
        look = replace(look, away=True, marked=True)
    if look.on_paper and element.tag in _GROUNDS and (element.get("bgcolor") or element.get("background")):
        look = replace(look, on_paper=False)
    style = element.get("style")
    if not style:
        return look
    style = style[:_STYLE_BYTES].lower()
    look = _with_style(style, look)
    return replace(look, away=True, marked=True) if "content-vis" in style and _is_unpainted(element, style) else look


def _is_unpainted(element: etree._Element, style: str) -> bool:
    """Return whether the contents of a box are not painted (CSS Containment 2, 4.1); a line's inside is no box."""
    said = declarations(style)
    display = said.get("display", "inline" if element.tag in _INLINE_TAGS else "block")
    return said.get("content-visibility") == "hidden" and display not in {"inline", "contents"}


@lru_cache(maxsize=4096)
def _with_style(style: str, look: ElementStyle) -> ElementStyle:
    changes: dict[str, object] = {}
    said = declarations(style)
    for name, value in said.items():
        if name == "font-weight":
            changes["bold"] = value in {"bold", "bolder", "600", "700", "800", "900"}
        elif name == "font-size" and (size := _size(value, look.size)):
            changes["size"] = size
        elif name == "text-align" and value in _ALIGNS:
            changes["align"] = _ALIGNS[value]
        elif name == "text-indent" and (length := _LENGTH.match(value)):
            changes["indent"] = (float(length[1]), length[2] or "px")
        elif name == "vertical-align":
            changes["shift"] = {"super": 1, "sub": -1}.get(value, look.shift)
        elif name in {"text-decoration", "text-decoration-line"}:
            changes["struck"] = look.struck or "line-through" in value
    hiding = _hiding(said)
    changes |= hiding
    if look.on_paper and any(not _CLEAR.fullmatch(value) for name, value in said.items() if name in _BACKGROUNDS):
        changes["on_paper"] = False
    if "color" in said:
        changes["pale"] = _PAPER.fullmatch(said["color"]) is not None
    if any(hiding.values()) or changes.get("pale") or changes.get("shift") or changes.get("struck"):
        changes["marked"] = True
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def declarations(style: str) -> dict[str, str]:
    """Return the declarations of an inline style, lower case, the last of a name winning."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _hiding(said: dict[str, str]) -> dict[str, object]:
    """Return what declarations change of being seen."""
    changes: dict[str, object] = {}
    if said.get("display") == "none" or said.get("opacity") in {"0", "0.0", "0%"} or _is_folded(said) or _is_gone(said):
        changes["away"] = True
    if "visibility" in said:
        changes["invisible"] = said["visibility"] in {"hidden", "collapse"}
    if said.get("mso-hide") in {"all", "screen"} or _is_transparent(said) or _is_off_page(said):
        changes["unseen"] = True
    if "font-size" in said:
        changes["tiny"] = _NO_SIZE.match(said["font-size"]) is not None
    return changes


def _is_folded(said: dict[str, str]) -> bool:
    """Return whether a box has no height or width and shows nothing beyond itself: a closed panel."""
    clipped = said.get("overflow", said.get("overflow-y", "")) in {"hidden", "clip"}
    return clipped and any(_NOTHING.match(said.get(name, "")) for name in ("height", "max-height", "width"))


def _is_gone(said: dict[str, str]) -> bool:
    """Return whether a box is shrunk to nothing or made clear; neither a line's inside nor its runs can be shrunk."""
    boxed = (
        said.get("display", "inline") != "inline" or said.get("position") in {"absolute", "fixed"} or "float" in said
    )
    shrunk = boxed and _NO_SCALE.search(said.get("transform", "")) is not None
    return shrunk or _NO_OPACITY.search(said.get("filter", "")) is not None


def _is_transparent(said: dict[str, str]) -> bool:
    """Return whether letters are clear and no picture or gradient is clipped to their shape."""
    if "text" in (said.get("background-clip"), said.get("-webkit-background-clip")):
        return False
    return _TRANSPARENT.fullmatch(said.get("-webkit-text-fill-color", said.get("color", ""))) is not None


def _is_off_page(said: dict[str, str]) -> bool:
    if said.get("position") in {"absolute", "fixed"}:
        moved = any(_OFF_PAGE.match(said.get(name, "")) for name in ("left", "top", "right", "bottom"))
        if moved or _CLIPPED.match(said.get("clip", "")):
            return True
    if _CLIPPED_PATH.match(said.get("clip-path", "")):
        return True
    return _OFF_PAGE.match(said.get("text-indent", "")) is not None


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
