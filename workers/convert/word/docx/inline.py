"""The inside of a paragraph: its runs as text, and what hangs on it (notes, text boxes).

Tracked deletions, field instructions and the second copy of a drawing stay out; hidden text is kept apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from workers.convert.text.notation import TICKED, UNTICKED, without_seams
from workers.convert.word.docx.drawings import boxes_in, is_hidden_drawing
from workers.convert.word.docx.equations import equation_text
from workers.convert.word.docx.styles import StyleSheet, run_look
from workers.convert.word.docx.wml import (
    DELETED,
    MATH,
    MC,
    PARAGRAPH,
    RUN_PROPERTIES,
    TABLE,
    TEXT,
    VAL,
    W14,
    Element,
    W,
    child_of,
    choose_alternative,
    integer,
)
from workers.convert.word.fields import Fields
from workers.convert.word.symbols import has_glyphs, in_font, symbol
from workers.convert.word.text_style import TextStyle, Weights, as_seen

_RUN = W + "r"
_STYLE = W + "rStyle"
_EQUATION = MATH + "oMath"
_CONTROL = W + "sdt"
_CHECK_BOX = f"{W}sdtPr/{W14}checkbox"
_ALTERNATE = MC + "AlternateContent"
_SILENT = DELETED | {
    *(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "delInstrText", "fldData", "ffData")),
    *(W + name for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "customXmlPr", "smartTagPr", "rubyPr")),
}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_DRAWINGS = {W + "drawing", W + "pict", W + "object"}
_NOTES: dict[str, Literal["footnotes", "endnotes"]] = {
    W + "footnoteReference": "footnotes",
    W + "endnoteReference": "endnotes",
}


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds.

    Attributes:
        shown: Pieces of visible text.
        hidden: Pieces of hidden text.
        deleted: Pieces of text that tracked changes took out.
        notes: Notes called, as kind and identifier.
        boxes: Text boxes anchored here: ``w:txbxContent``, VML word art, or a diagram's relation.
        weights: What the visible text looks like.
    """

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[tuple[Literal["footnotes", "endnotes"], str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    weights: Weights = field(default_factory=Weights)

    @property
    def text(self) -> str:
        """The visible text."""
        return without_seams("".join(self.shown))


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one story in turn; a field may stay open from one paragraph to the next.

    Attributes:
        styles: The style sheet.
        on_paper: Returns whether the text stands on nothing but white paper.
        fields: The fields that are open.
        deletions: How many tracked deletions were left out.
    """

    styles: StyleSheet
    on_paper: Callable[[], bool] = lambda: False
    fields: Fields = field(default_factory=Fields)
    deletions: int = 0

    def read(self, paragraph: Element, look: TextStyle, line: ParagraphText) -> None:
        """Add the content of a ``w:p`` to ``line``; ``look`` is what its style says of its runs."""
        self._children(paragraph, look, line)

    def _children(self, parent: Element, look: TextStyle, line: ParagraphText) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, look, line)
            elif tag in DELETED:
                self.deletions += 1
                if tag == W + "del":  # what was moved stands where it went
                    line.deleted.extend(part.text or "" for part in child.iter(W + "delText", TEXT))
            elif tag in _SILENT:
                continue
            else:
                self._piece(child, look, line)

    def _run(self, run: Element, look: TextStyle, line: ParagraphText) -> None:
        properties = child_of(run, RUN_PROPERTIES)
        if properties is not None and len(properties):
            look = self._own(properties, look)
        for child in run:
            tag = child.tag
            if tag == TEXT:
                text = child.text or ""
                self._text(in_font(text, _font(properties)) if has_glyphs(text) else text, look, line)
            elif tag not in _SILENT:
                self._piece(child, look, line)

    def _own(self, properties: Element, look: TextStyle) -> TextStyle:
        said = run_look(properties)
        style = child_of(properties, _STYLE)
        named = self.styles.look(style.get(VAL)) if style is not None else None
        bold, size, hidden, shift, struck = look.bold, look.size, look.hidden, look.shift, look.struck
        white = look.white
        if named is not None:
            # ECMA-376 17.7.3: on-off properties of paragraph and character style cancel each other out.
            bold = bool(bold) ^ bool(named.bold) if named.bold is not None else bold
            hidden = bool(hidden) ^ bool(named.hidden) if named.hidden is not None else hidden
            struck = bool(struck) ^ bool(named.struck) if named.struck is not None else struck
            shift = named.shift if named.shift is not None else shift
            size = named.size or size
            white = named.white if named.white is not None else white
        return TextStyle(
            bold=said.bold if said.bold is not None else bold,
            size=said.size or size,
            hidden=said.hidden if said.hidden is not None else hidden,
            shift=said.shift if said.shift is not None else shift,
            struck=said.struck if said.struck is not None else struck,
            white=said.white if said.white is not None else white,
        )

    def _piece(self, child: Element, look: TextStyle, line: ParagraphText) -> None:
        tag = child.tag
        if tag in _SIGNS:
            self._text(_SIGNS[tag], look, line)
        elif tag == TEXT:
            self._text(child.text or "", look, line)
        elif tag == _EQUATION:
            self._text(equation_text(child), look, line)
        elif tag == W + "fldChar":
            self._mark(child, look, line)
        elif tag == W + "instrText":
            self.fields.instruct(child.text or "")
        elif tag == W + "sym":
            self._text(symbol(child.get(W + "char", ""), child.get(W + "font", "")), look, line)
        elif tag in _NOTES:
            line.notes.append((_NOTES[tag], child.get(W + "id", "")))
        elif tag in _DRAWINGS:
            self._drawing(child, line)
        elif tag == _ALTERNATE:
            branch = choose_alternative(child)
            if branch is not None:
                self._children(branch, look, line)
        elif tag == _CONTROL and (box := child.find(_CHECK_BOX)) is not None:
            self._text(_box(box.find(W14 + "checked")), look, line)
        elif tag not in {PARAGRAPH, TABLE}:
            self._children(child, look, line)
            if tag == W + "fldSimple" and len(child) == 0:
                self._text(self.fields.drawn_alone(child.get(W + "instr", "")), look, line)

    def _drawing(self, drawing: Element, line: ParagraphText) -> None:
        boxes = boxes_in(drawing)
        if boxes and is_hidden_drawing(drawing):
            line.hidden.extend(part.text or "" for box in boxes for part in box.iter(TEXT))
        else:
            line.boxes.extend(boxes)

    def _mark(self, mark: Element, look: TextStyle, line: ParagraphText) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.fields.begin()
            self._text_of_form(mark, look, line)
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            self._text(self.fields.end(), look, line)

    def _text_of_form(self, mark: Element, look: TextStyle, line: ParagraphText) -> None:
        box = mark.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            stated = box.find(W + "checked")
            self.fields.separate()
            self._text(_box(stated if stated is not None else box.find(W + "default")), look, line)
        choices = mark.find(f"{W}ffData/{W}ddList")
        if choices is None:
            return
        entries = [entry.get(VAL, "") for entry in choices.findall(W + "listEntry")]
        selected = choices.find(W + "result")
        index = integer(selected.get(VAL)) if selected is not None else 0
        self.fields.separate()
        if index is not None and 0 <= index < len(entries):
            self._text(entries[index], look, line)

    def _text(self, text: str, look: TextStyle, line: ParagraphText) -> None:
        if not text or not self.fields.shown:
            return
        if look.unseen or (look.white and self.on_paper()):
            line.hidden.append(text)
            return
        line.shown.append(as_seen(text, look, line.shown))
        line.weights.add(text, look)


def _box(state: Element | None) -> str:
    """Return the sign of a check box: ticked where it states so."""
    if state is None:
        return UNTICKED
    said = state.get(VAL, state.get(W14 + "val", "1")).lower()
    return UNTICKED if said in {"0", "false", "off"} else TICKED


def _font(properties: Element | None) -> str:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return fonts.get(W + "ascii", "") if fonts is not None else ""
