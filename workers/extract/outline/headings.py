"""Where a numbered line's heading ends and its text begins.

A heading is the whole line if that is short, or the first sentence of a run-in paragraph
(「一、统一思想。根据…」), or what stands before a kept space (「一、强化领导,增强规范性 为使…」). A numbered paragraph
without any of these has none.
"""

from workers.extract.outline.annual_report import format_heading_end
from workers.runtime.lazy_regex import lazy_compile

MAX_HEADING_LENGTH = 55
MAX_LENGTH_BEFORE_SPACE = 45
MIN_LENGTH_BEFORE_SPACE = 4
MAX_LENGTH_BEFORE_COLON = 24
NAME_LENGTH = 40
_MIN_LENGTH_BEHIND_COLON = 35
# 「主办单位：甲县政府」 gives a value, and is no heading as a whole; 「专题一：水利」 and 「第一阶段：动员」 are.
_VALUE_BEHIND = lazy_compile(r"(?:(?![第一二三四五六七八九十])[一-鿿、]){2,12}[：:]\s*\S")
_SPACE = lazy_compile(r"\s")
_BEFORE_SPACE = lazy_compile(r"([一-鿿、“”]{2,34})\s[^\s。；]{8,}[。；]")
_OPENING = tuple("“「『（(《〔")
_CLOSING = "”」』）)》"
_END_MARKS = "。.：:；;，,、！!"


def heading_end(text: str, *, sentence: int = MAX_HEADING_LENGTH, may_name: bool = False) -> int:
    """Return the offset at which the heading at the start of ``text`` ends; 0 if there is none.

    Args:
        text: What follows the number.
        sentence: How long a heading may be that is a paragraph of one sentence.
        may_name: Whether what stands before a colon may be the whole heading of a sentence (「年龄条件：达到…。」).
    """
    prescribed = format_heading_end(text)
    if prescribed:
        return prescribed + text.startswith(("：", ":"), prescribed)
    stop = text.find("。")
    if stop < 0:
        return _end_without_stop(text)
    stop += 1
    while stop < len(text) and text[stop] in _CLOSING:
        stop += 1
    space = _space_end(text, stop)
    if space:
        return space
    enumeration = text.find("一是", MIN_LENGTH_BEFORE_SPACE, min(stop, MAX_HEADING_LENGTH))
    if enumeration > 0:
        return enumeration
    named = _colon_end(text)
    if named and may_name and _VALUE_BEHIND.match(text):
        return named
    if named and stop - named >= _MIN_LENGTH_BEHIND_COLON and "，" in text[named:stop]:
        return named
    if stop - 1 <= (MAX_HEADING_LENGTH if stop < len(text) else sentence) and not _is_list(text[:stop]):
        return stop
    return named


def _end_without_stop(text: str) -> int:
    if text.endswith(";") or "；" in text:
        return 0
    space = _space_end(text, len(text))
    if space:
        return space
    if len(text) > MAX_HEADING_LENGTH or _VALUE_BEHIND.match(text):
        return _colon_end(text)
    return len(text)


def _space_end(text: str, stop: int) -> int:
    """Return the end of the text before the first kept space, if a separate sentence follows."""
    found = _SPACE.search(text, 0, MAX_LENGTH_BEFORE_SPACE + 1)
    space = found.start() if found else 0
    shortest = 2 if stop > MAX_HEADING_LENGTH else MIN_LENGTH_BEFORE_SPACE
    if not shortest <= space < stop - 1:
        return 0
    rest = text[space:stop].lstrip()
    if rest.startswith(_OPENING):
        return 0
    long_sentence = len(rest) > 15 and any(mark in rest for mark in "，,；;")
    return space if (long_sentence or stop > MAX_HEADING_LENGTH) and text[space - 1] not in "，,、；;" else 0


def lone_space_end(text: str) -> int:
    """Return the end of a few words without marks before the first space, if a sentence follows: 「概述 2013年，…」."""
    match = _BEFORE_SPACE.match(text)
    return match.end(1) if match else 0


def _colon_end(text: str) -> int:
    colon = min((place for mark in "：:" if (place := text.find(mark, 0, MAX_LENGTH_BEFORE_COLON + 1)) > 1), default=0)
    return colon + 1 if colon and not any(mark in text[:colon] for mark in "；;“《") else 0


def _is_list(sentence: str) -> bool:
    """Return whether a sentence is a list of its own (…；…。) rather than a heading."""
    return "；" in sentence or ";" in sentence


def clean_heading(text: str) -> str:
    """Return a heading without the marks that end it."""
    return text.rstrip().rstrip(_END_MARKS).rstrip()
