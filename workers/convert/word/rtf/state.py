"""What holds at a place of an RTF: the group's destination, and the properties of text and paragraph there."""

from dataclasses import dataclass
from functools import lru_cache

from workers.convert.word.text_style import Align, TextStyle


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Properties of a paragraph; None if nothing is said.

    Attributes:
        style: Number of its style.
        align: Horizontal alignment.
        first_line: First-line indent in twentieths of a point.
        first_line_chars: The same in hundredths of a character.
        outline: 0-based outline level, 9 for body text.
        table: How many tables it stands in.
    """

    style: int | None = None
    align: Align | None = None
    first_line: int | None = None
    first_line_chars: int | None = None
    outline: int | None = None
    table: int = 0


PLAIN_PARAGRAPH = Paragraph()


@dataclass(slots=True)
class State:
    """What holds inside a group.

    Attributes:
        destination: What its text is for: ``text``, ``label``, ``fonts``, ``styles`` or ``info``.
        field: Which property of the document, font or style it is.
        font: Number of the font.
        size: Font size in half-points.
        bold: Bold.
        wide_size: The same for Asian text, where it is set apart.
        wide_bold: The same.
        script: ``dbch`` while Asian text is set, ``rtlch`` while right-to-left text is spoken of.
        hidden: Hidden text.
        shift: As in ``TextStyle``.
        colour: Number of the colour.
        character_style: Number of the character style.
        struck: Struck through.
        deleted: Tracked deletion.
        fallback: How many characters stand in for one given by its code point.
        paragraph: Properties of the paragraph.
    """

    destination: str = "text"
    field: str = ""
    font: int | None = None
    size: int = 24
    bold: bool = False
    wide_size: int | None = None
    wide_bold: bool | None = None
    script: str = ""
    hidden: bool = False
    shift: int = 0
    colour: int = 0
    character_style: int | None = None
    struck: bool = False
    deleted: bool = False
    fallback: int = 1
    paragraph: Paragraph = PLAIN_PARAGRAPH

    def inner(self) -> "State":
        """Return what holds at the start of a group inside this one."""
        return State(
            self.destination,
            self.field,
            self.font,
            self.size,
            self.bold,
            self.wide_size,
            self.wide_bold,
            self.script,
            self.hidden,
            self.shift,
            self.colour,
            self.character_style,
            self.struck,
            self.deleted,
            self.fallback,
            self.paragraph,
        )

    def reset_text(self, font: int | None) -> None:
        """Make the text plain."""
        self.font, self.size, self.bold, self.hidden, self.script = font, 24, False, False, ""
        self.wide_size = self.wide_bold = None
        self.struck, self.shift, self.colour, self.character_style = False, 0, 0, None

    def look(self) -> TextStyle:
        """Return what text here looks like."""
        wide = self.script == "dbch"
        size = self.wide_size if wide and self.wide_size else self.size
        bold = self.wide_bold if wide and self.wide_bold is not None else self.bold
        return _look(bold, size, self.hidden, self.shift, self.struck)


@lru_cache(maxsize=4096)
def _look(bold: bool, size: int, hidden: bool, shift: int, struck: bool) -> TextStyle:
    return TextStyle(bold=bold, size=size, hidden=hidden, shift=shift, struck=struck)
