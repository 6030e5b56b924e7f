"""Numbers as Word writes them in automatic numbering: 一 壹 ① 甲 Ⅰ a 01 …, by the names of ST_NumberFormat.

ECMA-376 part 1, 17.18.59, with Word's own behaviour from [MS-OI29500] 2.1.540 and [MS-DOCX] 2.4. Not here: how a level
puts numbers together, which is ``numbering.py``. Formats of no use in Chinese documents (Hebrew, Hindi, Thai …) come
out as decimal digits.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

MAX_SIZE = 99_999_999

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_HANT = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "〇壱弐参四伍六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    **{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"},
    "twelve": "twelfth",
}


def format_number(number: int, format_: str) -> str:
    """Return a list number as Word shows it.

    Args:
        number: The value of the counter.
        format_: A value of ST_NumberFormat; an unknown one counts as ``decimal``, as in Word.
    """
    if format_ in {"none", "bullet"}:
        return ""
    render = _FORMATS.get(format_, str)
    return render(number) if 0 <= number <= MAX_SIZE else str(number)


def format_pattern(number: int, pattern: str) -> str:
    """Return a number in a custom format, which Word stores by example (``001, 002, 003, ...``)."""
    first = pattern.split(",", 1)[0].strip()
    return str(number).zfill(len(first)) if first.isascii() and first.isdigit() else str(number)


def _count_with_units(number: int, digits: str, units: str, *, one: bool = True, zero: bool = True) -> str:
    """Spell a number out with units: 一百零一.

    Args:
        number: From 0.
        digits: Ten digits from zero.
        units: The signs for 10, 100, 1,000 and 10,000.
        one: Whether a leading one is said before 100 and 1,000.
        zero: Whether a gap is marked.
    """
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = _count_with_units(low, digits, units, one=one, zero=zero) if low else ""
        filler = digits[0] if zero and 0 < low < 1000 else ""
        return _count_with_units(high, digits, units, one=one, zero=zero) + units[3] + filler + rest
    if number == 0:
        return digits[0]
    text, gap = "", False
    for position, figure in enumerate(reversed(str(number))):
        if figure == "0":
            gap = bool(text)
            continue
        filler = digits[0] if gap and zero else ""
        said = "" if figure == "1" and position and not one else digits[int(figure)]
        text = said + (units[position - 1] if position else "") + filler + text
        gap = False
    return text


def _spell(number: int) -> str:
    """Count as 一 … 十, 十一 … 九十九, 一百, 一百零一."""
    text = _count_with_units(number, _HAN, "十百千万")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _spoken_hant(number: int) -> str:
    return _spell(number).replace("万", "萬")


def _digits(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda number: str(number).translate(table)


def _to_ninety_nine(number: int) -> str:
    """Count as 一 … 九十九 and go on digit by digit: 一○○."""
    return _spell(number) if 0 < number < 100 else _digits("○一二三四五六七八九")(number)


def _signs(*signs: str) -> Callable[[int], str]:
    """Return the sign a number has by its place, plain digits beyond the last."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else "0"


def _within(first: str, last: int) -> Callable[[int], str]:
    """Return the sign that follows ``first`` by the number, up to ``last``; plain digits beyond, as in Word."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else str(number)


def _letters(first: str) -> Callable[[int], str]:
    def render(number: int) -> str:
        # Word stops repeating at 30 letters (780) and starts again.
        times, letter = divmod((number - 1) % 780, 26)
        return chr(ord(first) + letter) * (times + 1) if number > 0 else "0"

    return render


def _circled(number: int) -> str:
    """Return ① to ㊿, plain digits beyond."""
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return str(number)


def _letter_places(number: int) -> str:
    """Count as A … Z, AA, AB …, as OpenDocument does without ``num-letter-sync`` (ODF 1.3 part 3, 19.500)."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text or "0"


def _upper_roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 < 20 else suffix}"


def _cardinal_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    for value, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= value:
            rest = f" {_cardinal_words(number % value)}" if number % value else ""
            return f"{_cardinal_words(number // value)} {name}{rest}"
    return str(number)


def _ordinal_words(number: int) -> str:
    head, mark, last = _cardinal_words(number).rpartition("-")
    if not mark:
        head, mark, last = last.rpartition(" ")
    word = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return (head + mark + word).capitalize()


_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalHalfWidth": str,
        "decimalZero": lambda n: f"{n:02d}",
        "numberInDash": lambda n: f"- {n} -",
        "hex": lambda n: f"{n:X}",
        "decimalFullWidth": _digits("０１２３４５６７８９"),
        "decimalFullWidth2": _digits("０１２３４５６７８９"),
        "decimalEnclosedCircle": _within("①", 20),
        "decimalEnclosedCircleChinese": _within("①", 20),
        "decimalFilledCircle": lambda n: "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"[n - 1] if 1 <= n <= 20 else str(n),
        "circledToFifty": _circled,
        "lowerLetterPlaces": lambda n: _letter_places(n).lower(),
        "upperLetterPlaces": _letter_places,
        "decimalEnclosedFullstop": _within("⒈", 20),
        "decimalEnclosedParen": _within("⑴", 20),
        "ideographEnclosedCircle": _within("㈠", 10),
        "upperRoman": _upper_roman,
        "lowerRoman": lambda n: _upper_roman(n).lower(),
        "upperLetter": _letters("A"),
        "lowerLetter": _letters("a"),
        "ordinal": _ordinal,
        "cardinalText": lambda n: _cardinal_words(n).capitalize(),
        "ordinalText": _ordinal_words,
        "chineseCounting": _to_ninety_nine,
        "chineseCountingThousand": _spell,
        "chineseLegalSimplified": lambda n: _count_with_units(n, _LEGAL, "拾佰仟万"),
        "ideographDigital": _digits("〇一二三四五六七八九"),
        "ideographLegalTraditional": lambda n: _count_with_units(n, _LEGAL_HANT, "拾佰仟萬"),
        "ideographTraditional": _signs(*_STEMS),
        "ideographZodiac": _signs(*_BRANCHES),
        "ideographZodiacTraditional": _signs(*(_STEMS[n % 10] + _BRANCHES[n % 12] for n in range(60))),
        "taiwaneseCounting": _to_ninety_nine,
        "taiwaneseCountingThousand": _spoken_hant,
        "taiwaneseDigital": _digits("○一二三四五六七八九"),
        "japaneseCounting": lambda n: _count_with_units(n, "〇" + _HAN[1:], "十百千万", one=False, zero=False),
        "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
        "japaneseLegal": lambda n: _count_with_units(n, _LEGAL_JAPANESE, "拾百阡萬", zero=False),
        "koreanDigital": _digits("영일이삼사오육칠팔구"),
        "koreanDigital2": _digits("零一二三四五六七八九"),
        "aiueoFullWidth": _cycle(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
        ),
        "irohaFullWidth": _cycle(
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
        ),
        "vietnameseCounting": str,
    }
)
