"""Finds and masks personal data: identity cards, bank cards, mobile phones, home addresses. Decides nothing.

A number counts only where its own rules hold: check digit (GB 11643-1999), Luhn (ISO/IEC 7812-1), a real date, a known
issuer. A number behind the name of some other code (统一社会信用代码, 流水号) is that code.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from schemas.articles import Finding
from schemas.cleaned import Normalized
from workers.runtime.lazy_regex import lazy_compile

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()  # noqa: SIM905
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = lazy_compile(
    rf"(?<![0-9])[1-9][0-9]{{5}}[ -]?(?:19|20)[0-9]{{2}}{_DAY}[ -]?[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
)
_OLD_IDENTITY = lazy_compile(rf"(?<![0-9A-Za-z.-])[1-9][0-9]{{7}}{_DAY}[0-9]{{3}}(?![0-9A-Za-z.-])")
_BANK_CARD = lazy_compile(
    r"(?<![0-9A-Za-z.-])(?:60|62|95|4[0-9]|5[1-5])[0-9]{2}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{3,4}(?:[ -]?[0-9]{1,3})?"
    r"(?![0-9A-Za-z.-])"
)
_MOBILE = lazy_compile(r"(?<![0-9A-Za-z.])(?<![0-9]-)1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z])")
_WIDE = lazy_compile(r"[０-９Ｘｘ]")
_LONG_NUMBER = lazy_compile(r"[0-9][0-9 -]{9}")
_OTHER_CODE = lazy_compile(
    r"(?:代码|编号|编码|注册号|登记号|备案号|订单号|流水号|受理号|案号|许可证号?|条形码|合同号|发票号?|学号|工号|批号|序列号|设备号|IMEI|"
    r"账户|户号|id|ID|=|/)\s?(?:为|是)?[\s:：]{0,3}$"
)
_OWN_CODE = lazy_compile(r"身份证|证件|银行卡|卡号|公民身份")
_BEFORE = 24
_MIN_LENGTH = 7
_MIN_DIGITS = 4
_LENGTHS = {"62": range(16, 20), "60": range(16, 20), "95": range(19, 20)}
_ADDRESS = lazy_compile(
    r"(?:家庭(?:住址|地址|详细地址)|现?住址|(?:户籍|户口|居住|常住)(?:所在地|地址|住址|地)|家住|现住|住(?=[:：于在]))\s?(?:[:：]|为|是|于|在)?\s{0,2}"
    r"([一-鿿][一-鿿0-9A-Za-z（）()·#-]{5,59})"
)
_PLACE = lazy_compile(r"[省市区县镇乡村路街巷弄里园苑庄屯湾]")
_HOUSE = lazy_compile(r"[0-9一二三四五六七八九十]{1,5}\s?(?:号|室|栋|幢|单元|组|弄|楼|座|户|社)")
_ADDRESS_HEADER = lazy_compile(r"^(?:家庭|现|详细|居住|户籍|户口所在)?(?:住址|居住地|家庭地址|户籍地址?|户口所在地)$")
_MAX_HEADER_LENGTH = 10
_MAX_EACH = 20


def personal_findings(normalized: Normalized) -> tuple[Finding, ...]:
    """Return the personal data of a document, masked, each once and at most 20 of a kind, in order of place."""
    found: dict[Finding, None] = {}
    counts: dict[str, int] = {}
    for finding in _all(normalized):
        if finding not in found and counts.get(finding.kind, 0) < _MAX_EACH:
            found[finding] = None
            counts[finding.kind] = counts.get(finding.kind, 0) + 1
    return tuple(found)


def _all(normalized: Normalized) -> Iterator[Finding]:
    for paragraph in normalized.paragraphs:
        if len(paragraph.text) >= _MIN_LENGTH:
            yield from findings_in(paragraph.text)
        if paragraph.rows:
            yield from _addresses_below(paragraph.rows)
    # What was taken out of the text is still in the original and in the list of what was taken.
    clues, removals = ((clue.value for clue in normalized.clues), (removal.text for removal in normalized.removals))
    for text in chain(clues, removals):
        if len(text) >= _MIN_LENGTH:
            yield from findings_in(text)


def findings_in(text: str) -> Iterator[Finding]:
    """Yield the personal data of one stretch of text."""
    numbers = bool(_LONG_NUMBER.search(text) or _WIDE.search(text))
    plain = text.translate(_HALF_WIDTH) if numbers and _WIDE.search(text) else text
    for pattern, kind, holds in _NUMBERS if numbers and _LONG_NUMBER.search(plain) else ():
        for match in pattern.finditer(plain):
            digits = re.sub("[ -]", "", match.group()).upper()
            if holds(digits) and not _is_other_code(plain, match.start()):
                yield Finding(kind, _mask(digits))
    for match in _ADDRESS.finditer(plain) if "住" in plain or "户" in plain or "家" in plain else ():
        if _is_address(match[1]):
            yield Finding("home_address", _masked_address(match[1]))


def is_identity_number(digits: str) -> bool:
    """Tell whether 18 characters are an identity number: province, date of birth and check digit (GB 11643-1999)."""
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not _is_date(digits[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17]


def is_old_identity_number(digits: str) -> bool:
    """Tell whether 15 digits can be an identity number as issued until 1999: province and date of birth."""
    return digits[:2] in _PROVINCES and digits[12:] != "000" and _is_date("19" + digits[6:12])


def is_bank_card(digits: str) -> bool:
    """Tell whether digits are a card number: length by issuer, Luhn, and no row of zeros that happens to add up."""
    if len(digits) not in _LENGTHS.get(digits[:2], range(16, 17)) or len(set(digits)) < _MIN_DIGITS:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and digits.count("0") < 10


def is_mobile_number(digits: str) -> bool:
    """Tell whether 11 digits can be a mobile number; a row of zeros comes from the cells of a flattened table."""
    return len(digits) == 11 and "0000" not in digits


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _is_other_code(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return bool(_OTHER_CODE.search(before)) and not _OWN_CODE.search(before)


def _mask(digits: str) -> str:
    shown = 3 if len(digits) == 11 else 4
    return digits[:shown] + "*" * (len(digits) - shown - 4) + digits[-4:]


def _is_address(text: str) -> bool:
    return bool(_PLACE.search(text)) and bool(_HOUSE.search(text))


def _masked_address(text: str) -> str:
    return text[:3] + "***"


def _addresses_below(rows: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    """Read the cells below a heading 家庭住址, and the cell beside it."""
    columns: set[int] = set()
    for row in rows:
        beside = False
        for place, cell in enumerate(row):
            name = "".join(cell.split()) if len(cell) <= 2 * _MAX_HEADER_LENGTH else ""
            header = bool(_ADDRESS_HEADER.match(name))
            if (beside or place in columns) and not header and _is_address(cell[:60]):
                yield Finding("home_address", _masked_address(cell.strip()))
            beside = header
            if header:
                columns.add(place)


_HALF_WIDTH = {0xFF10 + n: ord("0") + n for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0D: "-", 0x3000: " "}
_NUMBERS = (
    (_IDENTITY, "identity_card", is_identity_number),
    (_OLD_IDENTITY, "identity_card", is_old_identity_number),
    (_BANK_CARD, "bank_card", is_bank_card),
    (_MOBILE, "mobile_phone", is_mobile_number),
)
