"""An RTF as it is read: groups opened and closed, control words obeyed, text sent where it belongs."""

from dataclasses import replace

from schemas.blocks import Block, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.word.fields import Automatic
from workers.convert.word.rtf.charsets import SYMBOL_CHARSET, codec_of_font, decode
from workers.convert.word.rtf.destinations import DESTINATIONS, READ_STARRED, SILENT, STORIES
from workers.convert.word.rtf.equations import MAX_LENGTH, equation_of
from workers.convert.word.rtf.instructions import shown_by
from workers.convert.word.rtf.state import PLAIN_PARAGRAPH, State
from workers.convert.word.rtf.story import Story
from workers.convert.word.rtf.structure import STRUCTURE_WORDS
from workers.convert.word.rtf.tokens import Token, Tokens
from workers.convert.word.rtf.unseen import Unseen, is_hidden_shape, is_hidden_style
from workers.convert.word.rtf.words import STATE_WORDS
from workers.convert.word.symbols import has_glyphs, in_font
from workers.convert.word.text_style import TextStyle, outline_of_style

_MAX_DEPTH = 1000
_MAX_FONTS = 10_000

_CHARACTERS = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’"},
    **{"ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "cellsep": "\t"},
}
_SYMBOLS = {"~": "\xa0", "_": "-", "\n": "\n", "\r": "\n"}
_DATE = {"yr": "{:04d}", "mo": "-{:02d}", "dy": "-{:02d}", "hr": "T{:02d}", "min": ":{:02d}"}


