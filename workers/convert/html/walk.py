"""An element tree to the pieces of text a reader sees, each with its container and its look; decides nothing yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from schemas.blocks import Style
from workers.convert.html.style import ElementStyle, element_style

_INVISIBLE = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "textarea", "button", "iframe", "object"}
    | {"embed", "applet", "svg", "canvas", "audio", "video", "map", "noframes", "input", "meta", "link", "title"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul"}
)
_EDGES = " \t\r\n\f\xa0\u200b\ufeff\u3000"
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(slots=True)
class Container:
    """A block element.

    Attributes:
        parent: Index of the enclosing container, -1 for the outermost.
        tag: Name of the element.
        name: Its id and classes, lower case.
        spans: colspan and rowspan of a cell.
    """

    parent: int
    tag: str
    name: str
    spans: tuple[int, int] = (1, 1)


@dataclass(slots=True)
class Piece:
    """A stretch of text no block element and no line break interrupts.

    Attributes:
        text: White space collapsed.
        container: Index of its container.
        linked: How many of its characters are links.
        hidden: Whether its style hides it.
        style: Its look.
        number: List number the browser generates, at the start of ``text``.
    """

    text: str
    container: int
    linked: int
    hidden: bool
    style: Style | None
    number: str | None = None


class Link(NamedTuple):
    """An ``a`` element: where it points, what it says, how many pieces stand before it."""

    href: str
    text: str
    piece: int


@dataclass(slots=True)
class Walk:
    """All pieces of a page in document order, their containers (outer before inner) and its links."""

    pieces: list[Piece] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def walk(root: etree._Element) -> Walk:
    """Return the text of the tree below ``root``; never recurses, so that depth costs nothing."""
    state = _State()
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            state.leave(element)
        elif element.tag in _INVISIBLE:
            state.enter_invisible(element)
            steps.skip_subtree()
        else:
            state.enter(element)
    state.flush()
    return state.walk


class _State:
    """Where the walk is: the open elements, the look in force, and the text since the last interruption."""

    def __init__(self) -> None:
        self.walk = Walk()
        self._runs: list[tuple[str, ElementStyle]] = []
        self._look = ElementStyle()
        self._looks: list[ElementStyle] = []
        self._open: list[int] = [-1]
        self._counters: list[_Counter] = []
        self._number: str | None = None

    def enter_invisible(self, element: etree._Element) -> None:
        self._looks.append(self._look)
        if element.tag in {"select", "iframe", "table"}:
            self._runs.append((" ", self._look))

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        self._looks.append(self._look)
        self._look = element_style(element, self._look)
        if tag in _BLOCKS:
            self.flush()
            self._open_container(element)
        elif tag in {"br", "hr"}:
            self.flush()
        elif tag == "a" and (href := element.get("href")):
            self._add_link(element, href)
        if element.text:
            self._add_text(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
            self._close_container(tag)
        self._look = self._looks.pop()
        if element.tail:
            self._add_text(element.tail)

    def flush(self) -> None:
        """End the piece at hand."""
        runs = self._runs
        if not runs:
            return
        self._runs = []
        text = collapse("".join(part for part, _ in runs))
        if not text:
            return
        style, linked = _summary(runs, self._heading())
        number, self._number = self._number, None
        if number and not _NUMBERED.match(text):
            text = number + text
        else:
            number = None
        hidden = runs[0][1].hidden
        self.walk.pieces.append(Piece(text, self._open[-1], linked, hidden, style, number))

    def _heading(self) -> int | None:
        at = self._open[-1]
        return _HEADINGS.get(self.walk.containers[at].tag) if at >= 0 else None

    def _add_text(self, text: str) -> None:
        if self._look.preformatted and "\n" in text:
            for line in text.split("\n"):
                self._runs.append((line, self._look))
                self.flush()
        else:
            self._runs.append((text, self._look))

    def _add_link(self, element: etree._Element, href: str) -> None:
        text = collapse("".join(part for part, _ in zip(_texts(element), range(50), strict=False)))
        self.walk.links.append(Link(href.strip(), text, len(self.walk.pieces)))

    def _open_container(self, element: etree._Element) -> None:
        tag = str(element.tag)
        name = f"{element.get('id') or ''} {element.get('class') or ''}".strip().lower()[:200]
        spans = (_span(element, "colspan"), _span(element, "rowspan")) if tag in {"td", "th"} else (1, 1)
        self.walk.containers.append(Container(self._open[-1], tag, name, spans))
        self._open.append(len(self.walk.containers) - 1)
        if tag in {"ol", "ul", "menu", "dir"}:
            self._counters.append(_Counter.of(element))
        elif tag == "li" and self._counters:
            self._number = self._counters[-1].next()

    def _close_container(self, tag: str) -> None:
        self._open.pop()
        if tag in {"ol", "ul", "menu", "dir"}:
            self._counters.pop()
        elif tag == "li":
            self._number = None


# A list item whose author typed a number has its generated one styled away on every page seen.
_NUMBERED = re.compile(
    r"[(（]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）.、．]|第[一二三四五六七八九十百\d]+[章节条]"
)


@dataclass(slots=True)
class _Counter:
    """Numbers of a list: none for ``ul``, decimal for ``ol``; other types of ``ol`` are rare on such pages."""

    ordered: bool
    value: int

    @classmethod
    def of(cls, element: etree._Element) -> "_Counter":
        decimal = element.tag == "ol" and (element.get("type") or "1") == "1"
        styled = "list-style" in (element.get("style") or "") and "none" in (element.get("style") or "")
        start = element.get("start") or "1"
        return cls(decimal and not styled, int(start) - 1 if start.isdecimal() and len(start) < 7 else 0)

    def next(self) -> str | None:
        self.value += 1
        return f"{self.value}. " if self.ordered else None


def _texts(element: etree._Element) -> Iterator[str]:
    yield from (str(part) for part in element.itertext())


def _span(element: etree._Element, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return min(max(int(value), 1), 100) if value.isdecimal() and len(value) < 5 else 1


def _summary(runs: list[tuple[str, ElementStyle]], heading: int | None) -> tuple[Style | None, int]:
    """Return the look of a piece (what all its characters share, the size of most) and its linked characters."""
    first = runs[0][1]
    if len(runs) == 1:
        bold, size, linked = first.bold, first.size, len(runs[0][0].strip()) if first.linked else 0
    else:
        shown = [(len(text.strip()), look) for text, look in runs]
        bold = all(look.bold for length, look in shown if length)
        linked = sum(length for length, look in shown if look.linked)
        size = _usual_size(shown)
    if heading is None and not bold and size is None and first.align is None and first.indent is None:
        return None, linked
    return Style(heading, True if bold else None, size, first.align, first.indent_points(size)), linked


def _usual_size(shown: list[tuple[int, ElementStyle]]) -> float | None:
    sizes: dict[float | None, int] = {}
    for length, look in shown:
        sizes[look.size] = sizes.get(look.size, 0) + length
    return max(sizes, key=lambda size: sizes[size])


def collapse(text: str) -> str:
    """Return ``text`` as a browser shows it: runs of white space are one space; a line end between Han is none."""
    text = text.strip(_EDGES)
    return _SPACE.sub(_one_space, text) if _SPACE.search(text) else text


def _one_space(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    run = match[0]
    if run.strip("\u200b\ufeff") == "":
        return ""
    broken = ("\n" in run or "\r" in run) and start > 0 and end < len(text)
    return "" if broken and _is_wide(text[start - 1]) and _is_wide(text[end]) else " "


def _is_wide(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff01" <= character <= "\uff5e" or character in "“”‘’—…"
