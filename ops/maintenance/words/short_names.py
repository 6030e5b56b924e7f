"""Finds short names defined in texts: 「公共租赁住房（以下简称公租房）」. A person decides which are used.

Accepts only contractions, whose characters occur in the full name in order and apart (公租房), and short titles of
laws. A mere part of a name (企业 of 外商投资企业) means less than the name and is valid only in its own document. The
left end of the full name is found as by Schwartz and Hearst for English ("A simple algorithm for identifying
abbreviation definitions in biomedical text", 2003), and extended to the beginning of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.segmenter import tokenize

MIN_LENGTH, MAX_LENGTH, MAX_FULL_LENGTH = 2, 12, 40
# A name must be at least this many times as long as its contraction.
TIMES_SHORTER = 1.3
# In a bracket after a name: declared as its short name, or a contraction without a declaration.
_BRACKET = re.compile(r"[（(]([^（()）]{2,60})[)）]")
_SAID = re.compile(r"(?:以下|下文|下称|统一)?(?:简称|下称)(?:为|[:：])?")
_UNBRACKETED = re.compile(r"[,，]?以下简称(?:为|[:：])?[“\"「《]([^”\"」》，。；]{2,14})[”\"」》]")
_QUOTES = "“”\"「」『』《》〈〉 \u3000'‘’"
_EITHER = re.compile(r"、|或者|或|和|,|，")
_END_OF_PART = re.compile(r"[，。；：、！？,;:!?\n（）()“”\"「」《》]")
_TITLE = re.compile(r"《([^《》]{2,60})》\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LAW = re.compile(r"[\u3400-\u9fff]{2,}(?:法|条例|法典)")
# A name does not begin with these; they separate it from the sentence before it.
_LEADING = frozenset(
    {"对", "由", "在", "经", "按", "按照", "根据", "依照", "依据", "和", "与", "及", "以及", "或", "的", "为", "为了"}
    | {"向", "从", "将", "把", "是", "即", "等", "本", "该", "其", "各", "符合", "申请", "设立"}
)


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name, its full name, and the words that define it."""

    short: str
    full: str
    evidence: str


def find_short_names(text: str) -> Iterator[ShortName]:
    """Yield the short names that ``text`` defines, in order."""
    text = simplify(text)
    for found in _BRACKET.finditer(text):
        said = _SAID.match(found[1].strip())
        yield from _named(text, found, found[1].strip()[said.end() :] if said else found[1], said=bool(said))
    for found in _UNBRACKETED.finditer(text):
        yield from _named(text, found, found[1], said=True)


def _named(text: str, found: re.Match[str], inside: str, *, said: bool) -> Iterator[ShortName]:
    before = text[max(0, found.start() - MAX_FULL_LENGTH - 2) : found.start()]
    parts = _EITHER.split(inside)
    if not said and len(parts) > 1:
        return  # a list of examples
    for written in parts:
        short = squeeze(written.strip(_QUOTES))
        full = _full_name(before, short) if _may_be_short(short) else None
        if full and (said or is_contraction(short, full)):
            yield ShortName(short, full, f"{full}{found[0]}")


def _may_be_short(short: str) -> bool:
    return MIN_LENGTH <= len(short) <= MAX_LENGTH and _is_name(short)


def _is_name(words: str) -> bool:
    """Return whether this is a name and not a description, which contains 的."""
    return _HAN.fullmatch(words) is not None and "的" not in words


def _full_name(before: str, short: str) -> str | None:
    """Return the full name of ``short`` at the end of ``before``, or None."""
    titled = _TITLE.search(before)
    if titled:
        full = squeeze(titled[1])
        return full if is_contraction(short, full) or _is_short_title(short, full) else None
    part = _END_OF_PART.split(before)[-1].strip()
    start = _start(part, short)
    if start is None:
        return None
    full = squeeze(part[start:])
    if len(full) > MAX_FULL_LENGTH or not _is_name(full):
        return None
    return full if is_contraction(short, full) or _is_short_title(short, full) else None


def _start(part: str, short: str) -> int | None:
    """Return the start in ``part`` of the name at its end that contains the characters of ``short`` in order."""
    place = len(part)
    for character in reversed(short):
        place = part.rfind(character, 0, place)
        if place < 0:
            return None
    words = tokenize(part)
    place = next((start for _, start, end in words if start <= place < end), place)
    if part[place:] != short:
        return place
    # The name ends with the short title itself: extend it to the left up to a word no name begins with.
    for word, _, end in reversed(words):
        if end <= place and (word in _LEADING or not _HAN.fullmatch(word)):
            return end
    return 0


def is_contraction(short: str, full: str) -> bool:
    """Return whether the characters of ``short`` occur in ``full`` in order, but not side by side."""
    if short in full or len(full) < TIMES_SHORTER * len(short):
        return False
    place = -1
    for character in short:
        place = full.find(character, place + 1)
        if place < 0:
            return False
    return True


def _is_short_title(short: str, full: str) -> bool:
    return full.endswith(short) and full != short and _LAW.fullmatch(short) is not None
