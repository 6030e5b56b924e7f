"""The styles of an OpenDocument text: what a paragraph or span looks like once its ancestors are taken in."""

from dataclasses import dataclass, field

from workers.convert.package.zip_parts import Element
from workers.convert.word.odt.odf import FO, OFFICE, STYLE, TEXT, count, points
from workers.convert.word.text_style import NOTHING, Align, TextStyle, is_pale, overlay

_ALIGNMENTS: dict[str, Align] = {
    **{"start": "left", "left": "left", "center": "center", "end": "right", "right": "right"},
    "justify": "justify",
}
_MAX_DEPTH = 32
_OWN_COLOUR = STYLE + "use-window-font-color"
_GROUND = FO + "background-color"
_NO_GROUND = frozenset({"transparent", "#ffffff"})
_POSITIONS = {"super": 1, "sub": -1}
_BOLD = {"bold", "600", "700", "800", "900"}


@dataclass(slots=True)
class StyleSheet:
    """The styles that one part of a document sees.

    Attributes:
        styles: ``style:style`` by family and name; automatic ones hide common ones.
        automatic: Names of those that are automatic; a reader knows them by their parent's name.
        defaults: ``style:default-style`` by family.
        resolved: What a style says, ancestors included, of those that were asked for.
        paragraphs: The same over the defaults, of styles of paragraphs.
        on_paper: Whether no style lays a colour under text; white text then is not seen.
    """

    styles: dict[tuple[str, str], Element] = field(default_factory=dict)
    automatic: set[tuple[str, str]] = field(default_factory=set)
    defaults: dict[str, Element] = field(default_factory=dict)
    resolved: dict[tuple[str, str], TextStyle] = field(default_factory=dict)
    paragraphs: dict[str, TextStyle] = field(default_factory=dict)
    on_paper: bool = True

    def add(self, root: Element | None) -> None:
        """Take in the styles of a part."""
        for kind in ("styles", "automatic-styles"):
            for holder in root.iterfind(OFFICE + kind) if root is not None else ():
                for style in holder.iterfind(STYLE + "style"):
                    key = (style.get(STYLE + "family", ""), style.get(STYLE + "name", ""))
                    self.styles[key] = style
                    if self.on_paper:
                        grounds = [element.get(_GROUND, "transparent") for element in style]
                        self.on_paper = all(ground.lower() in _NO_GROUND for ground in grounds)
                    if kind == "automatic-styles":
                        self.automatic.add(key)
                for style in holder.iterfind(STYLE + "default-style"):
                    self.defaults[style.get(STYLE + "family", "")] = style

    def paragraph(self, name: str | None) -> TextStyle:
        """Return what a paragraph of this style looks like, defaults taken in."""
        name = name or "Standard"
        if name not in self.paragraphs:
            default = self.defaults.get("paragraph")
            under = _said(default) if default is not None else NOTHING
            self.paragraphs[name] = overlay(under, self._look("paragraph", name))
        return self.paragraphs[name]

    def span(self, name: str | None) -> TextStyle:
        """Return what a character style says."""
        return self._look("text", name) if name else NOTHING

    def list_style(self, name: str | None) -> str | None:
        """Return the list style of a paragraph style: empty if it is taken away, None where nothing is said."""
        for style in self._chain("paragraph", name or ""):
            if (found := style.get(STYLE + "list-style-name")) is not None:
                return found
        return None

    def _look(self, family: str, name: str) -> TextStyle:
        key = (family, name)
        if key not in self.resolved:
            look = NOTHING
            for style in reversed(self._chain(family, name)):
                look = overlay(look, _said(style))
                if (family, style.get(STYLE + "name", "")) not in self.automatic and family == "paragraph":
                    named = style.get(STYLE + "display-name") or style.get(STYLE + "name", "")
                    look = overlay(look, TextStyle(name=named))
            self.resolved[key] = look
        return self.resolved[key]

    def _chain(self, family: str, name: str) -> list[Element]:
        found: list[Element] = []
        style = self.styles.get((family, name))
        while style is not None and len(found) < _MAX_DEPTH:
            found.append(style)
            style = self.styles.get((family, style.get(STYLE + "parent-style-name", "")))
        return found


def outline_of(heading: Element) -> int:
    """Return the 0-based outline level of a ``text:h``."""
    return count(heading.get(TEXT + "outline-level"), 1, most=10) - 1


def _said(style: Element) -> TextStyle:
    text, paragraph = style.find(STYLE + "text-properties"), style.find(STYLE + "paragraph-properties")
    look = run_look(text) if text is not None else NOTHING
    if paragraph is None:
        return look
    indent = points(paragraph.get(FO + "text-indent"))
    return overlay(
        look,
        TextStyle(
            align=_ALIGNMENTS.get(paragraph.get(FO + "text-align", "")),
            first_line=round(indent * 20) if indent is not None else None,
        ),
    )


def run_look(properties: Element) -> TextStyle:
    """Return what ``style:text-properties`` say."""
    # What is set for Asian text counts: the Latin half of a style is often left at the program's default.
    weight = properties.get(STYLE + "font-weight-asian") or properties.get(FO + "font-weight")
    size = points(properties.get(STYLE + "font-size-asian")) or points(properties.get(FO + "font-size"))
    display = properties.get(TEXT + "display")
    position = properties.get(STYLE + "text-position")
    strike = properties.get(STYLE + "text-line-through-style") or properties.get(STYLE + "text-line-through-type")
    colour = properties.get(FO + "color")
    return TextStyle(
        white=None if colour is None else is_pale(colour) and properties.get(_OWN_COLOUR) != "true",
        shift=None if position is None else _shift(position),
        struck=None if strike is None else strike != "none",
        bold=None if weight is None else weight in _BOLD,
        size=round(size * 2) if size else None,
        hidden=None if display is None else display == "none",
    )


def _shift(position: str) -> int:
    """Return where a text position (ODF 1.3 part 3, 20.395: ``super 58%``, ``-33% 58%``) is: 1 above, -1 below."""
    place = position.strip().partition(" ")[0]
    if place in _POSITIONS:
        return _POSITIONS[place]
    share = place.removesuffix("%")
    if not place.endswith("%") or not share.lstrip("-").replace(".", "", 1).isdigit() or not float(share.lstrip("-")):
        return 0
    return -1 if share.startswith("-") else 1
