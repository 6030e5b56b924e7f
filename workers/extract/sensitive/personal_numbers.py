"""The rules a personal number satisfies by itself: check digit (GB 11643-1999), Luhn (ISO/IEC 7812-1), a real date.

Ignores the text around a number; masks as notices of offices do (138****1234).
"""

from datetime import date

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()  # noqa: SIM905
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MIN_DIGITS = 4
_LENGTHS = {"62": range(16, 20), "60": range(16, 20), "95": range(19, 20)}


def is_identity_number(digits: str) -> bool:
    """Return whether 18 characters are an identity number: province, date of birth and check digit (GB 11643-1999)."""
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not _is_date(digits[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17]


def is_old_identity_number(digits: str) -> bool:
    """Return whether 15 digits can be an identity number as issued until 1999: province and date of birth."""
    return digits[:2] in _PROVINCES and digits[12:] != "000" and _is_date("19" + digits[6:12])


def is_bank_card(digits: str) -> bool:
    """Return whether digits are a card number: length by issuer, Luhn, and no row of zeros that happens to add up."""
    if not digits.isdecimal() or len(set(digits)) < _MIN_DIGITS:  # an X ends identity numbers only
        return False
    if len(digits) not in _LENGTHS.get(digits[:2], range(16, 17)):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and digits.count("0") < 10


def is_mobile_number(digits: str) -> bool:
    """Return whether 11 digits can be a mobile number; a row of zeros comes from the cells of a flattened table."""
    return len(digits) == 11 and "0000" not in digits


def mask_number(digits: str) -> str:
    """Return a number with its middle masked: 138****1234, 1101**********0011."""
    shown = 3 if len(digits) == 11 else 4
    return digits[:shown] + "*" * (len(digits) - shown - 4) + digits[-4:]


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True
