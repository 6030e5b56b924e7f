"""The labels that page systems print around a text, and a reader of lines made of them.

``WEB`` are labels only a page system writes, ``LOOSE`` those a document may use itself (a notice of a meeting has a
时间), ``META`` those of the metadata table of a disclosure page.
"""

import re
from collections.abc import Iterable

from workers.normalize.vocabulary import vocabularies
from workers.runtime.lazy_regex import lazy_compile

_TERMS = vocabularies("labels.txt")
WEB, LOOSE, META = (frozenset(_TERMS[name]) for name in ("web", "loose", "meta"))

_COLON = "[:：]"
_SPREAD = " {0,4}"  # 「索 引 号：」
_SENTENCE = lazy_compile("[。；;！!]")
_CLOCK = lazy_compile(r"\d{1,2}:\d{2}")
_STAMP = lazy_compile(
    r"\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?(?: {0,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?(?: ?(?:更新|发布))?"
)
_MAX_LENGTH = 300
_MAX_VALUE_LENGTH = 60


def _pattern(labels: Iterable[str]) -> str:
    spread = (_SPREAD.join(label) for label in sorted(labels, key=len, reverse=True))
    return "|".join(spread)


_LABEL = lazy_compile(rf"(?<![\u3400-\u9fff])({_pattern(WEB | LOOSE | META)}){_SPREAD}{_COLON}")


def has_colon(text: str) -> bool:
    """Return whether a line can have a label at all."""
    return ":" in text or "：" in text


def read_labels(text: str) -> list[tuple[str, str]]:
    """Return the labels and values a line is made of, in order; nothing unless it is made of them altogether.

    A time stamp before the first label comes back as ``发布时间``: 「2005-02-06 13:26更新 来源：转载文章」.
    """
    if len(text) > _MAX_LENGTH or not has_colon(text) or _SENTENCE.search(text):
        return []
    found = list(_LABEL.finditer(text))
    if not found:
        return []
    before = text[: found[0].start()].strip(" |【[(（")
    stamp = [("发布时间", before)] if before and _STAMP.fullmatch(before) else []
    if before and not stamp:
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    pairs = [
        (re.sub(" ", "", match[1]), text[match.end() : end].strip(" |【】[]()（）\t"))
        for match, end in zip(found, ends, strict=True)
    ]
    return stamp + pairs if all(len(value) <= _MAX_VALUE_LENGTH for _, value in pairs) else []


def is_web_stamp(label: str, value: str) -> bool:
    """Return whether a loose label's value gives a page system away: a date with hours and minutes."""
    return label in {"时间", "日期"} and bool(_STAMP.fullmatch(value) and _CLOCK.search(value))
