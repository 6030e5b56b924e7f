r"""What Word's ``EQ`` field draws, as text: fractions, roots, raised and lowered parts, characters laid over others.

The switches are those of Microsoft's reference of the field: ``\f`` fraction, ``\r`` root, ``\s`` raised (``\up``) or
lowered (``\do``), ``\o`` overlay, ``\b`` brackets, ``\a`` array, ``\i`` integral, ``\l`` list, ``\x`` box, ``\d``
distance.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from workers.convert.text.notation import fraction, power, root

_SWITCH = re.compile(r"\\([a-zA-Z]{1,3})\s*")
_NUMBER = re.compile(r"-?\d{1,4}\s*")
_BRACKET = re.compile(r"\\?(\S)\s*")
_CIRCLES, _SHAPES = "○〇◯", "□△◇▢"
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_READING = re.compile(r"[\u0000-\u024f\u0300-\u036f\u1e00-\u1eff\u3100-\u312f\s]+")  # pinyin, bopomofo
_FORMAT = re.compile(r"""\\\*\s*(?:"[^"]*"|[^\s\\]+)\s*""")  # \\* jc2 \\* "Font:宋体" of phonetic guides
_MAX_DEPTH = 16
_ENDS = ",;，；)）"


@dataclass(frozen=True, slots=True)
class _Part:
    """Text, and where it is set: ``up``, ``do``, or empty on the line."""

    text: str
    place: str = ""


@dataclass(slots=True)
class _Cursor:
    text: str
    at: int = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what stands here, and go behind it; None if it is something else."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    @property
    def sign(self) -> str:
        """The character that stands here, empty at the end."""
        return self.text[self.at : self.at + 1]


def eq_text(instruction: str) -> str:
    """Return the text of an instruction that follows the word ``EQ``."""
    return _element(_Cursor(_FORMAT.sub("", instruction)), 0).text.strip()


def enclose(content: str) -> str:
    """Return what Word draws in a circle as one character where Unicode has it: ① to ㊿."""
    if content.isdecimal() and content.isascii():
        number = int(content)
        for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
            if first <= number <= last:
                return chr(ord(sign) + number - first)
    return content


def _element(cursor: _Cursor, depth: int) -> _Part:
    """Return everything up to the comma or bracket that ends an element."""
    text, places = "", []
    while cursor.sign and (depth == 0 or cursor.sign not in _ENDS):
        if switch := cursor.take(_SWITCH):
            part = _switch(cursor, switch[1].lower(), depth)
            text = power(text, part.text) if part.place == "up" and text.strip() else text + part.text
            places.append(part.place)
        else:
            cursor.at += cursor.sign == "\\" and cursor.at + 1 < len(cursor.text)
            text += cursor.sign
            cursor.at += 1
    return _Part(text.strip() if depth else text, places[0] if len(places) == 1 else "")


def _switch(cursor: _Cursor, name: str, depth: int) -> _Part:
    options, signs = [name], ""
    while True:
        if options[-1] in {"lc", "rc", "bc"} and (sign := cursor.take(_BRACKET)):
            signs += sign[1]
        cursor.take(_NUMBER)
        if not (option := cursor.take(_SWITCH)):
            break
        options.append(option[1].lower())
    parts = _parts(cursor, depth) if cursor.sign in {"(", "（"} and depth < _MAX_DEPTH else []
    draw = _DRAWN.get(name, _join)
    if name == "b":
        left = signs[:1] or "("
        return _Part(left + _join(parts) + (signs[1:] or _CLOSING.get(left, left)))
    place = next((option for option in options if option in {"up", "do"}), "") if name == "s" else ""
    return _Part(draw(parts), place)


def _parts(cursor: _Cursor, depth: int) -> list[_Part]:
    found = []
    while cursor.sign and cursor.sign not in ")）":
        cursor.at += 1
        found.append(_element(cursor, depth + 1))
    cursor.at += 1
    return found


def _join(parts: Sequence[_Part]) -> str:
    return "".join(part.text for part in parts)


def _spaced_pattern(parts: Sequence[_Part]) -> str:
    return " ".join(part.text for part in parts)


def _fraction(parts: Sequence[_Part]) -> str:
    return fraction(parts[0].text, _join(parts[1:])) if len(parts) > 1 else _join(parts)


def _root(parts: Sequence[_Part]) -> str:
    return root(parts[-1].text, _join(parts[:-1])) if parts else ""


def _integral(parts: Sequence[_Part]) -> str:
    return f"∫{_spaced_pattern(parts)}"


def _overlay(parts: Sequence[_Part]) -> str:
    """Return characters laid over each other; the shape around one and the reading above one are no text."""
    shown = [part for part in parts if part.text and part.text not in _CIRCLES + _SHAPES]
    if len(shown) < len(parts) and any(part.text and part.text in _CIRCLES for part in parts):
        return enclose(_join(shown))
    above = [part for part in shown if part.place == "up" and _READING.fullmatch(part.text)]
    on_line = [part for part in shown if part not in above]
    return _join(on_line or shown)


def _nothing(_: Sequence[_Part]) -> str:
    return ""


_DRAWN: Mapping[str, Callable[[Sequence[_Part]], str]] = MappingProxyType(
    {"f": _fraction, "r": _root, "o": _overlay, "i": _integral, "a": _spaced_pattern, "l": _join, "d": _nothing}
)
