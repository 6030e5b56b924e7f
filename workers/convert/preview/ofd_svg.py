"""Objects of an OFD page (GB/T 33190, clauses 8 to 12) as SVG; both count from the upper left, in millimetres here."""

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from workers.convert.ofd.markup import (
    Matrix,
    box,
    child,
    children,
    compose,
    deltas,
    em_width,
    local,
    matrix,
    number,
    numbers,
    text_of,
)
from workers.convert.ofd.visibility import is_clear, is_clipped
from workers.convert.package.zip_parts import Element
from workers.convert.preview.ofd_resources import Resources

_MAX_DEPTH, _MAX_OBJECTS = 16, 100_000
_BLOCKS = {"Content", "Layer", "PageBlock"}
_SIZE, _LINE_WIDTH = 3.7, 0.353  # millimetres, where the file does not say
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_SVG_OPERATORS = {"S": "M", "B": "C", "C": "Z"}
_PAINTS = {"Pattern", "AxialShd", "RadialShd", "GouraudShd", "LaGouraudShd"}  # patterns and gradients, not drawn
_BLACK = "#000"
_NOT_IN_XML = re.compile("[\0-\x1f\ud800-\udfff\ufffe\uffff]")


class SvgPage:
    """One page that is being drawn.

    Attributes:
        incomplete: Whether a picture or a paint could not be drawn.
    """

    def __init__(self, width: float, height: float, units: Mapping[str, Element], resources: Resources) -> None:
        self.incomplete = False
        self._size = (width, height)
        self._units = units
        self._resources = resources
        self._parts: list[str] = []
        self._drawn = self._clips = 0

    def text(self) -> str:
        """Return the picture."""
        width, height = (f"{side:g}" for side in self._size)
        size = f'viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        return "".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *self._parts, "</svg>"])

    def add(self, parent: Element, depth: int = 0) -> None:
        """Draw the objects under an element, in their order."""
        for item in parent:
            self._drawn += 1
            if not isinstance(item.tag, str) or item.get("Visible", "true").lower() == "false":
                continue
            if self._drawn > _MAX_OBJECTS or depth > _MAX_DEPTH:
                self.incomplete = True
                return
            self._add(item, depth)

    def add_placed(self, appearance: Element) -> None:
        """Draw what an annotation draws; its coordinates begin at its own corner."""
        self._parts.append(f"<g{_placing(appearance)}>")
        self.add(appearance)
        self._parts.append("</g>")

    def _add(self, item: Element, depth: int) -> None:
        kind = local(item)
        if kind in _BLOCKS:
            self.add(item, depth + 1)
        elif kind == "TextObject":
            self._text(item)
        elif kind == "PathObject":
            self._path(item)
        elif kind == "ImageObject":
            self._image(item)
        elif kind == "CompositeObject" and (unit := self._units.get(item.get("ResourceID", ""))) is not None:
            self._parts.append(f"<g{_placing(item)}>")
            self.add(unit, depth + 1)
            self._parts.append("</g>")

    def _text(self, item: Element) -> None:
        if is_clear(item, child(item, "FillColor")):
            return
        size = number(item.get("Size") or item.get("size"), _SIZE)
        font = self._resources.fonts.get(item.get("Font", ""), "")
        heavy = item.get("Bold") == "true" or number(item.get("Weight")) >= 600
        face = f' font-size="{size:g}" font-family={quoteattr(f"{_plain(font)}, serif")}'
        face += ' font-weight="bold"' if heavy else ""
        self._parts.append(f"<g{_placing(item)}{self._paint(item, 'Fill', default=True)}{face}>")
        x = y = 0.0
        for code in item:
            text = (code.text or "").strip("\r\n\t") if local(code) == "TextCode" else ""
            if text:
                x, y = number(code.get("X"), x), number(code.get("Y"), y)
                self._code(item, code, text, (x, y), size)
        self._parts.append("</g>")

    def _code(self, item: Element, code: Element, text: str, start: tuple[float, float], size: float) -> None:
        stretch = number(item.get("HScale"), 1.0)
        widths = [size * stretch * em_width(sign) for sign in text]
        across, down = deltas(code.get("DeltaX"), len(text) - 1), deltas(code.get("DeltaY"), len(text) - 1)
        across += [0.0] * len(widths) if any(down) and not any(across) else widths[len(across) :]
        lefts, tops = list(_sums(start[0], across, len(text))), list(_sums(start[1], down, len(text)))
        if not is_clipped(item, (lefts[0], tops[0]), (lefts[-1], tops[-1]), size):
            places = f'x="{_join(lefts)}" y="{_join(tops)}"'
            self._parts.append(f'<text xml:space="preserve" {places}>{escape(_plain(text))}</text>')

    def _path(self, item: Element) -> None:
        drawn = " ".join(_commands(text_of(item, "AbbreviatedData").split()))
        if not drawn:
            return
        paint = self._paint(item, "Fill", default=False) + self._paint(item, "Stroke", default=True)
        width = number(item.get("LineWidth") or self._style(item).get("LineWidth"), _LINE_WIDTH)
        rule = ' fill-rule="evenodd"' if item.get("Rule") == "Even-Odd" else ""
        shape = f'<path d="{drawn}" stroke-width="{width:g}"{rule}/>'
        self._parts.append(f"<g{_placing(item)}{paint}{self._clip(item)}>{shape}</g>")

    def _image(self, item: Element) -> None:
        address = self._resources.picture(item.get("ResourceID", ""))
        if address is None:
            self.incomplete = True
            return
        clear = f' opacity="{_share(item.get("Alpha"))}"'
        picture = f'<image width="1" height="1" preserveAspectRatio="none" href="{address}"/>'
        self._parts.append(f"<g{_placing(item)}{clear}>{picture}</g>")

    def _paint(self, item: Element, kind: str, *, default: bool) -> str:
        name = kind.lower()
        if item.get(kind, str(default)).lower() != "true":
            return f' {name}="none"'
        colour = child(item, f"{kind}Color")
        if colour is None:
            colour = child(self._style(item), f"{kind}Color")
        if colour is not None and any(local(inner) in _PAINTS for inner in colour):
            self.incomplete = True
            return f' {name}="none"'
        alpha = float(_share(item.get("Alpha"))) * float(_share(colour.get("Alpha") if colour is not None else None))
        return f' {name}="{_hex(colour)}" {name}-opacity="{alpha:g}"'

    def _style(self, item: Element) -> Element:
        return self._resources.styles.get(item.get("DrawParam", ""), item)

    def _clip(self, item: Element) -> str:
        """Return the attribute that limits an object to its clip; only one of simple areas is drawn."""
        shapes = []
        for area in children(item, "Clips", "Clip", "Area"):
            path = child(area, "Path")
            drawn = " ".join(_commands(text_of(path, "AbbreviatedData").split())) if path is not None else ""
            if path is not None and drawn:
                shapes.append(f'<path d="{drawn}"{_transform(compose(matrix(area.get("CTM")), _matrix(path)))}/>')
        if not shapes:
            return ""
        self._clips += 1
        self._parts.append(f'<clipPath id="c{self._clips}">{"".join(shapes)}</clipPath>')
        return f' clip-path="url(#c{self._clips})"'


