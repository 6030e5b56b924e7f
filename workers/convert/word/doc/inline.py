"""The inside of a paragraph: visible and hidden text; deletions, field instructions and marks stay out."""

import re
from dataclasses import dataclass, field

from workers.convert.text.notation import TICKED, UNTICKED, without_seams
from workers.convert.word.doc.document import Document
from workers.convert.word.doc.forms import box_state
from workers.convert.word.doc.pieces import whole
from workers.convert.word.doc.sprms import RunShape
from workers.convert.word.doc.styles import apply_toggle
from workers.convert.word.fields import Fields
from workers.convert.word.symbols import has_glyphs, in_font, symbol
from workers.convert.word.text_style import TextStyle, Weights, as_seen

_CONTROL = re.compile("[\0-\x1f]")
# 2.4.1 and 2.8.25: line break, page break, column break, non-breaking hyphen; everything else shows nothing.
_SIGNS = {"\t": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds.

    Attributes:
        shown: Pieces of visible text.
        hidden: Pieces of hidden text.
        deleted: Pieces of text that tracked changes took out.
        weights: What the visible text looks like.
        spans: Stretches of the text that are not deleted, as start and end; notes and boxes hang on these.
    """

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    weights: Weights = field(default_factory=Weights)
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The visible text."""
        return without_seams(whole("".join(self.shown))).rstrip().lstrip("\n")


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one story in turn; a field may stay open from one paragraph to the next."""

    document: Document
    fields: Fields = field(default_factory=Fields)
    on_paper: bool = False
    deletions: int = 0

    def read(self, start: int, end: int, styled: TextStyle, line: ParagraphText) -> None:
        """Add the text from ``start`` to ``end`` to a line; ``styled`` is what its paragraph's style says of runs."""
        for first, last, run in self.document.characters.between(start, end):
            shape = self.document.run_of(run)
            if shape.deleted:
                self.deletions += 1
                line.deleted.append(_CONTROL.sub("", self.document.text[first:last]))
                continue
            line.spans.append((first, last))
            self._run(self.document.text[first:last], shape, styled, line)

    def _run(self, text: str, shape: RunShape, styled: TextStyle, line: ParagraphText) -> None:
        look = self._look(shape, styled)
        if shape.symbol is not None and shape.special:
            self._add(symbol(f"{shape.symbol:x}", self.document.font(shape.symbol_font)), look, line)
            return
        if shape.data and shape.special and shape.place is not None and "\x01" in text:
            self._box(shape.place, look, line)
            return
        if has_glyphs(text):
            text = in_font(text, self.document.font(shape.font))
        if _CONTROL.search(text) is None:
            self._add(text, look, line)
            return
        position = 0
        for control in _CONTROL.finditer(text):
            self._add(text[position : control.start()], look, line)
            self._control(control.group(), look, line)
            position = control.end()
        self._add(text[position:], look, line)

    def _box(self, place: int, look: TextStyle, line: ParagraphText) -> None:
        """Show the check box of a form field, whose state lies in the ``Data`` stream."""
        state = box_state(self.document.storage, place)
        if state is not None:
            shown = self.fields.unfinished
            self.fields.unfinished = 0  # the data stands inside the instruction; the box is what is shown of it
            self._add(TICKED if state else UNTICKED, look, line)
            self.fields.unfinished = shown

    def _look(self, shape: RunShape, styled: TextStyle) -> TextStyle:
        if shape.style is not None:
            named = self.document.styles.look(shape.style)
            styled = TextStyle(
                bold=bool(styled.bold) ^ bool(named.bold),
                hidden=bool(styled.hidden) ^ bool(named.hidden),
                size=named.size or styled.size,
                shift=named.shift if named.shift is not None else styled.shift,
                struck=bool(styled.struck) ^ bool(named.struck),
                white=named.white if named.white is not None else styled.white,
            )
        return TextStyle(
            bold=apply_toggle(shape.bold, styled.bold),
            hidden=apply_toggle(shape.hidden, styled.hidden),
            size=shape.size or styled.size,
            shift=_shift(shape, styled),
            struck=apply_toggle(shape.struck, styled.struck),
            white=shape.pale if shape.pale is not None else styled.white,
        )

    def _control(self, char: str, look: TextStyle, line: ParagraphText) -> None:
        if char == _BEGIN:
            self.fields.begin()
        elif char == _SEPARATE:
            self.fields.separate()
        elif char == _END:
            self._add(self.fields.end(), look, line)
        else:
            self._add(_SIGNS.get(char, ""), look, line)

    def _add(self, text: str, look: TextStyle, line: ParagraphText) -> None:
        if not text:
            return
        if not self.fields.shown:
            self.fields.instruct(text)
        elif look.unseen or (look.white and self.on_paper and self.document.on_paper):
            line.hidden.append(text)
        else:
            line.shown.append(as_seen(text, look, line.shown))
            line.weights.add(text, look)


def _shift(shape: RunShape, styled: TextStyle) -> int | None:
    """Return where a run stands: as it says, or small letters moved by hand, which are raised or lowered as well."""
    if shape.shift is not None:
        return shape.shift
    if shape.position and shape.size is not None:
        return 1 if shape.position > 0 else -1
    return styled.shift
