"""Short names that texts give: 「公共租赁住房（以下简称公租房）」. Whether one is used, a person decides.

Only contractions are told, whose characters stand in the full name in their order and apart (公租房), and short titles
of laws. A mere part of a name (企业 of 外商投资企业) says less than the name, and holds for its own document alone. How
far the full name reaches to the left is told as Schwartz and Hearst do for English ("A simple algorithm for identifying
abbreviation definitions in biomedical text", 2003), to the beginning of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.segmenter import tokenize

MIN_LENGTH, MAX_LENGTH, MAX_FULL_LENGTH = 2, 12, 40
# A contraction is this many times as short as its name at least.
TIMES_SHORTER = 1.3
# In a bracket behind a name, said to be its short name or, if it is a contraction, not said to be anything.
_BRACKET = re.compile(r"[（(]([^（()）]{2,60})[)）]")
_SAID = re.compile(r"(?:以下|下文|下称|统一)?(?:简称|下称)(?:为|[:：])?")
_UNBRACKETED = re.compile(r"[,，]?以下简称(?:为|[:：])?[“\"「《]([^”\"」》，。；]{2,14})[”\"」》]")
_QUOTES = "“”\"「」『』《》〈〉 \u3000'‘’"
_EITHER = re.compile(r"、|或者|或|和|,|，")
_END_OF_PART = re.compile(r"[，。；：、！？,;:!?\n（）()“”\"「」《》]")
_TITLE = re.compile(r"《([^《》]{2,60})》\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LAW = re.compile(r"[\u3400-\u9fff]{2,}(?:法|条例|法典)")
# What a name does not begin with: it is told apart from the sentence before it.
_LEADING = frozenset(
    {"对", "由", "在", "经", "按", "按照", "根据", "依照", "依据", "和", "与", "及", "以及", "或", "的", "为", "为了"}
    | {"向", "从", "将", "把", "是", "即", "等", "本", "该", "其", "各", "符合", "申请", "设立"}
)


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name, what it is short for, and the words that say so."""

    short: str
    full: str
    evidence: str


def find_short_names(text: str) -> Iterator[ShortName]:
    """Yield the short names ``text`` gives, in its order."""
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
    """Tell a name from a description, which has 的 in it."""
    return _HAN.fullmatch(words) is not None and "的" not in words


def _full_name(before: str, short: str) -> str | None:
    """Return the name at the end of ``before`` that ``short`` is short for; None where there is none."""
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
    """Return where in ``part`` the name begins that ends it and holds the characters of ``short`` in their order."""
    place = len(part)
    for character in reversed(short):
        place = part.rfind(character, 0, place)
        if place < 0:
            return None
    words = tokenize(part)
    place = next((start for _, start, end in words if start <= place < end), place)
    if part[place:] != short:
        return place
    # The end of the name is the short title itself: what stands before it belongs to it, up to a word that cannot.
    for word, _, end in reversed(words):
        if end <= place and (word in _LEADING or not _HAN.fullmatch(word)):
            return end
    return 0


def is_contraction(short: str, full: str) -> bool:
    """Tell whether the characters of ``short`` stand in ``full`` in their order, and not side by side."""
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
