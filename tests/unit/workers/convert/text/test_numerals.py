"""Numbers as Word writes them."""

import pytest

from workers.convert.text.numerals import format_number, format_pattern

AS_WORD = {
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {1: "01", 10: "10"},
    "decimalFullWidth": {12: "１２"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedCircleChinese": {10: "⑩"},
    "decimalEnclosedParen": {3: "⑶"},
    "decimalEnclosedFullstop": {3: "⒊"},
    "ideographEnclosedCircle": {1: "㈠", 10: "㈩", 11: "11"},
    "upperRoman": {4: "IV", 1999: "MCMXCIX"},
    "lowerRoman": {9: "ix"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 54: "BBB"},
    "lowerLetter": {2: "b"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"},
    "cardinalText": {21: "Twenty-one", 100: "One hundred"},
    "ordinalText": {1: "First", 12: "Twelfth", 20: "Twentieth", 101: "One hundred first"},
    "chineseCounting": {1: "一", 10: "十", 21: "二十一", 99: "九十九", 100: "一○○"},
    "chineseCountingThousand": {
        10: "十",
        15: "十五",
        20: "二十",
        101: "一百零一",
        110: "一百一十",
        1001: "一千零一",
        12000: "一万二千",
    },
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 105: "壹佰零伍"},
    "ideographDigital": {1: "一", 10: "一〇", 25: "二五", 100: "一〇〇"},
    "ideographLegalTraditional": {2: "貳", 33: "參拾參"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥"},
    "taiwaneseCounting": {12: "十二", 100: "一○○"},
    "taiwaneseCountingThousand": {104: "一百零四", 10000: "一萬"},
    "taiwaneseDigital": {10: "一○"},
    "japaneseCounting": {10: "十", 100: "百", 111: "百十一"},
    "japaneseLegal": {2: "弐", 10: "壱拾"},
    "koreanDigital": {2: "이"},
    "bullet": {1: ""},
    "none": {5: ""},
}


@pytest.mark.parametrize(("format_", "expected"), AS_WORD.items())
def test_numbers_are_written_as_word_writes_them(format_: str, expected: dict[int, str]) -> None:
    assert {number: format_number(number, format_) for number in expected} == expected


def test_an_unknown_format_counts_in_decimal_digits() -> None:
    assert format_number(7, "hebrew1") == "7"
    assert format_number(7, "no such format") == "7"


def test_a_number_out_of_range_stays_short() -> None:
    assert len(format_number(2**31 - 1, "upperRoman")) == 10
    assert format_number(-3, "chineseCounting") == "-3"


def test_a_custom_format_is_given_by_example() -> None:
    assert format_pattern(7, "001, 002, 003, ...") == "007"
    assert format_pattern(7, "十, 百") == "7"
