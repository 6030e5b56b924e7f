"""The six chapters of an annual report by their headings, on a line of their own or inside a line."""

import re
from collections.abc import Iterator, Sequence

from schemas.office.annual_report import Chapter
from workers.runtime.lazy_regex import lazy_compile

# By chapter: the form's own words and the variants that offices write.
_NAMES = (
    "总体情况|概述",
    "主动公开政府信息(?:的)?情况",
    "收到和处理政府信息公开申请(?:的)?情况",
    "(?:因)?政府信息公开(?:工作)?(?:被申请)?行政.{0,2}复议[、和及]?(?:提起)?行政诉讼(?:的)?情况",
    "(?:政府信息公开工作)?存在(?:的)?(?:主要)?问题[及和与](?:下步|下一步)?改进(?:情况|措施|工作)?(?:情况)?",
    "其他需要报告的(?:事项|情况)",
)
_NUMBERED = lazy_compile(
    "([一二三四五六七八九十])\\s?[、.．]\\s?(" + "|".join(f"({name})" for name in _NAMES) + ")[。：:]?"
)
_ALONE = lazy_compile("(" + "|".join(f"({name})" for name in _NAMES) + ")")
_OTHER_HEADING = lazy_compile(r"([一二三四五六七八九十])\s?[、.．]\s?([^。；，\n]{2,24})$", re.MULTILINE)
# What precedes a heading inside a line; after one of these words, headings are only listed.
_LISTED = "：；，、“《及和分"
_MAX_CONTENTS = 6


def read_chapters(paragraphs: Sequence[str]) -> tuple[str, tuple[Chapter, ...]]:
    """Return the text before the first chapter, and the chapters, of paragraphs without tables."""
    text = "\n".join(paragraphs)
    heads = _without_contents(list(_heads(text)), text)
    if not heads:
        return text, ()
    ends = [start for start, *_ in heads[1:]] + [len(text)]
    chapters = [
        Chapter(ordinal, number, heading, text[behind:end].strip())
        for (_, behind, ordinal, number, heading), end in zip(heads, ends, strict=True)
    ]
    return text[: heads[0][0]], tuple(chapters)


Head = tuple[int, int, int, str, str]
"""Start, end, chapter of the form (0: none of them), numeral, heading."""


def _heads(text: str) -> Iterator[Head]:
    found = [*_numbered(text), *_unnumbered(text)]
    known = {number for _, _, ordinal, number, _ in found if ordinal}
    taken = {start for start, *_ in found}
    found += [head for head in _others(text) if head[0] not in taken and head[3] not in known]
    yield from sorted(found)


def _numbered(text: str) -> Iterator[Head]:
    for match in _NUMBERED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not before or before not in _LISTED:
            ordinal = next(place for place in range(3, 9) if match[place]) - 2
            yield match.start(), match.end(), ordinal, match[1], match[2]


def _unnumbered(text: str) -> Iterator[Head]:
    start = 0
    for line in text.split("\n"):
        match = _ALONE.fullmatch(line.strip())
        if match:
            yield start, start + len(line), next(n for n in range(2, 8) if match[n]) - 1, "", line.strip()
        start += len(line) + 1


def _others(text: str) -> Iterator[Head]:
    """Yield lines with a numeral that head none of the six chapters: 「五、工作展望」."""
    for match in _OTHER_HEADING.finditer(text):
        if match.start() == 0 or text[match.start() - 1] == "\n":
            yield match.start(), match.end(), 0, match[1], match[2].strip()


def _without_contents(heads: list[Head], text: str) -> list[Head]:
    """Drop the table of contents: headings with no text that are repeated later."""
    kept = []
    for place, head in enumerate(heads):
        following = heads[place + 1 :]
        bare = bool(following) and len(text[head[1] : following[0][0]].strip()) <= _MAX_CONTENTS
        if not (bare and head[2] in {ordinal for _, _, ordinal, _, _ in following}):
            kept.append(head)
    return kept