class Document:
    """Reads tokens into stories.

    Attributes:
        tokens: What is read.
        unseen: Colours and styles of text that no page shows.
        state: What holds here.
        stories: The stories open here, the body first.
        margins: Blocks of headers and footers, each distinct text once.
        info: Pieces of the document's properties.
        codec: Encoding of the document where fonts say nothing else.
        unfinished: Whether the file ended inside a group.
        lost: How many characters could not be decoded.
        hidden: How many runs no page shows.
    """

    def __init__(self, tokens: Tokens, unseen: Unseen) -> None:
        self.tokens = tokens
        self.unseen = unseen
        self.state = State()
        self.styles: dict[int, TextStyle] = {}
        self.stories = [Story("body", self.styles)]
        self.margins: dict[str, list[Block]] = {"header": [], "footer": []}
        self.info: dict[str, list[str]] = {}
        self.fonts: dict[int, tuple[int | None, str]] = {}
        self.page: int | None = None
        self.codec = "cp1252"
        self.default_font: int | None = None
        self.unfinished = False
        self.lost = self.deletions = self.comments = self.objects = self.hidden = 0
        self._groups: list[tuple[State, Story | None]] = []
        self._bytes = bytearray()
        self._units: list[int] = []
        self._skip = 0
        self._starred = self._hidden_shape = False
        self._style = TextStyle()
        self._style_number = 0
        self._automatic = Automatic()

    def read(self) -> None:
        """Read to the end of the outermost group, or of the file.

        Raises:
            DocumentError: Groups are nested without end.
        """
        for token in self.tokens:
            kind = token.kind
            if kind in {"text", "bytes"}:
                self._text(token.data)
            elif kind == "word":
                self._word(token)
            elif kind == "open":
                self._open()
            elif kind == "close":
                self._close()
                if not self._groups:
                    return
            else:
                self._symbol(token.name)
        self._flush()
        self.unfinished = True
        while len(self._groups) > 1:
            self._close()

    def style_begins(self, number: int) -> None:
        """Begin the definition of a paragraph style."""
        self._style_number, self._style = number, TextStyle()

    def style_outline(self, level: int | None) -> None:
        """Give the style being defined an outline level."""
        self._style = replace(self._style, outline=level)

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) >= _MAX_DEPTH:
            raise DocumentError(Category.BOMB, Sentence.of("rtf-nested", depth=_MAX_DEPTH))
        self._groups.append((self.state, None))
        self.state = self.state.inner()

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if not self._groups:
            return
        state, story = self.state, self.stories[-1]
        if state.destination == "styles" and self._style.name:
            outline = self._style.outline if self._style.outline is not None else outline_of_style(self._style.name)
            self.styles[self._style_number] = replace(self._style, outline=outline)
            if state.hidden:
                self.unseen.styles.add(self._style_number)
            self._style = TextStyle()
        self.state, begun = self._groups.pop()
        if begun is story:
            self._end_story(self.stories.pop(), state)

    def _end_story(self, story: Story, state: State) -> None:
        blocks = story.end(state.paragraph)
        if story.role in self.margins:
            kept = self.margins[story.role]
            met = {block.text for block in kept}
            kept.extend(block for block in blocks if block.text not in met)
        else:
            self.stories[-1].hanging.extend(blocks)

    def _text(self, data: bytes) -> None:
        if self._skip:  # each is one of the characters that stand in
            data, self._skip = data[self._skip :], max(self._skip - len(data), 0)
        if data:
            self._settle_units(last=True)
            self._bytes += data

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\\{}":
            self._text(symbol.encode())
        elif self._skip:
            self._skip -= 1
        elif symbol in _SYMBOLS:
            if symbol in "\r\n":
                self._obey("par", None)
            else:
                self._flush()
                self._put(_SYMBOLS[symbol])

    def _word(self, token: Token) -> None:
        name, number = token.name, token.number
        if name == "u":
            self._settle_bytes()
            self._units.append((number or 0) & 0xFFFF)
            self._skip = self.state.fallback
            return
        if self._skip:
            self._skip -= 1
            if name not in STRUCTURE_WORDS and name not in STATE_WORDS:
                return
            self._skip = 0  # a writer that counts its stand-ins wrongly
        starred, self._starred = self._starred, False
        if starred or name == "upr" or name in SILENT or name in STORIES or name in DESTINATIONS:
            self._flush()
            self._destination(name, number, starred=starred)
        else:
            self._obey(name, number)

    def _destination(self, name: str, number: int | None, *, starred: bool) -> None:
        self.comments += name == "annotation"
        self.objects += name == "object"
        if name in {"upr", "ud"}:
            self._unicode_twin(name)
        elif name in STORIES:
            self._begin_story(STORIES[name])
        elif name in DESTINATIONS:
            self.state.destination = DESTINATIONS[name]
        elif name == "fldinst" and self.state.destination == "text":
            if shown := shown_by(self.tokens.take_rest(), self.codec, self._automatic):
                self._put(shown)
        elif name == "moMath" and self.state.destination == "text":
            self._put(equation_of(self.tokens.take_rest()[:MAX_LENGTH], self.codec))
        elif name == "cs":
            if is_hidden_style(self.tokens.take_rest()):
                self.unseen.character_styles.add(number or 0)
        elif name == "sp":
            self._hidden_shape |= is_hidden_shape(self.tokens.take_rest())
        elif name in SILENT or (starred and name not in READ_STARRED):
            self.tokens.pass_over()
        elif name == "nesttableprops":
            self.stories[-1].begin_nested_row()

    def _unicode_twin(self, name: str) -> None:
        r"""Take of ``\upr``, which says everything twice, only what ``\ud`` inside it says."""
        state = self.state
        if state.destination == "info":
            self.info[state.field] = []
        elif state.destination in {"text", "upr"}:
            state.destination = "upr" if name == "upr" else "text"

    def _begin_story(self, role: Role) -> None:
        inside = self.stories[-1].role
        if inside in self.margins and role == "textbox":
            role = inside
        if self._hidden_shape and role == "textbox":
            role, self._hidden_shape = "hidden", False
            self.hidden += 1
        story = Story(role, self.styles)
        self.stories.append(story)
        if self._groups:
            self._groups[-1] = (self._groups[-1][0], story)
        self.state.destination, self.state.paragraph = "text", PLAIN_PARAGRAPH

    def _obey(self, name: str, number: int | None) -> None:
        if self.state.destination == "info":
            self._info(name, number)
        elif name in _CHARACTERS:
            self._flush()
            self._put(_CHARACTERS[name])
        elif name in STATE_WORDS:
            self._flush()
            STATE_WORDS[name](self.state, number)
        elif name in STRUCTURE_WORDS:
            self._flush(last=name in {"par", "cell", "row", "sect"})
            STRUCTURE_WORDS[name](self, number)

    def _info(self, name: str, number: int | None) -> None:
        if name in _DATE:
            if 0 <= (number or 0) < 10_000:
                self.info.setdefault(self.state.field, []).append(_DATE[name].format(number or 0))
        else:
            self._flush()
            self.state.field = name

    def _settle_units(self, *, last: bool = False) -> None:
        """Send on the code units at hand; of a pair, writers set words or groups between the halves."""
        open_ = self._units[-1:] if self._units and 0xD800 <= self._units[-1] < 0xDC00 and not last else []
        units = self._units[: len(self._units) - len(open_)]
        self._units = open_
        if units:
            self._put(b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace"))

    def _settle_bytes(self) -> None:
        if self._bytes:
            charset, _ = self.fonts.get(-1 if self.state.font is None else self.state.font, (None, ""))
            named = charset == SYMBOL_CHARSET and self.state.destination == "fonts"
            codec = self.codec if named or self.state.destination == "info" else codec_of_font(charset, self.page)
            text = decode(bytes(self._bytes), codec)
            self._bytes.clear()
            self._put(text)

    def _flush(self, *, last: bool = False) -> None:
        self._settle_bytes()
        self._settle_units(last=last)

    def _put(self, text: str) -> None:
        state = self.state
        if state.destination == "text":
            self._put_text(text)
        elif state.destination == "label":
            self.stories[-1].label.append(text)
        elif state.destination == "info":
            self.info.setdefault(state.field, []).append(text)
        elif state.destination == "fonts" and state.font is not None and len(self.fonts) < _MAX_FONTS:
            charset, name = self.fonts.get(state.font, (None, ""))
            self.fonts[state.font] = (charset, (name + text)[:80].rstrip(";"))
        elif state.destination == "styles":
            self._style = replace(self._style, name=((self._style.name or "") + text)[:80].strip(" ;"))

    def _put_text(self, text: str) -> None:
        if self.state.deleted:
            self.stories[-1].hidden.append(text)
            return
        if has_glyphs(text):
            _, font = self.fonts.get(-1 if self.state.font is None else self.state.font, (None, ""))
            text = in_font(text, font)
        self.lost += text.count("\ufffd")
        look = self.unseen.look(self.state)
        self.hidden += look.unseen and not text.isspace()
        self.stories[-1].add(text, look)
