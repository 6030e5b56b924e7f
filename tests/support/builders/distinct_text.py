"""Texts of characters each of which stands once in a document, so that a set of characters tells what was read.

The characters are letters of scripts that the fonts of every renderer have, so that it draws them as themselves.
"""

import random
from collections.abc import Iterable

from schemas.blocks import Block, Converted

_LETTERS = [
    *(*range(0x391, 0x3A2), *range(0x3A3, 0x3AA), *range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA)),
    *(*range(0x410, 0x450), *range(0x48A, 0x4C0), *range(0x4D0, 0x500)),
    *(*range(0x531, 0x557), *range(0x561, 0x587), *range(0x10D0, 0x10F1)),
]
_OWN = frozenset(map(chr, _LETTERS))


class DistinctText:
    """Gives out texts, and notes which of them a reader of the document sees and which nobody sees."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seen: set[str] = set()
        self.unseen: set[str] = set()
        self._left = iter(self.random.sample(_LETTERS, len(_LETTERS)))

    def show(self, count: int = 2) -> str:
        """Return a text that will be seen."""
        return self._take(count, self.seen)

    def hide(self, count: int = 2) -> str:
        """Return a text that nobody will see."""
        return self._take(count, self.unseen)

    def _take(self, count: int, among: set[str]) -> str:
        text = "".join(chr(next(self._left)) for _ in range(count))
        among.update(text)
        return text


def letters(text: str) -> set[str]:
    """Return the characters of a text that can be of a ``DistinctText``."""
    return _OWN & set(text)


def read_as_seen(converted: Converted) -> set[str]:
    """Return the characters that were read as seen."""
    return _letters_of(block for block in converted.blocks if block.role != "hidden")


def read_as_hidden(converted: Converted) -> set[str]:
    """Return the characters that were read as hidden."""
    return _letters_of(block for block in converted.blocks if block.role == "hidden")


def _letters_of(blocks: Iterable[Block]) -> set[str]:
    return letters("".join(block.text for block in blocks))
