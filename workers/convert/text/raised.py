"""Raised and lowered digits in a line of plain text: 10⁵ is not 105, and a note mark is no digit of the sum before it.

The characters are those of Unicode's block Superscripts and Subscripts, which NFKC folds, so that a search for ``m2``
finds ``m²``. The same for every format that can raise letters.
"""

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raise_text(text: str, before: str = "") -> str:
    """Return text that stands raised behind ``before``; ``^`` parts digits that have no raised form from a number."""
    return _shifted(text, before, _RAISED, "^")


def lower_text(text: str, before: str = "") -> str:
    """Return text that stands lowered behind ``before``; ``_`` parts digits that have no lowered form from a number."""
    return _shifted(text, before, _LOWERED, "_")


def _shifted(text: str, before: str, forms: dict[int, int], mark: str) -> str:
    if text and all(ord(character) in forms or character.isspace() for character in text):
        return text.translate(forms)
    parted = text[:1].isdigit() and before[-1:].isdigit()
    return mark + text if parted else text
