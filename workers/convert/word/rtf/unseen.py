r"""What of an RTF no page shows: hidden styles and shapes, and letters in the colour of the paper.

A group of the style sheet says what text of that style looks like (RTF 1.9.1, "Style Sheet"); LibreOffice shows it
so even where the text does not repeat it. Whether white letters are seen is asked only of a document that lays no
colour, picture or drawing under its text.
"""

import re
from dataclasses import dataclass, field, replace

from workers.convert.word.rtf.state import State
from workers.convert.word.text_style import PALE, TextStyle

_COLOURS = re.compile(rb"\\colortbl\b([^{}]{0,20000})\}")
_CHANNEL = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_GROUND = re.compile(
    rb"\\(?:cb|highlight|chcbpat|cbpat|cfpat|chcfpat|clcbpat|clcfpat|shading|chshdng|clshdng|trcbpat)[1-9]|"
    rb"\\(?:pict|shp|do|object|background)\b"
)
_HIDDEN_WORD = re.compile(rb"\\v(?![a-z0])")
_HIDDEN_SHAPE = re.compile(rb"\\sn\s+fHidden\}[\s\S]{0,40}\\sv\s+1")


@dataclass(slots=True)
class Unseen:
    """By what text is told that no page shows.

    Attributes:
        colours: Numbers of the colours that are the paper's; none if something else lies under the text.
        styles: Numbers of hidden paragraph styles.
        character_styles: The same of characters.
    """

    colours: frozenset[int] = frozenset()
    styles: set[int] = field(default_factory=set)
    character_styles: set[int] = field(default_factory=set)

    def look(self, state: State) -> TextStyle:
        """Return what text looks like where ``state`` holds."""
        look = state.look()
        if look.hidden:
            return look
        hidden = state.colour in self.colours or (
            state.paragraph.style in self.styles or state.character_style in self.character_styles
        )
        return replace(look, hidden=True) if hidden else look


def read_unseen(data: bytes) -> Unseen:
    """Return the colours of a file in which nothing can be read."""
    table = _COLOURS.search(data)
    if table is None or _GROUND.search(data):
        return Unseen()
    colours = ({name: int(value) for name, value in _CHANNEL.findall(entry)} for entry in table[1].split(b";"))
    return Unseen(
        frozenset(number for number, said in enumerate(colours) if len(said) == 3 and min(said.values()) >= PALE)
    )


def is_hidden_style(definition: bytes) -> bool:
    r"""Return whether the definition of a style says ``\v``."""
    return _HIDDEN_WORD.search(definition) is not None


def is_hidden_shape(said: bytes) -> bool:
    """Return whether a property of a shape hides it."""
    return _HIDDEN_SHAPE.search(said) is not None
