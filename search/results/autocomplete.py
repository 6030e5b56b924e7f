"""Suggestions while someone types: the terms of a row, and the choice of those shown.

A term consists of the key that typed text is compared with, a sign of its kind, and the text to show. The key is made
of letters and digits only (``title_key``), or of the characters' pinyin initials: ``zfxxgk`` finds 政府信息公开.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Literal

from schemas.queries import Suggestion
from schemas.records import SectionRow
from search.query.parser import title_key

Kind = Literal["title", "issuer", "number", "heading"]

KINDS: dict[str, Kind] = {"t": "title", "i": "issuer", "n": "number", "h": "heading"}
# A private-use character that no text contains: ``title_key`` removes it.
BREAK = "\ue000"
MAX_LENGTH = 80
MAX_HEADING_LENGTH = 30
MAX_INITIALS_LENGTH = 12
# Maximum of terms of one document; a workbook may have thousands of headings.
MAX_TERMS = 120
# Candidates read for each suggestion shown.
CANDIDATES = 6

# The first character of each initial among the 3,755 common ones, which GB 2312-80 sorts by pinyin.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_INITIALS = "abcdefghjklmnopqrstwxyz"
_BOUNDS = [character.encode("gb2312") for character in _FIRST]
_LAST = "座".encode("gb2312")


def _read(name: str) -> list[list[str]]:
    lines = (resources.files("search") / "data" / name).read_text("utf-8").splitlines()
    return [line.split(" ") for line in lines]


# From the readings of pypinyin 0.55 (MIT): the initials of the second level of GB 2312-80, and of words of two or three
# characters in which a character has another reading than alone.
_SECOND_LEVEL = {character: letter for letter, characters in _read("initials.txt") for character in characters}
_POLYPHONES = {word: letters for letters, *words in _read("polyphones.txt") for word in words}


def terms(rows: Iterable[SectionRow]) -> list[str]:
    """Return the terms of all ``rows`` of a document, each once."""
    found: dict[str, None] = {}
    for row in rows:
        found.update(dict.fromkeys(row_terms(row)))
        if len(found) >= MAX_TERMS:
            break
    return list(found)[:MAX_TERMS]


def row_terms(row: SectionRow) -> Iterator[str]:
    """Yield the terms of one row: its heading, and those of the article from its opening row."""
    if row.heading and len(row.heading) <= MAX_HEADING_LENGTH:
        yield _term("h", title_key(row.heading), row.heading)
    if row.ordinal:
        return
    for kind, text in (("t", row.title), ("i", row.issuer)):
        if text:
            shown = text[:MAX_LENGTH]
            yield _term(kind, title_key(shown), shown)
            for short in dict.fromkeys((initials(shown), spoken_initials(shown))):
                if len(short) > 1:
                    yield _term(kind, short[:MAX_INITIALS_LENGTH], shown)
    if row.document_number:
        yield _term("n", title_key(row.document_number), row.document_number[:MAX_LENGTH])


def typed_key(typed: str) -> str:
    """Return the prefix that terms must have; empty if the typed text has no letter or digit."""
    key = title_key(typed[:MAX_LENGTH])
    return key[:MAX_INITIALS_LENGTH] if key.isascii() and key.isalpha() else key


def initials(text: str) -> str:
    """Return the first letter of each character's pinyin, without characters outside GB 2312."""
    return "".join(_initial(character) for character in title_key(text))


def spoken_initials(text: str) -> str:
    """Return the initials with words read as words: cqs of 重庆市, though 重 alone is z; 社会计划 is read both ways."""
    key, at, found = title_key(text), 0, ""
    while at < len(key):
        word = next((key[at : at + length] for length in (3, 2) if key[at : at + length] in _POLYPHONES), "")
        found += _POLYPHONES[word] if word else _initial(key[at])
        at += len(word) or 1
    return found


def choose_suggestions(counted: Iterable[tuple[str, int]], size: int) -> list[Suggestion]:
    """Return the ``size`` best of the terms, given with their numbers of documents.

    The most frequent come first; at most half are of one kind, as long as there are others.
    """
    best: Counter[tuple[Kind, str]] = Counter()
    for term, count in counted:
        _, sign, shown = term.split(BREAK)
        best[KINDS[sign], shown] = max(best[KINDS[sign], shown], count)
    ranked = sorted(best.items(), key=lambda found: (-found[1], len(found[0][1]), found[0][1]))
    made = [Suggestion(shown, kind, count) for (kind, shown), count in ranked if count]
    first, rest = _halve(made, (size + 1) // 2)
    return (first + rest)[:size]


def _halve(made: Sequence[Suggestion], most: int) -> tuple[list[Suggestion], list[Suggestion]]:
    seen: Counter[str] = Counter()
    first: list[Suggestion] = []
    rest: list[Suggestion] = []
    for suggestion in made:
        seen[suggestion.kind] += 1
        (first if seen[suggestion.kind] <= most else rest).append(suggestion)
    return first, rest


def _term(sign: str, key: str, shown: str) -> str:
    return f"{key}{BREAK}{sign}{BREAK}{shown.replace(BREAK, ' ')}"


def _initial(character: str) -> str:
    if character.isascii():
        return character
    code = character.encode("gb2312", "ignore")
    if code > _LAST:
        return _SECOND_LEVEL.get(character, "")
    return _INITIALS[bisect_right(_BOUNDS, code) - 1] if _BOUNDS[0] <= code else ""
