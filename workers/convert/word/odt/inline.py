"""The inside of a paragraph of an OpenDocument text: its visible and hidden text, and what hangs on it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from workers.convert.package.zip_parts import Element
from workers.convert.text.notation import without_seams
from workers.convert.word.odt.odf import DRAW, OFFICE, TEXT, XLINK, count
from workers.convert.word.odt.styles import StyleSheet
from workers.convert.word.text_style import TextStyle, Weights, as_seen, overlay

_MAX_SPACES = 1000
_RUN = re.compile(r"[ \t\r\n]+")
_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_SILENT = {
    *(TEXT + name for name in ("number", "ruby-text", "tracked-changes", "note-citation", "script", "sequence-decls")),
    *(TEXT + name for name in ("bookmark", "bookmark-start", "bookmark-end", "change", "soft-page-break")),
}
_SHAPES = frozenset(
    DRAW + name for name in ("frame", "g", "custom-shape", "rect", "ellipse", "polygon", "path", "line")
)
_OBJECTS = (DRAW + "object", DRAW + "object-ole")

_HIDDEN_PARAGRAPH = TEXT + "hidden-paragraph"
_HIDDEN = TextStyle(hidden=True)


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds.

    Attributes:
        shown: Pieces of visible text.
        hidden: Pieces of hidden text.
        hanging: Notes and drawings anchored here, in order.
        weights: What the visible text looks like.
    """

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    hanging: list[Element] = field(default_factory=list)
    weights: Weights = field(default_factory=Weights)

    @property
    def text(self) -> str:
        """The visible text."""
        return without_seams("".join(self.shown))


@dataclass(slots=True)
class Inline:
    """Reads paragraphs.

    Attributes:
        styles: The style sheet.
        equation: Returns the text of an embedded object that is an equation, empty for any other, by its reference.
        on_paper: Whether the text stands on nothing but white paper.
        comments: How many comments were met.
        objects: How many embedded objects were met.
        hidden: How many paragraphs have text that is not shown.
    """

    styles: StyleSheet
    equation: Callable[[str], str] = lambda _: ""
    on_paper: bool = False
    comments: int = 0
    objects: int = 0
    hidden: int = 0

    def read(self, paragraph: Element, look: TextStyle) -> ParagraphText:
        """Return the content of a ``text:p`` or ``text:h``; ``look`` is what its style says of its runs."""
        line = ParagraphText()
        noted = self.comments
        mark = next(paragraph.iterchildren(_HIDDEN_PARAGRAPH), None)
        if mark is not None and _is_hidden(mark):
            look = overlay(look, _HIDDEN)
        self._children(paragraph, look, line)
        self.hidden += self.comments == noted and any(map(str.strip, line.hidden))
        return line

    def _children(self, parent: Element, look: TextStyle, line: ParagraphText) -> None:
        self._add(parent.text, look, line)
        for child in parent:
            self._child(child, look, line)
            self._add(child.tail, look, line)

    def _child(self, child: Element, look: TextStyle, line: ParagraphText) -> None:
        tag = str(child.tag)
        if tag in _SIGNS:
            self._append(_SIGNS[tag], look, line)
        elif tag == TEXT + "s":
            self._append(" " * count(child.get(TEXT + "c"), 1, most=_MAX_SPACES), look, line)
        elif tag == TEXT + "span":
            self._children(child, overlay(look, self.styles.span(child.get(TEXT + "style-name"))), line)
        elif tag == DRAW + "frame" and (equation := self._equation(child)):
            self._append(equation, look, line)
        elif tag == TEXT + "note" or tag in _SHAPES:
            line.hanging.append(child)
        elif tag == OFFICE + "annotation":
            self.comments += 1
            line.hidden.extend(_said(child))
        elif tag == TEXT + "hidden-text":
            self._children(child, overlay(look, _HIDDEN) if _is_hidden(child) else look, line)
        elif tag not in _SILENT and not tag.startswith(OFFICE):
            self._children(child, look, line)

    def _add(self, text: str | None, look: TextStyle, line: ParagraphText) -> None:
        """Add literal text; white space counts as ODF 1.3 part 3, 6.1.2 says: a run of it is one space."""
        if not text:
            return
        if _RUN.search(text):
            text = _RUN.sub(" ", text)
            if text[0] == " " and (not line.shown or line.shown[-1][-1:].isspace()):
                text = text[1:]
        if text:
            self._append(text, look, line)

    def _append(self, text: str, look: TextStyle, line: ParagraphText) -> None:
        if look.unseen or (look.white and self.on_paper):
            line.hidden.append(text)
            return
        line.shown.append(as_seen(text, look, line.shown))
        line.weights.add(text, look)

    def _equation(self, frame: Element) -> str:
        """Return the text of a frame that holds nothing but an equation (ODF 1.3 part 3, 10.4.6)."""
        embedded = frame.find(DRAW + "object")
        return self.equation(embedded.get(XLINK + "href", "")) if embedded is not None else ""

    def count_objects(self, drawing: Element) -> None:
        """Count the objects embedded in a drawing; each has two representations, one of which is a picture."""
        self.objects += sum(1 for _ in drawing.iter(*_OBJECTS))


def _said(annotation: Element) -> list[str]:
    """Return the text of a review comment; nobody sees it in the text, and whoever opens the file has it."""
    return [text for part in annotation.iter(TEXT + "p") if (text := "".join(map(str, part.itertext())).strip())]


def _is_hidden(mark: Element) -> bool:
    """Return whether hidden text or a hidden paragraph is so at present (ODF 1.3 part 3, 7.7.8 and 7.7.10)."""
    return mark.get(TEXT + "is-hidden", "true") == "true"
