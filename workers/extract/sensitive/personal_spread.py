"""Personal numbers whose digits stand apart: one a cell or a blank, in groups, or broken at the end of a line.

Application forms give each digit a box of its own, narrow columns break a number in two. The joined number must
keep all rules of an identity number, or be called a card's, so that rows of figures make none.
"""

from collections.abc import Iterable, Iterator

from schemas.articles import Finding
from workers.extract.sensitive.personal_numbers import is_bank_card, is_identity_number, mask_number
from workers.runtime.lazy_regex import lazy_compile

# Each begins with a class, which is found many times faster than a lookbehind.
_ALONE = lazy_compile(r"[0-9](?<![0-9A-Za-z][0-9])(?:[ \t|│\u3000_·.,，、\n-]{1,4}[0-9Xx]){14,}(?![0-9A-Za-z])")
_GROUPS = lazy_compile(
    r"[0-9](?<![0-9A-Za-z.][0-9])[0-9]{0,16}(?:[ \t|│\u3000\r\n-]{1,6}[0-9Xx]{1,17})+(?![0-9A-Za-z])"
)
_MIN_DIGITS = 16  # of a card's number, the shortest of those found here
_ENOUGH = lazy_compile(rf"[0-9](?:[ \t|│\u3000_·.,，、\r\n-]{{0,6}}[0-9Xx]){{{_MIN_DIGITS - 1}}}")
_APART = lazy_compile(r"[^0-9Xx]+")
_CARD = lazy_compile(r"银行卡|卡号|借记卡|储蓄卡|社保卡")
_BEFORE = 24
_MAX_GROUPS = 6
_FEW_DIGITS = lazy_compile(r"\s*[0-9０-９]{0,8}[0-9０-９XxＸｘ]\s*")
_PAIR = 2  # lines that are joined where they stand
_IDENTITY = 18


def spread_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the digits of an identity number stand apart, from the first to the last of the row they are in."""
    if not _ENOUGH.search(text):
        return
    for pattern in (_ALONE, _GROUPS):
        for run in pattern.finditer(text):
            if len(run[0]) < _MIN_DIGITS:
                continue
            groups = _APART.split(run[0].upper())
            if any(_identities(groups)) or any(_windows("".join(groups)) if pattern is _ALONE else ()):
                yield run.span()


def spread_findings(text: str) -> Iterator[Finding]:
    """Yield the personal numbers of a text whose digits stand apart; the text has half-width digits."""
    if not _ENOUGH.search(text):
        return
    for run in _ALONE.finditer(text):
        digits = _APART.sub("", run[0]).upper()
        yield from _windows(digits)
        if is_bank_card(digits) and _is_called_card(text, run.start()):
            yield Finding("bank_card", mask_number(digits))
    for run in _GROUPS.finditer(text):
        if len(run[0]) < _MIN_DIGITS:
            continue
        groups = _APART.split(run[0].upper())
        yield from _identities(groups)
        digits = "".join(groups)
        if len(groups) <= _MAX_GROUPS and digits.isdigit() and is_bank_card(digits):
            yield from [Finding("bank_card", mask_number(digits))] if _is_called_card(text, run.start()) else []


def _windows(digits: str) -> Iterator[Finding]:
    for start in range(len(digits) - _IDENTITY + 1):
        number = digits[start : start + _IDENTITY]
        if number[:17].isdigit() and is_identity_number(number):
            yield Finding("identity_card", mask_number(number))


def joined_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the rows of digits that neighbouring paragraphs make which hold nothing else: one a line, or in groups."""
    row: list[str] = []
    for text in texts:
        if not "一" <= text[:1] <= "鿿" and _FEW_DIGITS.fullmatch(text):
            row.append(text.strip())
            continue
        if len(row) > _PAIR:
            yield "\n".join(row)
        row = []
    if len(row) > _PAIR:
        yield "\n".join(row)


def _identities(groups: list[str]) -> Iterator[Finding]:
    """Yield the identity numbers that neighbouring groups of at least two digits make."""
    for first in range(len(groups)):
        number = ""
        for group in groups[first : first + _MAX_GROUPS]:
            number += group
            if len(number) >= _IDENTITY or len(group) < 2:
                break
        if number not in groups and number[:17].isdigit() and is_identity_number(number):
            yield Finding("identity_card", mask_number(number))


def _is_called_card(text: str, start: int) -> bool:
    return bool(_CARD.search(text, max(0, start - _BEFORE), start))
