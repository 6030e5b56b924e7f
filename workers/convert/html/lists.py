"""The numbers a browser shows before the items of a list: ``start``, ``reversed``, ``value``, ``type`` and CSS styles.

HTML 4.4.5 and 4.4.8 (ordinal values), CSS Counter Styles Level 3 sections 6 and 7 (how each style writes a number, and
what follows it: 「、」 for the Chinese ones, a full stop for the others).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from workers.convert.html.style import declarations
from workers.convert.text.numerals import format_number

_WHOLE = re.compile(r"\s*([+-]?\d{1,6})(?!\d)")
_BY_TYPE = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset({"disc", "circle", "square", "none", "disclosure-open", "disclosure-closed"})


def _word(format_: str) -> Callable[[int], str]:
    return lambda number: format_number(number, format_) if number > 0 else str(number)


def _alphabet(first: str, last: str) -> Callable[[int], str]:
    """Return the alphabetic system of CSS: … z, aa, ab."""
    size = ord(last) - ord(first) + 1

    def render(number: int) -> str:
        text, rest = "", number
        while rest > 0:
            rest, letter = divmod(rest - 1, size)
            text = chr(ord(first) + letter) + text
        return text or str(number)

    return render


def _greek(number: int) -> str:
    letters = "αβγδεζηθικλμνξοπρστυφχψω"
    return letters[number - 1] if 1 <= number <= len(letters) else str(number)


_STYLES: Mapping[str, tuple[Callable[[int], str], str]] = MappingProxyType(
    {
        "decimal": (str, ". "),
        "decimal-leading-zero": (lambda number: f"{number:02d}", ". "),
        **dict.fromkeys(("lower-alpha", "lower-latin"), (_alphabet("a", "z"), ". ")),
        **dict.fromkeys(("upper-alpha", "upper-latin"), (_alphabet("A", "Z"), ". ")),
        "lower-greek": (_greek, ". "),
        "lower-roman": (_word("lowerRoman"), ". "),
        "upper-roman": (_word("upperRoman"), ". "),
        "cjk-decimal": (_word("ideographDigital"), "、"),
        "cjk-heavenly-stem": (_word("ideographTraditional"), "、"),
        "cjk-earthly-branch": (_word("ideographZodiac"), "、"),
        "simp-chinese-informal": (_word("chineseCountingThousand"), "、"),
        "simp-chinese-formal": (_word("chineseLegalSimplified"), "、"),
        **dict.fromkeys(("trad-chinese-informal", "cjk-ideographic"), (_word("taiwaneseCountingThousand"), "、")),
        "trad-chinese-formal": (_word("ideographLegalTraditional"), "、"),
        "japanese-informal": (_word("japaneseCounting"), "、"),
    }
)


@dataclass(slots=True)
class ListCounter:
    """Where one list stands: its style, the number of its last item, and by how much an item counts."""

    style: str
    value: int
    step: int

    @classmethod
    def of(cls, element: etree._Element) -> "ListCounter":
        """Return the counter before the first item of ``ol``, ``ul``, ``menu`` or ``dir``."""
        ordered = element.tag == "ol"
        style = _stated(element) or ("decimal" if ordered else "disc")
        step = -1 if ordered and element.get("reversed") is not None else 1
        start = _whole(element.get("start")) if ordered else None
        if start is None:
            start = sum(child.tag == "li" for child in element) if step < 0 else 1
        return cls(style, start - step, step)

    def next(self, item: etree._Element) -> str | None:
        """Count an item and return its number with what follows it; None for a bullet."""
        stated = item.attrib
        value = _whole(item.get("value")) if stated else None
        self.value = self.value + self.step if value is None else value
        return number_label(self.value, (_stated(item) if stated else None) or self.style)


@lru_cache(maxsize=1024)
def number_label(value: int, style: str) -> str | None:
    """Return a number in a CSS counter style with the style's suffix; None if the style shows no number."""
    if style in _BULLETS or style.startswith(("'", '"')):
        return None
    render, suffix = _STYLES.get(style, _STYLES["decimal"])
    return render(value) + suffix


def in_style(value: int, style: str) -> str:
    """Return a number in a CSS counter style without its suffix; an unknown style is decimal."""
    return "" if style in _BULLETS else _STYLES.get(style, _STYLES["decimal"])[0](value)


def _stated(element: etree._Element) -> str | None:
    """Return the counter style an element states, its inline style before its attribute."""
    said = declarations((element.get("style") or "").lower()) if element.get("style") else {}
    own = said.get("list-style-type") or next(
        (word for word in said.get("list-style", "").split() if word in _STYLES or word in _BULLETS), None
    )
    given = (element.get("type") or "").strip()
    return own or _BY_TYPE.get(given) or (given.lower() if given.lower() in _BULLETS else None)


def _whole(value: str | None) -> int | None:
    found = _WHOLE.match(value or "")
    return int(found[1]) if found else None
