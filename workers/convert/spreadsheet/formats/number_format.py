"""Number formats of spreadsheets: a cell that holds 0.125 shows 12.5% (ECMA-376 part 1, 18.8.30 and 18.8.31).

Codes are read once each. What depends on the reader's own system, such as the short date of format 14, stays as it is
stored, and so do days without a year, which a register counts with. Dates are in ``date_format``.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from workers.convert.spreadsheet.formats.builtin_formats import BUILT_IN
from workers.convert.spreadsheet.formats.date_format import SPELLED, DateFormat, Moment, read_date_format
from workers.convert.text.numerals import format_number

Show = Callable[[object], str | None]
"""Returns what a cell shows of a value; None where it shows the value as it is."""

_TOKEN = re.compile(
    r'"(?P<literal>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<exponent>[Ee][+-]0+)|(?P<code>.)",
    re.IGNORECASE | re.DOTALL,
)
_NOTHING = re.compile(r"\s*;\s*;\s*;?\s*")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_PLACEHOLDERS = "0#?"
_WHOLE = 1e15  # a number of 16 digits and more is a card or an account: all of them count


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a code.

    Attributes:
        tokens: In order; literals, placeholders, signs.
        condition: Comparison and number it stands for, if it says so.
        date: Where it shows a date or a time.
        general: Whether it shows a number as it is.
        spelled: How ``format_number`` calls the numerals in which it is spelled; empty for digits.
    """

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None = None
    date: DateFormat | None = None
    general: bool = False
    spelled: str = ""

    def has(self, signs: str) -> bool:
        """Return whether one of the signs stands among the tokens."""
        return any(token.kind == "code" and token.text in signs for token in self.tokens)


def shows_nothing(code: str) -> bool:
    """Return whether a code leaves every cell blank: 「;;;」, whose sections are all empty."""
    return _NOTHING.fullmatch(code) is not None


def built_in_format(number: int) -> str:
    """Return the code of a format that a workbook names by number alone; empty where it shows values as they are."""
    return BUILT_IN.get(number, "")


@functools.lru_cache(maxsize=512)
def number_format(code: str, *, since_1904: bool = False) -> Show | None:
    """Return what shows values in a format; None for one that shows each as it is.

    Args:
        code: As the workbook writes it: ``0.0%``.
        since_1904: Whether days are counted from 1904.
    """
    if not code or code.casefold() in {"general", "@", "g/通用格式"} or len(code) > 255:
        return None
    sections = tuple(map(_read_section, _divide(code)))
    if all(section.general and len(section.tokens) == 1 for section in sections) or not any(s.tokens for s in sections):
        return None
    return functools.partial(_show, sections[:4], since_1904)


def _divide(code: str) -> list[str]:
    parts, start = [], 0
    for found in _TOKEN.finditer(code):
        if found["code"] == ";":
            parts.append(code[start : found.start()])
            start = found.end()
    return [*parts, code[start:]]


def _read_section(code: str) -> _Section:
    tokens: list[_Token] = []
    condition, spelled = None, ""
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "bracket":
            if compared := _CONDITION.fullmatch(text):
                condition = compared[1], Decimal(compared[2])
            elif currency := _CURRENCY.fullmatch(text):
                tokens.append(_Token("literal", currency[1]))
            spelled = SPELLED.get(text.upper(), spelled)
        elif kind in {"literal", "escaped", "fill", "space"}:
            tokens.append(_Token("literal", {"fill": "", "space": " "}.get(kind, text)))
        else:
            tokens.append(_Token(kind, text))
    general = any(token.kind == "general" for token in tokens)
    return _Section(tuple(tokens), condition, None if general else read_date_format(code), general, spelled)


def _show(sections: tuple[_Section, ...], since_1904: bool, value: object) -> str | None:
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, str):
        return _show_text(sections, value)
    if isinstance(value, int | float):
        return _show_number(sections, value, since_1904=since_1904)
    moment = Moment.of(value)
    section = sections[0]
    return section.date.show(moment) if moment is not None and section.date is not None else None


def _show_text(sections: tuple[_Section, ...], value: str) -> str | None:
    section = sections[-1]
    if not section.has("@") or section.has(_PLACEHOLDERS):
        return None
    return "".join(value if token.text == "@" else token.text for token in section.tokens).strip()


def _show_number(sections: tuple[_Section, ...], value: float, *, since_1904: bool) -> str | None:
    if value != value or abs(value) >= _WHOLE:  # noqa: PLR0124
        return None
    number = Decimal(f"{value:.15g}")
    section, signed = _choose(sections, number)
    if section is None:
        return None
    if section.date is not None:
        return section.date.show(Moment.since(value, since_1904=since_1904))
    sign = "-" if signed and number < 0 else ""
    if section.general:
        return sign + _literals(section, _spell(abs(number), section.spelled))
    if not section.has(_PLACEHOLDERS):
        return None if section.has("@") else sign * bool(section.tokens) + _literals(section, "").strip()
    shown = _digits(section, abs(number)).strip()
    return sign + shown if any(digit in shown for digit in "123456789") else shown


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """Return the section that shows a number, and whether its sign is to be shown before it."""
    if any(section.condition for section in sections):
        return next(((each, True) for each in sections if _holds(each.condition, number)), (None, True))
    numeric = [section for section in sections if not section.has("@")] or [sections[0]]
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    return numeric[2 if number == 0 and len(numeric) > 2 else 0], True


