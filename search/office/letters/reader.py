"""Reads a letter of answer: the result it gives by 条例第三十六条, and when the application was received.

A letter that cites an item of the paragraph has that result; another by its words (``results.json``). Names and quoted
words say nothing of the result and are left out.
"""

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from schemas.office.letters import NO_RESULT, AnswerResult, Clock, Letter
from schemas.records import SectionRow
from search.query.analysis import squeeze
from search.query.hanzi import simplify

_TABLE = Path(__file__).with_name("results.json")
_MARKS = "一二三四五六七"
_ABOUT = re.compile("政府信息|信息公开|依申请公开")
_ANSWERS = re.compile("(?:答复|告知|决定|回复|复)(?:书|函|意见|意见书|单)?$")
# Letters on the way to an answer, and texts about such letters.
_OTHER = re.compile("补正|补充|延期|延长|征求|征询|第三方|登记|回执|收费|说明理由|受理|[范样]本|模板|格式|文书")
_TAIL = re.compile(r"(?:[（(〔\[【][^（(〔\[【]*|[第号0-9〕\]）)】\-—之]|\s)+$")
_ITEM = "[（(]?[一二三四五六七][）)]?"
_CITED = re.compile(
    rf"条例》?(?:[（(][^（()）]{{0,20}}[）)])?(?:的?规定)?[^。；《》]{{0,20}}?第三十六条(?:的规定)?[，、]?"
    rf"第({_ITEM}(?:项?(?:[、和及]|以及)第?{_ITEM})*)项"
)
_QUOTED = re.compile('“[^“”]*”|「[^「」]*」|《[^《》]*》|"[^"]*"')
_SENTENCE = re.compile("[^。；\n]+[。；]?")
_DAY = "([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"
_RECEIVED = re.compile(rf"{_DAY}[，,]?(?:本|我)?[^，,。；0-9]{{0,6}}?(?:收到|收悉|接到)")
_EXTENDED = re.compile("(?<!不)(?:延期|延长)[^。；]{0,12}答复|延长[^。；]{0,8}期限")
_STOPPED = re.compile("征求[^。；]{0,20}意见")


@lru_cache
def load_results() -> tuple[AnswerResult, ...]:
    """Return the seven results, in their order."""
    listed = json.loads(_TABLE.read_text("utf-8"))["results"]
    return tuple(
        AnswerResult(number, one["mark"], one["text"], one["short"], tuple(one["words"]))
        for number, one in enumerate(listed, 1)
    )


def is_letter(title: str | None) -> bool:
    """Return whether a title is that of a letter of answer."""
    text = _TAIL.sub("", squeeze(simplify(title or "")))
    return bool(_ABOUT.search(text) and _ANSWERS.search(text)) and not _OTHER.search(text)


def read_letter(title: str | None, rows: Sequence[SectionRow]) -> Letter | None:
    """Return what an article says as a letter of answer; None if it is none."""
    if not is_letter(title):
        return None
    sentences = [(row.ordinal, text) for row in rows for text in _sentences(row)]
    found = _cited(sentences) or _worded(sentences)
    results = tuple(sorted(dict.fromkeys(number for number, _, _ in found)))
    first = found[0] if found else None
    whole = "".join(text for _, text in sentences)
    return Letter(
        results or (NO_RESULT,),
        first[1] if first else None,
        first[2] if first else "",
        _received(whole),
        Clock.STOPPED if _STOPPED.search(whole) else Clock.EXTENDED if _EXTENDED.search(whole) else Clock.PLAIN,
    )


Found = list[tuple[int, int, str]]
"""Results with the ordinal of their row and their sentence."""


def _cited(sentences: Sequence[tuple[int, str]]) -> Found:
    return [
        (_MARKS.index(mark) + 1, ordinal, text)
        for ordinal, text in sentences
        for cited in _CITED.finditer(text)
        for mark in re.findall(f"[{_MARKS}]", cited[1])
    ]


def _worded(sentences: Sequence[tuple[int, str]]) -> Found:
    return [
        (number, ordinal, text)
        for ordinal, text in sentences
        for number, pattern in _patterns()
        if pattern.search(_QUOTED.sub("", text))
    ]


@lru_cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((one.number, re.compile("|".join(one.words))) for one in load_results())


def _sentences(row: SectionRow) -> Iterator[str]:
    for line in (row.heading or "", *row.text.split("\n")):
        yield from (found[0] for found in _SENTENCE.finditer("".join(line.split())))


def _received(text: str) -> str | None:
    found = _RECEIVED.search(text)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None
