"""Document numbers cited without a title: 「按国办发〔2017〕42号文件要求」."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from schemas.articles import Reference
from workers.extract.grammar.document_number import find_document_number, read_document_number
from workers.extract.references.citations import Citation
from workers.runtime.lazy_regex import lazy_compile

_YEAR_AND_NUMBER = r"[〔［\[【(（﹝]\s?(?:19|20)[0-9]{2}\s?年?[〕］\]】)）﹞]\s?(?:第\s?)?[0-9]{1,5}\s?号"
_BRACKET = lazy_compile(_YEAR_AND_NUMBER)
_NUMBER = lazy_compile(r"[一-鿿]{1,16}\s?" + _YEAR_AND_NUMBER)
_MAX_ORGAN_LENGTH = 17
_WORDS = lazy_compile(
    "根据|依据|按照|依照|遵照|参照|执行|落实|贯彻|转发|印发|废止|详见|文件|通知|以及|同时|见|按|和|及|与|经|由|以|的|对|在|将|原|照"
)
_BASIS = lazy_compile("(?:根据|依据|按照|依照|遵照|参照|按)[^，,。；;]{0,12}$")
_REPEALED = lazy_compile("^[^，,。；;]{0,16}(?:废止|失效)")
_AROUND = 24
_MAX_LINE_LENGTH = 60


def find_bare_numbers(
    text: str, citations: Sequence[Citation], own_number: str | None
) -> Iterator[tuple[int, Reference]]:
    """Yield (offset, reference) of each 文号 that stands by itself in ``text``; not those that belong to a title."""
    starts = [citation.start for citation in citations]
    for match in _numbers(text):
        place = bisect_right(starts, match.end()) - 1
        if place >= 0 and match.start() < citations[place].end:
            continue
        words = list(_WORDS.finditer(match.group()))
        start = match.start() + (words[-1].end() if words else 0)
        number = find_document_number(text[start : match.end()])
        low = max(0, start - _MAX_LINE_LENGTH)
        line = text[max(low, text.rfind("\n", low, start) + 1) : match.end() + 4].partition("\n")[0]
        if number is None or number == own_number or read_document_number(line):
            continue
        yield start, Reference(None, number, (), _kind(text, start, match.end()), _evidence(text, start, match.end()))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_NUMBER``, tried only in front of its few possible brackets."""
    done = 0
    for bracket in _BRACKET.finditer(text):
        match = _NUMBER.search(text, max(done, bracket.start() - _MAX_ORGAN_LENGTH), bracket.end())
        if match:
            yield match
            done = match.end()


def _kind(text: str, start: int, end: int) -> str:
    if _REPEALED.search(text[end : end + _AROUND]):
        return "repeals"
    return "basis" if _BASIS.search(text[max(0, start - _AROUND) : start]) else "mentions"


def _evidence(text: str, start: int, end: int) -> str:
    before = re.split("[，,。；;\n]", text[max(0, start - _AROUND) : start])[-1]
    behind = re.split("[，,。；;\n]", text[end : end + _AROUND], maxsplit=1)[0]
    return f"{before}{text[start:end]}{behind}".strip()
