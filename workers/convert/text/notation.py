"""What only type or a drawing shows, in plain characters: raised digits, struck words, ticked boxes, fractions.

One notation for every format, so that 10⁵ is never 105 and 1/2 never 12, whichever program wrote the file.
"""

import re
from collections.abc import Mapping

TICKED = "☑"
UNTICKED = "□"

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ") | {0xFF10 + n: "⁰¹²³⁴⁵⁶⁷⁸⁹"[n] for n in range(10)}
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎") | {0xFF10 + n: "₀₁₂₃₄₅₆₇₈₉"[n] for n in range(10)}
_CAN_SHIFT = re.compile("[0-9０-９]|^[ni]$")
_STRIKE = "~~"
_SIMPLE = re.compile(r"[\w.%°′″]+")


def raise_text(text: str, before: str = "") -> str:
    """Return text set as superscript behind ``before``: ``10⁵``, and ``10^2.5`` where Unicode has not all of it.

    The characters are those of Unicode's block Superscripts and Subscripts, which NFKC folds, so that a search for
    ``m2`` finds ``m²``. Letters alone (1st, TM) are not touched.
    """
    return _shift(text, before, _RAISED, "^")


def lower_text(text: str, before: str = "") -> str:
    """Return text set as subscript behind ``before``: ``H₂O``, ``PM2.5``; ``_`` parts it from digits before it."""
    return _shift(text, before, _LOWERED, "_")


def _shift(text: str, before: str, forms: Mapping[int, int | str], mark: str) -> str:
    if _CAN_SHIFT.search(text) is None:
        return text
    if all(ord(character) in forms or character.isspace() for character in text):
        return text.translate(forms)
    return mark + text if text[:1].isdigit() and before[-1:].isdigit() else text


def struck(text: str) -> str:
    """Return struck text between the marks GitHub-flavoured Markdown has for it (``~~废止~~``).

    White space around it stays outside (GitHub Flavored Markdown, 6.5); blank text is returned as it is.
    """
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{_STRIKE}{inner}{_STRIKE}{text[start + len(inner) :]}"


def without_seams(text: str) -> str:
    """Return text in which struck pieces that follow each other are one."""
    return text.replace(_STRIKE * 2, "") if _STRIKE in text else text


def fraction(numerator: str, denominator: str) -> str:
    """Return a fraction on one line, ``1/2``; a part that is a sum or product of its own goes in brackets."""
    return f"{_group(numerator)}/{_group(denominator)}"


def power(base: str, exponent: str) -> str:
    """Return a power: ``10⁴``, or ``x^(n+m)`` where Unicode has no superscript for the exponent."""
    plain = exponent.strip()
    if plain and all(ord(sign) in _RAISED for sign in plain):
        return base + plain.translate(_RAISED)
    return f"{base}^{_group(plain)}" if plain else base


def append_index(base: str, index: str) -> str:
    """Return a base with its index: ``CO₂``; what Unicode has no subscript for is read on (``xmax``, ``PM2.5``)."""
    return base + lower_text(index, base)


def root(radicand: str, degree: str = "") -> str:
    """Return a root: ``√(a+b)``, ``³√8``."""
    return f"{raise_text(degree)}√{_group(radicand)}"


def _group(text: str) -> str:
    whole = _SIMPLE.fullmatch(text) or (text.startswith("(") and text.endswith(")") and text.count("(") == 1)
    return text if whole or not text else f"({text})"
