"""What formats of the Word family say about paragraphs and runs, and how that becomes ``schemas.blocks.Style``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from schemas.blocks import Style
from workers.convert.text.notation import lower_text, raise_text, struck

Align = Literal["left", "center", "right", "justify"]

DEFAULT_HALF_POINTS = 20
_MAX_NAME_LENGTH = 255
_NO_SIZE = 2  # half-points; a point is the least a word processor sets, and no letter of it can be told
PALE = 0xF0
"""Of 255, from which the parts of a colour are those of paper."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Properties of a run or paragraph; None if nothing is said.

    Attributes:
        name: Name of the paragraph style.
        outline: 0-based outline level; 9 is body text.
        align: Horizontal alignment.
        first_line: First-line indent in twentieths of a point, negative for a hanging one.
        first_line_chars: The same in hundredths of a character; wins over ``first_line``.
        list_id: Identifier of a list instance, as the format has it.
        list_level: 0-based.
        list_style: The style that brought ``list_id``; levels of the list may be tied to it.
        bold: Bold.
        size: Font size in half-points.
        hidden: Hidden text.
        shift: 1 for superscript, -1 for subscript, 0 for neither.
        struck: Struck through.
        white: In the colour of paper.
    """

    name: str | None = None
    outline: int | None = None
    align: Align | None = None
    first_line: int | None = None
    first_line_chars: int | None = None
    list_id: str | int | None = None
    list_level: int | None = None
    list_style: str | int | None = None
    bold: bool | None = None
    size: int | None = None
    hidden: bool | None = None
    shift: int | None = None
    struck: bool | None = None
    white: bool | None = None

    @property
    def unseen(self) -> bool:
        """Whether nobody sees the text on any ground: hidden, or of letters of no size."""
        return bool(self.hidden) or (self.size is not None and self.size <= _NO_SIZE)


def overlay(under: TextStyle, over: TextStyle) -> TextStyle:
    """Return ``under`` with everything ``over`` says."""
    if over is NOTHING or under is over:
        return under
    return over if under is NOTHING else _overlay(under, over)


@lru_cache(maxsize=4096)
def _overlay(under: TextStyle, over: TextStyle) -> TextStyle:
    said = {name: found for name in TextStyle.__slots__ if (found := getattr(over, name)) is not None}
    if "first_line" in said and "first_line_chars" not in said:
        said["first_line_chars"] = None
    if "list_level" in said and "list_style" not in said:
        said["list_style"] = None  # a level stated here wins over the level tied to the style the list comes from
    return replace(under, **said) if said else under


NOTHING = TextStyle()


def is_pale(colour: str) -> bool:
    """Return whether a colour in hexadecimal digits (``FFFFFF``, ``#ffffff``) is that of paper."""
    found = _COLOUR.fullmatch(colour)
    return found is not None and all(int(part, 16) >= PALE for part in found.groups())


def outline_of_style(name: str) -> int | None:
    """Return the 0-based outline level of a built-in heading style by its name, or None."""
    found = _HEADING.fullmatch(name.strip())
    return int(found[1]) - 1 if found else None


def as_seen(text: str, look: TextStyle, before: Sequence[str] = ()) -> str:
    """Return the text of a run in the notation of what its look alone shows: raised digits, struck words.

    Args:
        text: The run.
        look: How it looks.
        before: The runs before it, of which the last may end in a digit.
    """
    if look.shift:
        text = (raise_text if look.shift > 0 else lower_text)(text, before[-1] if before else "")
    return struck(text) if look.struck else text


@dataclass(slots=True)
class Weights:
    """How much of a paragraph's visible text is bold, and of which size.

    Attributes:
        bold: Number of characters that are bold.
        plain: Number of characters that are not.
        sizes: Number of characters by font size in half-points.
    """

    bold: int = 0
    plain: int = 0
    sizes: dict[int | None, int] = field(default_factory=dict)

    def add(self, text: str, look: TextStyle) -> None:
        """Count a piece of visible text; white space weighs nothing."""
        weight = 0 if text.isspace() else len(text)
        self.sizes[look.size] = self.sizes.get(look.size, 0) + weight
        if look.bold:
            self.bold += weight
        else:
            self.plain += weight


def style_of(look: TextStyle, weights: Weights) -> Style:
    """Return the typographic evidence of a paragraph.

    Args:
        look: Its properties, style and defaults taken in.
        weights: What its runs look like.
    """
    sizes = weights.sizes
    if len(sizes) == 1:
        (size,) = sizes
    else:
        size = max(sizes.items(), key=lambda item: item[1])[0] if sizes else look.size
    points = (size or DEFAULT_HALF_POINTS) / 2
    if look.first_line_chars:
        indent: float | None = look.first_line_chars / 100 * points
    else:
        indent = look.first_line / 20 if look.first_line is not None else None
    return Style(
        heading_level=look.outline + 1 if look.outline is not None and 0 <= look.outline < 9 else None,
        bold=weights.plain == 0 if weights.bold or weights.plain else look.bold,
        size=points,
        align=look.align,
        indent=indent,
        name=look.name[:_MAX_NAME_LENGTH] if look.name else look.name,
    )
