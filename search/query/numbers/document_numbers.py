"""Normalise 文号 to one form for comparison, with any kind of brackets or with lost ones."""

import re
from functools import lru_cache

from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.numbers.provisions import STATE

_ISSUER = "[a-z\u3400-\u9fff]"
_YEAR = r"((?:19|20)\d\d)"
# For folded text: 国办发(2017)42号, also with 第 before the number and a space between its parts.
NUMBER = re.compile(rf"({_ISSUER}{{1,16}})\s?\(\s?{_YEAR}\s?\)\s?(?:第\s?)?(\d{{1,6}})\s?号")
# The same with lost brackets, 国办发?2017?42号 or 国办发2017 42号; 国办发201742号 and 国办发2017年42号 are recognised
# by the last character of the office's sign.
_BARE = (
    re.compile(rf"({_ISSUER}{{1,16}})[?*(-]?{_YEAR}(?:[?*)-]\s?|\s)(\d{{1,6}})\s?号"),
    re.compile(rf"({_ISSUER}{{1,15}}[发函办规字文通电复])[?*(-]?{_YEAR}(\d{{1,5}})号"),
    re.compile(rf"({_ISSUER}{{1,15}}[发函字])\s?{_YEAR}年(\d{{1,5}})号"),
)
# A part that all of them share: a cheap test before the patterns above.
_MAYBE_BARE = re.compile(rf"{_YEAR}(?:[?*)-]\s?|\s|年)?\d{{1,6}}\s?号")
# Typed without the final 号: 国办发〔2017〕42.
_UNSIGNED = re.compile(rf"({_ISSUER}{{1,15}}[发函办规字文通电复])\({_YEAR}\)(\d{{1,6}})(?![\d号])")
# 国务院令第711号, with or without the name of the state before it.
DECREE = re.compile(r"([\u3400-\u9fff]{1,20}令)\s?\(?第\s?(\d{1,6})\s?号\)?")
_SIGN_LENGTHS = (1, 2, 3)


def read_numbers(bare: str) -> tuple[list[str], str]:
    """Return the keys of the 文号 in folded ``bare``, and the rest of the text."""
    numbers: list[str] = []
    for pattern in (NUMBER, *_BARE, _UNSIGNED):
        numbers += [_key(match) for match in pattern.finditer(bare)]
        bare = pattern.sub(" ", bare)
    return numbers + [_decree_key(match) for match in DECREE.finditer(bare)], DECREE.sub(" ", bare)


def bare_number_keys(folded: str) -> list[str]:
    """Return the index keys of the 文号 in folded text that lost their brackets, from the end of the office's sign."""
    if not _MAYBE_BARE.search(folded):
        return []
    found = [_key(match) for pattern in _BARE for match in pattern.finditer(folded)]
    return [number[max(0, _head(number) - length) :] for number in found for length in _SIGN_LENGTHS]


@lru_cache(maxsize=1024)
def number_key(document_number: str) -> str:
    """Return a 文号 in the form for comparison: 国办发〔2017〕第042号 and 国办发[2017]42号 are equal."""
    return DECREE.sub(_decree_key, NUMBER.sub(_key, squeeze(simplify(document_number))))


def number_keys(number: str) -> list[str]:
    """Return the possible keys of ``number``: words typed right before a 文号 may not belong to it."""
    return [number[start:] for start in range(_head(number))]


def short_number(number: str) -> str:
    """Return the end of a 文号 that still identifies it in running text: 国办发(2017)42号 of 见国办发(2017)42号."""
    return number[max(0, _head(number) - max(_SIGN_LENGTHS)) :]


def _key(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]}){int(match[3])}号"


def _decree_key(match: re.Match[str]) -> str:
    return f"{match[1].removeprefix(STATE)}第{int(match[2])}号"


def _head(number: str) -> int:
    """Return the offset in a 文号 key where the issuer's name ends."""
    return number.index("(") if "(" in number else number.index("令")
