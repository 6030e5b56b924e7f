"""An element tree to the pieces of text a reader sees, each with its container and its look; decides nothing yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from schemas.blocks import Style
from workers.convert.html.lists import ListCounter
from workers.convert.html.runs import EDGES, Run, collapse, summary, text_of
from workers.convert.html.style import ElementStyle, Hidden, element_style, is_on_paper
from workers.convert.text.mathml import mathml_text
from workers.convert.text.notation import TICKED, UNTICKED

_INVISIBLE = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "button", "iframe", "object"}
    | {"rt", "rp", "rtc"}  # readings above the characters
    | {
        "embed",
        "applet",
        "canvas",
        "meter",
        "progress",
        "defs",
        "symbol",
        "desc",
        "metadata",
        "audio",
        "video",
        "map",
        "noframes",
        "input",
        "meta",
        "link",
        "title",
    }
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul", "textarea", "text"}  # "text" is a line of a drawing (SVG)
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(slots=True)
class Container:
    """A block element.

    Attributes:
        parent: Index of the enclosing container, -1 for the outermost.
        tag: Name of the element.
        name: Its id and classes, lower case.
        spans: colspan and rowspan of a cell.
        hidden: Whether its style hides it.
    """

    parent: int
    tag: str
    name: str
    spans: tuple[int, int] = (1, 1)
    hidden: Hidden = ""


@dataclass(slots=True)
class Piece:
    """A stretch of text no block element and no line break interrupts.

    Attributes:
        text: White space collapsed.
        container: Index of its container.
        linked: How many of its characters are links.
        hidden: Whether its style hides it, and whether something can bring it out.
        style: Its look.
        number: List number the browser generates, at the start of ``text``.
    """

    text: str
    container: int
    linked: int
    hidden: Hidden
    style: Style | None
    number: str | None = None


class Link(NamedTuple):
    """An ``a`` element: where it points, what it says, how many pieces stand before it."""

    href: str
    text: str
    piece: int


class Aside(NamedTuple):
    """A run nobody sees inside a piece that is seen, and how many pieces stand before that one."""

    text: str
    piece: int


@dataclass(slots=True)
class Walk:
    """All pieces of a page in document order, their containers (outer before inner), its links and its asides."""

    pieces: list[Piece] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


def walk(root: etree._Element) -> Walk:
    """Return the text of the tree below ``root``; never recurses, so that depth costs nothing."""
    state = _State(ElementStyle(on_paper=is_on_paper(root)))
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            state.leave(element)
        elif element.tag in _INVISIBLE or (element.tag == "textarea" and "<" in (element.text or "")):
            state.enter_invisible(element)
            steps.skip_subtree()
        elif element.tag == "math":
            state.enter_equation(element)
            steps.skip_subtree()
        else:
            state.enter(element)
    state.flush()
    return state.walk


_QUOTES = ("“”", "‘’")  # HTML, 15.3.6: what a browser sets around a quotation, and around one within it


class _State:
    """Where the walk is: the open elements, the look in force, and the text since the last interruption."""

    def __init__(self, look: ElementStyle) -> None:
        self.walk = Walk()
        self._runs: list[Run] = []
        self._look = look
        self._looks: list[ElementStyle] = []
        self._open: list[int] = [-1]
        self._counters: list[ListCounter] = []
        self._number: str | None = None
        self._quoted = 0

    def enter_invisible(self, element: etree._Element) -> None:
        self._looks.append(self._look)
        if element.tag in {"select", "iframe", "table"}:
            self._runs.append((" ", self._look))
        if element.tag in {"select", "input"} and (entered := _entered(element)):
            between = "" if entered in {TICKED, UNTICKED} else " "
            self._runs.append((entered + between, element_style(element, self._look)))

    def enter_equation(self, element: etree._Element) -> None:
        """Add an equation on one line."""
        self._looks.append(self._look)
        self._look = element_style(element, self._look)
        self._add_text(mathml_text(element))

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
        elif tag == "q":
            self._add_text(_QUOTES[self._quoted % 2][0])
            self._quoted += 1
        if element.text:
            self._add_text(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
            self._close_container(tag)
        elif tag == "q":
            self._quoted -= 1
            self._add_text(_QUOTES[self._quoted % 2][1])
        self._look = self._looks.pop()
        if element.tail:
            self._add_text(element.tail)

    def flush(self) -> None:
        """End the piece at hand."""
        runs = self._runs
        if not runs:
            return
        self._runs = []
        marked = runs[0][1].marked if len(runs) == 1 else any(look.marked for _, look in runs)
        if marked and any(look.hidden for _, look in runs):
            runs = self._seen(runs)
        text = text_of(runs) if marked else collapse("".join([part for part, _ in runs]))
        if not text:
            return
        style, linked = summary(runs, self._heading())
        number, self._number = self._number, None
        if number and not _NUMBERED.match(text):
            text = number + text
        else:
            number = None
        hidden: Hidden = runs[0][1].hidden if marked else ""
        self.walk.pieces.append(Piece(text, self._open[-1], linked, hidden, style, number))

    def _seen(self, runs: list[Run]) -> list[Run]:
        """Return the runs a reader sees and set the others aside; all of them where there is nothing to see."""
        seen = [run for run in runs if not run[1].hidden]
        if not text_of(seen):
            return [run for run in runs if run[1].hidden]
        if aside := collapse("".join(text for text, look in runs if look.hidden)):
            self.walk.asides.append(Aside(aside, len(self.walk.pieces)))
        return seen

    def _heading(self) -> int | None:
        at = self._open[-1]
        return _HEADINGS.get(self.walk.containers[at].tag) if at >= 0 else None

    def _add_text(self, text: str) -> None:
        if self._look.preformatted and "\n" in text:
            for line in text.split("\n"):
                self._runs.append((line, self._look))
                self.flush()
        elif self._runs or text.strip(EDGES):
            self._runs.append((text, self._look))

    def _add_link(self, element: etree._Element, href: str) -> None:
        text = collapse("".join(part for part, _ in zip(_texts(element), range(50), strict=False)))
        self.walk.links.append(Link(href.strip(), text, len(self.walk.pieces)))

    def _open_container(self, element: etree._Element) -> None:
        tag = str(element.tag)
        name = f"{element.get('id') or ''} {element.get('class') or ''}".strip().lower()[:200]
        spans = (_span(element, "colspan"), _span(element, "rowspan")) if tag in {"td", "th"} else (1, 1)
        hidden: Hidden = self._look.hidden if self._look.marked else ""
        self.walk.containers.append(Container(self._open[-1], tag, name, spans, hidden))
        self._open.append(len(self.walk.containers) - 1)
        if tag in {"ol", "ul", "menu", "dir"}:
            self._counters.append(ListCounter.of(element))
        elif tag == "li" and self._counters:
            self._number = self._counters[-1].next(element)

    def _close_container(self, tag: str) -> None:
        self._open.pop()
        if tag in {"ol", "ul", "menu", "dir"}:
            self._counters.pop()
        elif tag == "li":
            self._number = None


# HTML, 4.10.5.1: kinds of fields that show their value as text.
_WRITTEN_IN = frozenset({"text", "number", "date", "month", "datetime-local", "time", "tel", "email", "url"})
_PROMPT = re.compile("请|输入|搜索|检索|查询|关键")
_SEARCH = re.compile(r"search|keyw|query|\b(?:q|wd|kw|sw|key)\b")

# A list item whose author typed a number has its generated one styled away on every page seen.
_NUMBERED = re.compile(
    r"[(（]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）.、．]|第[一二三四五六七八九十百\d]+[章节条]"
)


def _entered(element: etree._Element) -> str:
    """Return what a filled-in form shows in a field: the choice made, and the value it has, but no search box's."""
    if element.tag == "select":
        return " ".join(
            "".join(_texts(option)).strip() for option in element.iter("option") if "selected" in option.attrib
        )
    kind = element.get("type", "text").lower()
    if kind in {"checkbox", "radio"}:
        return TICKED if "checked" in element.attrib else UNTICKED
    value = (element.get("value") or "").strip()
    if kind not in _WRITTEN_IN or not value:
        return ""
    fixed = "readonly" in element.attrib or "disabled" in element.attrib
    names = f"{element.get('name')} {element.get('id')} {element.get('class')}".lower()
    return value if fixed or not (_PROMPT.match(value) or _SEARCH.search(names)) else ""


def _texts(element: etree._Element) -> Iterator[str]:
    yield from (str(part) for part in element.itertext())


def _span(element: etree._Element, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return min(max(int(value), 1), 100) if value.isdecimal() and len(value) < 5 else 1
