"""What only type or a drawing shows, in plain characters: raised digits, struck words, ticked boxes, fractions.

One notation for every format, so that 10⁵ is never 105 and 1/2 never 12, whichever program wrote the file.
"""

import re

TICKED = "☑"
UNTICKED = "□"

_RAISED = {ord(plain): raised for plain, raised in zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)}
_RAISED |= {0xFF10 + digit: "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit] for digit in range(10)}
_CAN_RISE = re.compile("[0-9０-９n]")
_STRIKE = "~~"
_SIMPLE = re.compile(r"[\w.%°′″]+")


def raise_text(text: str) -> str:
    """Return text set as superscript: digits and their signs as the superscripts of Unicode, one for one.

    What Unicode has no superscript for stays as it is; letters alone (1st, TM) are not touched.
    """
    return text.translate(_RAISED) if _CAN_RISE.search(text) else text


def struck(text: str) -> str:
    """Return struck text between the marks GitHub-flavoured Markdown has for it (``~~废止~~``)."""
    return f"{_STRIKE}{text}{_STRIKE}" if text.strip() else text


def without_seams(text: str) -> str:
    """Return text in which struck pieces that follow each other are one."""
    return text.replace(_STRIKE * 2, "") if _STRIKE in text else text


def fraction(numerator: str, denominator: str) -> str:
    """Return a fraction on one line, ``1/2``; a part that is a sum or product of its own goes in brackets."""
    return f"{_group(numerator)}/{_group(denominator)}"


def power(base: str, exponent: str) -> str:
    """Return a power: ``10⁴``, or ``x^(n+m)`` where Unicode has no superscript for the exponent."""
    plain = exponent.strip()
    risen = plain.translate(_RAISED)
    if plain and all(ord(sign) in _RAISED for sign in plain):
        return base + risen
    return f"{base}^{_group(plain)}" if plain else base


def lower_text(base: str, index: str) -> str:
    """Return a base with its index, which is read on (``CO2``), apart where both are digits."""
    return f"{base}_{index}" if base[-1:].isdigit() and index[:1].isdigit() else base + index


def root(radicand: str, degree: str = "") -> str:
    """Return a root: ``√(a+b)``, ``³√8``."""
    return f"{raise_text(degree)}√{_group(radicand)}"


def _group(text: str) -> str:
    whole = _SIMPLE.fullmatch(text) or (text.startswith("(") and text.endswith(")") and text.count("(") == 1)
    return text if whole or not text else f"({text})"
