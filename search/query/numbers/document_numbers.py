"""文号 in the one form they are compared in, read in whatever brackets they have or have lost."""

import re

from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.numbers.provisions import STATE

_ISSUER = "[a-z\u3400-\u9fff]"
_YEAR = r"((?:19|20)\d\d)"
# Of folded text: 国办发(2017)42号, also with 第 before the number and a space between its parts.
NUMBER = re.compile(rf"({_ISSUER}{{1,16}})\s?\(\s?{_YEAR}\s?\)\s?(?:第\s?)?(\d{{1,6}})\s?号")
# The same where its brackets were lost on the way, 国办发?2017?42号 or 国办发2017 42号; in 国办发201742号 and
# 国办发2017年42号 the last character of the office's sign tells that it is one.
_BARE = (
    re.compile(rf"({_ISSUER}{{1,16}})[?*(-]?{_YEAR}(?:[?*)-]\s?|\s)(\d{{1,6}})\s?号"),
    re.compile(rf"({_ISSUER}{{1,15}}[发函办规字文通电复])[?*(-]?{_YEAR}(\d{{1,5}})号"),
    re.compile(rf"({_ISSUER}{{1,15}}[发函字])\s?{_YEAR}年(\d{{1,5}})号"),
)
# What all of them have, found much sooner.
_MAYBE_BARE = re.compile(rf"{_YEAR}(?:[?*)-]\s?|\s|年)?\d{{1,6}}\s?号")
# Its sign was left out when it was typed: 国办发〔2017〕42.
_UNSIGNED = re.compile(rf"({_ISSUER}{{1,15}}[发函办规字文通电复])\({_YEAR}\)(\d{{1,6}})(?![\d号])")
# 国务院令第711号, under whatever name of the state stands before it.
DECREE = re.compile(r"([\u3400-\u9fff]{1,20}令)\s?\(?第\s?(\d{1,6})\s?号\)?")
_SIGN_LENGTHS = (1, 2, 3)


def read_numbers(bare: str) -> tuple[list[str], str]:
    """Return the keys of the 文号 in folded ``bare``, and what stands beside them."""
    numbers: list[str] = []
    for pattern in (NUMBER, *_BARE, _UNSIGNED):
        numbers += [_key(match) for match in pattern.finditer(bare)]
        bare = pattern.sub(" ", bare)
    return numbers + [_decree_key(match) for match in DECREE.finditer(bare)], DECREE.sub(" ", bare)


def bare_number_keys(folded: str) -> list[str]:
    """Return what the 文号 of folded text that lost their brackets are indexed under: the end of an office's sign."""
    if not _MAYBE_BARE.search(folded):
        return []
    found = [_key(match) for pattern in _BARE for match in pattern.finditer(folded)]
    return [number[max(0, _head(number) - length) :] for number in found for length in _SIGN_LENGTHS]


def number_key(document_number: str) -> str:
    """Return a 文号 in the one form it is compared in: 国办发〔2017〕第042号 and 国办发[2017]42号 are the same."""
    return DECREE.sub(_decree_key, NUMBER.sub(_key, squeeze(simplify(document_number))))


def number_keys(number: str) -> list[str]:
    """Return the keys ``number`` may stand for: words typed right before a 文号 may not belong to it."""
    return [number[start:] for start in range(_head(number))]


def short_number(number: str) -> str:
    """Return the end of a 文号 that still identifies it inside running text: 国办发(2017)42号 of 见国办发(2017)42号."""
    return number[max(0, _head(number) - max(_SIGN_LENGTHS)) :]


def _key(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]}){int(match[3])}号"


def _decree_key(match: re.Match[str]) -> str:
    return f"{match[1].removeprefix(STATE)}第{int(match[2])}号"


def _head(number: str) -> int:
    """Return where the issuer's name ends in a 文号 key."""
    return number.index("(") if "(" in number else number.index("令")
