"""Fields: what stands between the marks of a field, and which of it a reader sees.

A field is instruction and result; only the result is shown. Fields nest, and run across paragraphs.
"""

import re
from dataclasses import dataclass, field

from workers.convert.text.numerals import format_number
from workers.convert.word.eq_field import eq_text
from workers.convert.word.symbols import symbol

_MAX_INSTRUCTION_LENGTH = 2000
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-fA-F]{1,5}|\d{1,6})", re.IGNORECASE)
_FONT = re.compile(r"""\\f\s+"?([^"\\]+)""", re.IGNORECASE)
_MAX_CODE_SIZE = 0xFFFF
_LEVELS = 9


@dataclass(slots=True)
class Automatic:
    """Numbers that fields of their own count: ``AUTONUM``, ``AUTONUMLGL``, ``AUTONUMOUT`` and ``LISTNUM``.

    Word 97 and later still show them; the file stores no result.
    """

    counts: dict[str, list[int]] = field(default_factory=dict)

    def number(self, instruction: str) -> str:
        """Return the number that a field shows, empty if it is none of these."""
        words = instruction[:_MAX_INSTRUCTION_LENGTH].split()
        name = words[0].upper() if words else ""
        if name in {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}:
            sign = "" if "\\e" in words else _option(words, "\\s") or "."
            return f"{self._next(name, 1)[-1]}{sign}"
        if name != "LISTNUM":
            return ""
        named = words[1].strip('"').lower() if len(words) > 1 and not words[1].startswith("\\") else ""
        level, start = _whole(_option(words, "\\l"), 1), _whole(_option(words, "\\s"), 0)
        counts = self._next(f"LISTNUM {named}", min(max(level, 1), _LEVELS), start)
        return _list_all(named, counts)

    def _next(self, list_: str, level: int, start: int = 0) -> list[int]:
        counts = self.counts.setdefault(list_, [])
        del counts[level:]
        counts += [1] * (level - 1 - len(counts))
        if len(counts) < level:
            counts.append(0)
        counts[-1] = start or counts[-1] + 1
        return counts


@dataclass(slots=True)
class Fields:
    """The fields open at a place of the text.

    Attributes:
        results: One entry per open field, outermost first: whether its result has begun.
        instructions: What the instruction of each open field says so far.
        unfinished: How many open fields have not come to their result.
        automatic: Counts the numbers that fields show.
    """

    results: list[bool] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    unfinished: int = 0
    automatic: Automatic = field(default_factory=Automatic)

    @property
    def shown(self) -> bool:
        """Whether text at this place is seen."""
        return self.unfinished == 0

    def begin(self) -> None:
        """Open a field."""
        self.results.append(False)
        self.unfinished += 1
        self.instructions.append("")

    def instruct(self, text: str) -> None:
        """Take in a piece of the innermost field's instruction."""
        if self.instructions and len(self.instructions[-1]) < _MAX_INSTRUCTION_LENGTH:
            self.instructions[-1] += text

    def separate(self) -> None:
        """Begin the result of the innermost field."""
        if self.results and not self.results[-1]:
            self.results[-1] = True
            self.unfinished -= 1

    def end(self) -> str:
        """Close the innermost field; return what it shows in place of a stored result, mostly nothing."""
        if not self.results:
            return ""
        had_result, instruction = self.results.pop(), self.instructions.pop()
        self.unfinished -= not had_result
        return "" if had_result or not self.shown else self.drawn_alone(instruction)

    def drawn_alone(self, instruction: str) -> str:
        """Return what a field shows that stores no result."""
        return drawn_text(instruction) or self.automatic.number(instruction)


def drawn_text(instruction: str) -> str:
    r"""Return the text that a field draws which stores no result: ``EQ`` (① beyond 20 is ``\o\ac(○,21)``), ``SYMBOL``.

    The reading of a phonetic guide (pinyin) is left out: it is a gloss on the text, not part of it.
    """
    text = instruction[:_MAX_INSTRUCTION_LENGTH].strip()
    name, _, rest = text.partition(" ")
    if name.upper() == "EQ" or text.upper().startswith("EQ\\"):
        return eq_text(text[2:])
    found = _SYMBOL.match(text)
    if found is None:
        return ""
    code = int(found[1], 0)
    font = _FONT.search(rest)
    return symbol(f"{code:X}", font[1] if font else "") if font or code > _MAX_CODE_SIZE else chr(code)


def _list_all(name: str, counts: list[int]) -> str:
    """Return a number of one of Word's three lists: 1) a) i), 1. 1.1., or I. A. 1."""
    level = len(counts) - 1
    if name == "legaldefault":
        return ".".join(map(str, counts)) + "."
    formats, before, after = _LISTS.get(name, _LISTS[""])
    text = format_number(counts[-1], formats[level % len(formats)])
    return f"{before[level % len(before)]}{text}{after[level % len(after)]}"


def _option(words: list[str], switch: str) -> str:
    return words[words.index(switch) + 1] if switch in words[:-1] else ""


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else default


_LISTS = {
    "": (
        ("decimal", "lowerLetter", "lowerRoman"),
        ("", "", "", "(", "(", "("),
        (")", ")", ")", ")", ")", ")", ".", ".", "."),
    ),
    "outlinedefault": (
        ("upperRoman", "upperLetter", "decimal", "lowerLetter", "decimal", "lowerLetter", "lowerRoman"),
        ("", "", "", "", "(", "(", "("),
        (".", ".", ".", ")", ")", ")", ")"),
    ),
}