def _matrix(item: Element) -> Matrix:
    """Return what turns coordinates of an object into those around it."""
    a, b, c, d, e, f = matrix(item.get("CTM"))
    left, top, *_ = box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return a, b, c, d, e + left, f + top


def _placing(item: Element) -> str:
    return _transform(_matrix(item))


def _transform(placing: Matrix) -> str:
    return f' transform="matrix({_join(placing)})"'


def _commands(tokens: list[str]) -> Iterator[str]:
    """Yield a path in abbreviated form (GB/T 33190, 9.1) as commands of SVG."""
    index = 0
    while index < len(tokens):
        operator = tokens[index]
        index += 1
        count = _ARGUMENTS.get(operator)
        if count is None:
            continue
        values = [number(token) for token in tokens[index : index + count]]
        index += count
        if len(values) == count:
            yield " ".join([_SVG_OPERATORS.get(operator, operator), _join(values)]).strip()


def _sums(start: float, steps: list[float], count: int) -> Iterator[float]:
    at = start
    for step in [*steps, *[0.0] * count][:count]:
        yield at
        at += step


def _hex(colour: Element | None) -> str:
    # Some producers write the value as an element.
    values = numbers(colour.get("Value") or text_of(colour, "Value")) if colour is not None else []
    if len(values) == 4:  # cyan, magenta, yellow and black of 255
        values = [(255 - ink) * (255 - values[3]) / 255 for ink in values[:3]]
    values = values * 3 if len(values) == 1 else values
    if len(values) != 3:
        return _BLACK
    return "#" + "".join(f"{min(255, max(0, round(value))):02x}" for value in values)


def _share(alpha: str | None) -> str:
    return f"{min(1.0, max(0.0, number(alpha, 255.0) / 255)):g}"


def _join(values: "tuple[float, ...] | list[float]") -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _plain(text: str) -> str:
    """Return text without the characters that XML does not allow."""
    return _NOT_IN_XML.sub("", text)
