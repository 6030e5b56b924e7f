"""Plain text: one block per line.

What belongs together as a paragraph, and what is furniture, is decided in normalisation; this module decodes, splits
lines and counts the pages that form feeds mark.
"""

import re
from collections.abc import Iterator

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.source import Source
from workers.convert.text.encoding import decode

_ESCAPE = "\x1b"
# ECMA-48, 5.4: what sets colours on a terminal is in logs of programs, and no text.
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def read(source: Source) -> Converted:
    """Return the lines of a text file in whatever encoding it is.

    Raises:
        DocumentError: There is nothing but white space in it.
    """
    decoded = decode(source.path.read_bytes())
    pages = decoded.text.split("\f")
    if not any(page.strip() for page in pages):
        raise DocumentError(Category.EMPTY, Sentence.of("text-blank"))
    numbered = len(pages) > 1
    blocks = [
        Block(text=line, page=number if numbered else None)
        for number, page in enumerate(pages, 1)
        for line in lines_of(page)
    ]
    return Converted(
        format=source.format,
        blocks=tuple(blocks),
        encoding=decoded.encoding,
        pages=len(pages) if numbered else None,
        problems=decoded.problems,
    )


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines that are not blank, without white space at either end (full-width spaces included)."""
    for line in _with_unix_ends(text).split("\n"):
        if stripped := line.strip():
            yield stripped


def _with_unix_ends(text: str) -> str:
    # str.splitlines would also break at U+001C to U+001E, which stand inside lines of damaged exports.
    text = text.replace("\r\n", "\n")
    if _ESCAPE in text:
        text = _TERMINAL.sub("", text)
    for end in ("\r", "\u2028", "\u2029", "\x85", "\x0b"):
        text = text.replace(end, "\n")
    return text
