"""Finds personal data: identity cards, bank cards, mobile phones, home addresses. Decides nothing.

A number counts only if its own rules hold (``personal_numbers``). A number after the name of some other code
(统一社会信用代码, 流水号) is that code, and an account is a person's only if no organisation is its holder. What is
judged is the whole original, not only its text: a person who may find a document may download it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from schemas.articles import Finding
from schemas.cleaned import Normalized
from workers.extract.sensitive.personal_addresses import ADDRESS, address_findings, is_address, masked_address
from workers.extract.sensitive.personal_numbers import (
    is_bank_card,
    is_identity_number,
    is_mobile_number,
    is_old_identity_number,
    mask_number,
)
from workers.extract.sensitive.personal_spread import joined_lines, spread_findings
from workers.runtime.lazy_regex import lazy_compile

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = lazy_compile(
    rf"(?<![0-9])[1-9][0-9]{{5}}[ -]?(?:19|20)[0-9]{{2}}{_DAY}[ -]?[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
)
_OLD_IDENTITY = lazy_compile(rf"(?<![0-9A-Za-z.-])[1-9][0-9]{{7}}{_DAY}[0-9]{{3}}(?![0-9A-Za-z.-])")
_BANK_CARD = lazy_compile(
    r"(?<![0-9A-Za-z.-])(?:60|62|95|4[0-9]|5[1-5])[0-9]{2}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{3,4}(?:[ -]?[0-9]{1,3})?"
    r"(?![0-9A-Za-z.-])"
)
_MOBILE = lazy_compile(
    r"(?=1[3-9])(?:(?<![0-9A-Za-z.])(?<![0-9]-)|(?<=[（(]86[）)])|(?<=[+＋]86)|(?<=[+＋]86-)"
    r"|(?<=(?<![0-9A-Za-z.-])0086)|(?<=(?<![0-9A-Za-z.-])0086-)|(?<=(?<![0-9A-Za-z.-])86)|(?<=(?<![0-9A-Za-z.-])86-))"
    r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"(?![0-9A-Za-z]|\.[0-9]|\s?[元万亿%])"
)
# What a personal number or a home address has: ten digits in a row, sixteen that may stand apart, or its label.
_TELLING = lazy_compile(
    r"[0-9０-９住户家](?:(?<=[0-9０-９])(?:[0-9０-９ \u3000－-]{9}"
    r"|(?:[ \t|│\u3000_·.,，、\r\n－-]{0,6}[0-9０-９XxＸｘ]){15})|(?<=住)|(?<=户)[籍口]|(?<=家)庭)"
)
_WIDE = lazy_compile(r"[０-９Ｘｘ]")
_LONG_NUMBER = lazy_compile(r"[0-9][0-9 -]{9}")
_OTHER_CODE = lazy_compile(
    r"(?:代码|编号|编码|注册号|登记号|备案号|订单号|流水号|受理号|案号|许可证号?|条形码|合同号|发票号?|学号|工号|批号|序列号|设备号|IMEI|"
    r"账户|户号|id|ID|=|/)\s?(?:为|是)?[\s:：]{0,3}$"
)
_BARE_COUNTRY = lazy_compile(r"(?<![0-9+＋])86-?$")  # before a number that may be one of another kind altogether
_OWN_CODE = lazy_compile(r"身份证|证件|银行卡|卡号|公民身份")
_ACCOUNT = lazy_compile(r"(?:账|帐)\s{0,4}(?:号|户)")
_HOLDER = lazy_compile(
    r"(?:开?\s?户\s{0,4}名(?:\s?称)?|(?:账|帐)户名称?|收款(?:单位|人)|单位(?:全称|名称)|名\s{0,4}称|全\s{0,4}称)(?:为|是)?"
    r"[\s:：|]{1,6}([^\s，。；;|]{2,40})"
)
_ORGANISATION = lazy_compile(
    r"公司|集团|中心|[局厅院所站社厂店部处行]$|委员会|政府|学校|大学|学院|[中小]学|医院|协会|学会|商会|基金会|联合会|研究|事务所|分局|支队|"
    r"管委会|村委|居委|办公室|财政|合作社|[（(].{1,6}[）)]$"
)
_OFFICIAL = lazy_compile(r"保证金|对公|基本(?:存款)?(?:账|帐)?户|专户|国库|缴款|收款单位|财政|非税|标书费")
_BEFORE = 24
_AROUND = 160
_AFTER = 60
_MIN_LENGTH = 7
_MAX_EACH = 20
_EDGE = 24
_END = lazy_compile(r"[0-9]\s*$")
_START = lazy_compile(r"\s*[0-9Xx]")
_FIRST = frozenset("0123456789Xx \t\n\u3000")  # what it begins with


class Number(NamedTuple):
    """A personal number: its place, and its digits without separators."""

    kind: str
    start: int
    end: int
    digits: str


def personal_findings(normalized: Normalized) -> tuple[Finding, ...]:
    """Return the personal data of a document, masked, without duplicates, at most 20 of a kind, in order of place."""
    found: dict[Finding, None] = {}
    counts: dict[str, int] = {}
    for finding in _all(normalized):
        if finding not in found and counts.get(finding.kind, 0) < _MAX_EACH:
            found[finding] = None
            counts[finding.kind] = counts.get(finding.kind, 0) + 1
    return tuple(found)


def _all(normalized: Normalized) -> Iterator[Finding]:
    whole = "\n".join([paragraph.text for paragraph in normalized.paragraphs])
    telling = _TELLING.search(whole) is not None
    before = ""
    for paragraph in normalized.paragraphs:
        text = paragraph.text
        if telling:
            yield from _in_paragraph(text, before)
            before = text[-_AROUND:] if len(text) >= _AROUND else f"{before[len(text) - _AROUND :]}\n{text}"
        if paragraph.rows:
            yield from address_findings(paragraph.rows)
    for row in joined_lines(paragraph.text for paragraph in normalized.paragraphs):
        yield from spread_findings(half_width(row))
    # Removed text, and text outside the body, is still in the original.
    removals = [removal.text for removal in normalized.removals if len(removal.text) >= _MIN_LENGTH]  # few of hundreds
    for text in chain((clue.value for clue in normalized.clues), removals, normalized.unseen):
        if len(text) >= _MIN_LENGTH and _TELLING.search(text):
            yield from findings_in(text)


def _in_paragraph(text: str, before: str) -> Iterator[Finding]:
    """Yield the personal data of a paragraph, and the number that is broken at its beginning."""
    if text[:1] in _FIRST and _START.match(text) and _END.search(before):
        yield from spread_findings(before[-_EDGE:] + "\n" + text[:_EDGE])
    if len(text) >= _MIN_LENGTH and _TELLING.search(text):
        yield from findings_in(text, before)


def findings_in(text: str, before: str = "") -> Iterator[Finding]:
    """Yield the personal data of one stretch of text.

    Args:
        text: The stretch.
        before: The preceding text, which may say whose number it is.
    """
    plain = half_width(text)
    for number in numbers_in(plain, before):
        yield Finding(number.kind, mask_number(number.digits))
    yield from spread_findings(plain)
    for match in addresses_in(plain):
        yield Finding("home_address", masked_address(match[1]))


def numbers_in(text: str, before: str = "") -> Iterator[Number]:
    """Yield the personal numbers written in one; the text has half-width digits."""
    for pattern, kind, holds in _NUMBERS if _LONG_NUMBER.search(text) else ():
        for match in pattern.finditer(text):
            digits = re.sub("[ -]", "", match.group()).upper()
            if not holds(digits) or _is_other_code(text, match.start()):
                continue
            if kind != "bank_card" or not _is_official(text, match.start(), before):
                yield Number(kind, *match.span(), digits)


def half_width(text: str) -> str:
    """Return a text of the same length with half-width digits, letters X, hyphens and spaces."""
    return text.translate(_HALF_WIDTH) if _WIDE.search(text) else text


def addresses_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the home addresses after their label, each the first group of its match."""
    if "住" in text or "户籍" in text or "户口" in text or "家庭" in text:
        yield from (match for match in ADDRESS.finditer(text) if is_address(match[1]))


def _is_other_code(text: str, start: int) -> bool:
    before = _BARE_COUNTRY.sub("", text[max(0, start - _BEFORE) : start])
    return bool(_OTHER_CODE.search(before)) and not _OWN_CODE.search(before)


def _is_official(text: str, start: int, before: str) -> bool:
    """Return whether a number is an organisation's account: called an account, and its holder is no person."""
    near = text[max(0, start - _BEFORE) : start]
    if _OWN_CODE.search(near) or not _ACCOUNT.search(near):
        return False
    around = f"{before}\n{text[:start]}"[-_AROUND:]
    holders = [match[1] for match in _HOLDER.finditer(around)] or _HOLDER.findall(text[start : start + _AFTER])
    if holders:
        return _ORGANISATION.search(holders[-1]) is not None
    return _OFFICIAL.search(around) is not None


_HALF_WIDTH = {0xFF10 + n: ord("0") + n for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0D: "-", 0x3000: " "}
_NUMBERS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_IDENTITY, "identity_card", is_identity_number),
    (_OLD_IDENTITY, "identity_card", is_old_identity_number),
    (_BANK_CARD, "bank_card", is_bank_card),
    (_MOBILE, "mobile_phone", is_mobile_number),
)
