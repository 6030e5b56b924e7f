"""The style sheet of a document: what a paragraph or character style means once its ancestors are taken in.

A style sheet is larger than most documents (350 KB where the text has 8), so a style is parsed when first asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from workers.convert.word.docx.package import Package
from workers.convert.word.docx.wml import VAL, WORD, Element, W, integer, is_on, number, value
from workers.convert.word.text_style import NOTHING, Align, TextStyle, is_pale, outline_of_style, overlay

ALIGNMENTS: dict[str, Align] = {
    **{"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"},
    **{"both": "justify", "distribute": "justify"},
}
MAX_DEPTH = 32

_SHIFTS = {"superscript": 1, "subscript": -1}
# The light colours of a theme, where no page says otherwise (ECMA-376 part 1, 17.18.97; 20.1.6.2: lt1).
_LIGHT = frozenset({"background1", "light1"})
_STRIKES = frozenset({W + "strike", W + "dstrike"})
_BOLD, _SIZE, _VANISH, _SHIFT, _POSITION, _COLOUR = (
    W + name for name in ("b", "sz", "vanish", "vertAlign", "position", "color")
)
_LOOKS = _STRIKES | {_BOLD, _SIZE, _VANISH, _SHIFT, _POSITION, _COLOUR}
_OUTLINE, _ALIGNMENT, _NUMBERING, _INDENT = (W + name for name in ("outlineLvl", "jc", "numPr", "ind"))
_FIRST_LINE = (W + "firstLine", W + "hanging")
_FIRST_LINE_CHARS = (W + "firstLineChars", W + "hangingChars")
_IDENTIFIER = re.compile(rb'[^>]*?w:styleId="([^"]*)"')
_DEFAULT = re.compile(rb'[^>]*w:default="(?:1|true|on)"')
_END = b"</w:style>"
_PLAIN_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_PLAIN_NAMESPACE = b'xmlns:w="' + WORD.encode() + b'"'
_OTHER_ENCODING = re.compile(rb"""encoding=["'](?!utf-8["'])""", re.IGNORECASE)


@dataclass(slots=True)
class StyleSheet:
    """All styles of a document.

    Attributes:
        sources: Markup of each style by identifier: what follows ``<w:style``, or the parsed element.
        root_tag: Start tag to parse a style's markup under.
        default: Identifier of the default paragraph style.
        defaults: The document's default properties.
        resolved: What a style says, ancestors included, of those that were asked for.
        paragraphs: The same over the defaults, of styles of paragraphs.
    """

    sources: dict[str, bytes | Element] = field(default_factory=dict)
    root_tag: bytes = b""
    default: str | None = None
    defaults: TextStyle = field(default_factory=TextStyle)
    resolved: dict[str, TextStyle] = field(default_factory=dict)
    paragraphs: dict[str | None, TextStyle] = field(default_factory=dict)

    def look(self, style: str | None) -> TextStyle:
        """Return what a style says, ancestors included, document defaults not."""
        if not style or style not in self.sources:
            return NOTHING
        if style not in self.resolved:
            look = NOTHING
            for identifier, element in reversed(list(self._chain(style))):
                look = overlay(look, style_look(element, identifier))
            self.resolved[style] = look
        return self.resolved[style]

    def paragraph(self, style: str | None) -> TextStyle:
        """Return the properties of a paragraph of this style (or of the default one) before its own are applied."""
        known = style if style and style in self.sources else self.default
        if known not in self.paragraphs:
            self.paragraphs[known] = overlay(self.defaults, self.look(known))
        return self.paragraphs[known]

    def list_of(self, style: str) -> str | None:
        """Return the list instance a numbering style stands for."""
        found = self.look(style).list_id
        return None if found is None else str(found)

    def _chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        met: set[str] = set()
        while style and style in self.sources and style not in met and len(met) < MAX_DEPTH:
            met.add(style)
            element = self._element(style)
            yield style, element
            style = value(element, W + "basedOn")

    def _element(self, style: str) -> Element:
        source = self.sources[style]
        if not isinstance(source, bytes):
            return source
        return _fragment(self.root_tag, b"<w:style " + source[: source.find(_END)] + _END)


def read_styles(package: Package, name: str) -> StyleSheet:
    """Return the style sheet stored in a part; an empty one where the part is missing."""
    data = package.data(name)
    if data is None:
        return StyleSheet()
    root_tag = _PLAIN_ROOT.search(data, 0, 16_384)
    plain = root_tag and _PLAIN_NAMESPACE in root_tag.group() and _OTHER_ENCODING.search(data, 0, 200) is None
    sheet = _slice_styles(data, root_tag.group()) if root_tag and plain and not _has_declarations(data) else None
    return sheet or _parse_styles(package.parse(data, name))


def _has_declarations(data: bytes) -> bool:
    """Return whether comments, CDATA or a document type are there; a single byte is found far sooner than two."""
    return b"!" in data and b"<!" in data


def paragraph_look(properties: Element) -> TextStyle:
    """Return what a ``w:pPr`` says itself."""
    found: dict[str, object] = {}
    for child in properties:
        tag = child.tag
        if tag == _OUTLINE:
            found["outline"] = integer(child.get(VAL))
        elif tag == _ALIGNMENT:
            found["align"] = ALIGNMENTS.get(child.get(VAL, ""))
        elif tag == _NUMBERING:
            found["list_id"] = value(child, W + "numId")
            found["list_level"] = number(child, W + "ilvl")
        elif tag == _INDENT:
            found.update(_indent(child))
    return TextStyle(**found) if found else NOTHING  # type: ignore[arg-type]


def run_look(properties: Element) -> TextStyle:
    """Return what a ``w:rPr`` says itself, its character style apart."""
    said: dict[str, bool | int | None] = {}
    position = 0
    for child in properties:
        tag = child.tag
        if tag not in _LOOKS:
            continue
        if tag == _BOLD:
            said["bold"] = is_on(child)
        elif tag == _SIZE:
            said["size"] = integer(child.get(VAL))
        elif tag == _VANISH:
            said["hidden"] = is_on(child)
        elif tag == _SHIFT:
            said["shift"] = _SHIFTS.get(child.get(VAL, ""), 0)
        elif tag == _POSITION:
            half_points = integer(child.get(VAL)) or 0
            position = (half_points > 0) - (half_points < 0)
        elif tag in _STRIKES:
            said["struck"] = is_on(child)
        else:
            said["white"] = is_pale(child.get(VAL, "")) or child.get(W + "themeColor") in _LIGHT
    if position and "shift" not in said and "size" in said:
        said["shift"] = position  # raised by hand: letters moved up in their own size are a matter of layout
    return TextStyle(**said) if said else NOTHING  # type: ignore[arg-type]


def style_look(element: Element, identifier: str) -> TextStyle:
    """Return what a ``w:style`` says itself."""
    properties, run = element.find(W + "pPr"), element.find(W + "rPr")
    look = paragraph_look(properties) if properties is not None else NOTHING
    if run is not None:
        look = overlay(look, run_look(run))
    name = value(element, W + "name")
    outline = look.outline if look.outline is not None or not name else outline_of_style(name)
    return replace(look, name=name, outline=outline, list_style=identifier if look.list_id is not None else None)


def _indent(element: Element) -> dict[str, int | None]:
    def signed(line: int | None, hanging: int | None) -> int | None:
        return -hanging if hanging else (line if line is not None else hanging)

    return {
        "first_line": signed(*(integer(element.get(name)) for name in _FIRST_LINE)),
        "first_line_chars": signed(*(integer(element.get(name)) for name in _FIRST_LINE_CHARS)),
    }


def _slice_styles(data: bytes, root_tag: bytes) -> StyleSheet | None:
    """Cut the markup into styles without parsing it; None if it is not as every known producer writes it."""
    sheet = StyleSheet(root_tag=root_tag)
    for piece in data.split(b"<w:style ")[1:]:
        identified = _IDENTIFIER.match(piece)
        if identified is None or not (piece.endswith(_END) or _END in piece):
            return None
        identifier = identified.group(1).decode("utf-8", "replace")
        sheet.sources[identifier] = piece
        tag = piece[: piece.find(b">")]
        if b"w:default=" in tag and _DEFAULT.match(tag) and b'w:type="paragraph"' in tag:
            sheet.default = identifier
    start, end = data.find(b"<w:docDefaults>"), data.find(b"</w:docDefaults>")
    if 0 <= start < end:
        sheet.defaults = _defaults(_fragment(root_tag, data[start : end + len(b"</w:docDefaults>")]))
    return sheet


def _parse_styles(root: Element) -> StyleSheet:
    sheet = StyleSheet()
    for element in root.iter(W + "style"):
        identifier = element.get(W + "styleId", "")
        sheet.sources[identifier] = element
        if element.get(W + "default") in {"1", "true", "on"} and element.get(W + "type") == "paragraph":
            sheet.default = identifier
    defaults = root.find(W + "docDefaults")
    if defaults is not None:
        sheet.defaults = _defaults(defaults)
    return sheet


def _defaults(element: Element) -> TextStyle:
    paragraph = element.find(f"{W}pPrDefault/{W}pPr")
    run = element.find(f"{W}rPrDefault/{W}rPr")
    look = paragraph_look(paragraph) if paragraph is not None else NOTHING
    return overlay(look, run_look(run)) if run is not None else look


def _fragment(root_tag: bytes, markup: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(root_tag.rstrip(b"/>") + b">" + markup + b"</w:styles>", parser)
    return root[0] if len(root) else root