def _holds(condition: tuple[str, Decimal] | None, number: Decimal) -> bool:
    if condition is None:
        return True
    sign, bound = condition
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def _literals(section: _Section, general: str) -> str:
    return "".join(general if token.kind == "general" else token.text for token in section.tokens)


def _spell(number: Decimal, spelled: str) -> str:
    if spelled and number == number.to_integral_value():
        return format_number(int(number), spelled)
    return f"{number.normalize():f}"


def _digits(section: _Section, number: Decimal) -> str:
    """Return a number in the places a section has for its digits."""
    if section.has("/"):
        return _fraction(section, number)
    if any(token.kind == "exponent" for token in section.tokens):
        return _scientific(section, number)
    places = [index for index, token in enumerate(section.tokens) if _is_place(token)]
    point = next((i for i, t in enumerate(section.tokens) if t.kind == "code" and t.text == "."), len(section.tokens))
    whole = [index for index in places if index < point]
    decimals = [index for index in places if index > point]
    commas = [i for i, token in enumerate(section.tokens) if token.kind == "code" and token.text == ","]
    last = whole[-1] if whole else point - 1
    thousands = sum(last < index < (decimals[0] if decimals and not whole else point) for index in commas)
    if decimals:
        thousands += sum(index > decimals[-1] for index in commas)
    percents = sum(token.kind == "code" and token.text == "%" for token in section.tokens)
    scaled = number.scaleb(2 * percents - 3 * thousands)
    rounded = f"{scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):f}"
    before, _, after = rounded.partition(".")
    grouped = any(whole and whole[0] < index < last for index in commas)
    shown = _whole_digits(section, before.lstrip("0"), whole, grouped=grouped)
    shown |= _decimal_digits(section, after, decimals)
    return "".join(
        shown.get(index, "" if token.kind == "code" and token.text == "," else token.text)
        for index, token in enumerate(section.tokens)
    )


def _is_place(token: _Token) -> bool:
    return token.kind == "code" and token.text in _PLACEHOLDERS


def _whole_digits(section: _Section, digits: str, places: list[int], *, grouped: bool) -> dict[int, str]:
    """Return the digits before the point by their places, from the last to the first, which takes all that are left."""
    shown: dict[int, str] = {}
    count = 0
    for index in reversed(places):
        first = index == places[0]
        taken, digits = (digits, "") if first else (digits[-1:], digits[:-1])
        taken = taken or {"0": "0", "?": " "}.get(section.tokens[index].text, "")
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and count and count % 3 == 0 and digit.isdigit() else "") + text
            count += 1
        shown[index] = text
    return shown


def _decimal_digits(section: _Section, digits: str, places: list[int]) -> dict[int, str]:
    """Return the digits behind the point by their places; noughts at the end only where ``0`` asks for them."""
    shown: dict[int, str] = {}
    kept = False
    for index, digit in reversed(list(zip(places, digits, strict=True))):
        kept = kept or digit != "0" or section.tokens[index].text == "0"
        shown[index] = digit if kept else {"?": " "}.get(section.tokens[index].text, "")
    return shown


def _scientific(section: _Section, number: Decimal) -> str:
    places = sum(map(_is_place, section.tokens))
    whole = next((i for i, t in enumerate(section.tokens) if t.text == "."), places)
    shown = f"{number:.{max(places - min(whole, places), 0)}E}"
    mantissa, _, power = shown.partition("E")
    return f"{mantissa}E{power[0]}{power[1:].zfill(2)}"


def _fraction(section: _Section, number: Decimal) -> str:
    """Return a number as a fraction: ``# ?/?``; a denominator of two places goes up to 99."""
    slash = next(i for i, token in enumerate(section.tokens) if token.text == "/")
    behind = "".join(token.text for token in section.tokens[slash + 1 :])
    said = re.match(r"\d*", behind.replace(" ", ""))
    fixed = int(said[0]) if said and said[0].strip("0") else 0
    groups = re.findall(r"[0#?]+", "".join(token.text for token in section.tokens[:slash]))
    whole = int(number) if len(groups) > 1 else 0
    rest = Fraction(number) - whole
    limit = 10 ** max(sum(map(_is_place, section.tokens[slash + 1 :])), 1) - 1
    rest = Fraction(round(rest * fixed), fixed) if fixed else rest.limit_denominator(limit)
    if rest == 1:
        whole, rest = whole + 1, Fraction(0)
    if not rest:
        return str(whole)
    return f"{whole} {rest.numerator}/{rest.denominator}" if whole else f"{rest.numerator}/{rest.denominator}"
