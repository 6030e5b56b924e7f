"""Numbers as section labels and dates write them: 二十三, 一百零八, 二〇一一, ③, 12. Not arithmetic, not amounts."""

import unicodedata
from functools import lru_cache
from itertools import pairwise

from workers.runtime.lazy_regex import lazy_compile

# Zeros: besides the proper 〇 what typists take for it, Latin, Greek and Cyrillic letters among them.
HAN_DIGITS = dict.fromkeys("〇○零Oo\uff2f◯\u039f\u03bf\u041e\u043e", 0) | {
    character: value for value, character in enumerate("一二三四五六七八九", start=1)
}
HAN_DIGITS["两"] = 2
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卄": "二十", "卅": "三十"}
_FORMAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")
_ROMAN = lazy_compile("X{0,2}(?:IX|IV|V?I{0,3})")
HAN_NUMBER = "[〇○零一二三四五六七八九十百千两]"


@lru_cache(maxsize=4096)  # few different ones recur in a document
def read_number(text: str) -> int | None:
    """Return the value of a label's number, or None if it is none.

    ``二十三`` is 23, ``一百零八`` 108, ``二〇一一`` and ``2011`` 2011, ``③`` 3, ``肆`` 4, ``IV`` 4.
    """
    if not text:
        return None
    if text[0] in _TENS:
        text = _TENS[text[0]] + text[1:].removeprefix("十")
    if ord(text[0]) in _FORMAL:
        text = text.translate(_FORMAL)
    if text in HAN_DIGITS:
        return HAN_DIGITS[text]
    if text.isascii() and text.isdecimal():
        return int(text)
    if any(character in HAN_UNITS for character in text):
        return _with_units(text)
    if _ROMAN.fullmatch(unicodedata.normalize("NFKC", text)):
        return _roman(unicodedata.normalize("NFKC", text))
    digits = [_digit(character) for character in text]
    if len(text) == 1 and unicodedata.category(text) == "No":
        return int(unicodedata.numeric(text))
    value = 0
    for digit in digits:
        if digit is None:
            return None
        value = value * 10 + digit
    return value


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[character] for character in text]
    return sum(-one if one < following else one for one, following in pairwise([*values, 0]))


def _digit(character: str) -> int | None:
    if character in HAN_DIGITS:
        return HAN_DIGITS[character]
    value = unicodedata.decimal(character, None)
    return None if value is None else int(value)


def _with_units(text: str) -> int | None:
    total, digit = 0, None
    for character in text:
        if character in HAN_UNITS:
            total += (1 if digit is None else digit) * HAN_UNITS[character]
            digit = None
        else:
            digit = _digit(character)
            if digit is None:
                return None
    return total + (digit or 0)
