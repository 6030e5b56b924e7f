"""The elements at the foot of a formal document (版记 and 附注, GB/T 9704-2012, 7.3.7 and 7.4) and its copy's number.

「（此件公开发布）」 below the date is a note, 「国务院办公厅　2024年1月2日印发」 who sent it out and when,
「此件发至县团级」 how far down, 「000012」 above the letterhead the number of the copy.
"""

from collections.abc import Iterator

from workers.extract.grammar.dates import find_dates
from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_organ
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE = 0.95
_LAST, _MAX_LENGTH = 14, 60
_COPY = lazy_compile(r"^(?:份\s?号\s?[:：]?\s?)?([0-9]{6})(?=$|\s|[绝机秘特加])")
_NOTE = lazy_compile(r"^[（(]((?:此件|本件|联系人|此文)[^（()）]{2,40})[)）]$")
_LEVEL = lazy_compile(r"发至([一-鿿、，（）()]{2,20}?(?:级|层|单位|部门|支部))")
_PRINTED = lazy_compile(r"^(.{2,40}?)\s*((?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})\s?年.{2,8}日)\s?印\s?发?$")


def read_imprint(source: FactSource) -> Iterator[Fact]:
    """Read note, level of release, who printed it and when, and the number of the copy."""
    for line in (*source.page, *source.head):
        if match := None if line.table else _COPY.match(line.text):
            yield Fact("copy_number", match[1], line.text, "body", _SURE)
    for line in source.body[-_LAST:]:
        if not line.table and len(line.text) <= _MAX_LENGTH:
            yield from _foot(line)


def _foot(line: Line) -> Iterator[Fact]:
    if match := _NOTE.match(line.text):
        yield Fact("note", match[1], line.text, "imprint", _SURE)
    if match := _LEVEL.search(line.text) if "发至" in line.text else None:
        yield Fact("release_level", match[1], line.text, "imprint", _SURE)
    if match := _PRINTED.match(line.text) if "印" in line.text else None:
        organ = match[1].strip(" 　：:")
        dates = find_dates(match[2])
        if is_organ("".join(organ.split())):
            yield Fact("printed_by", organ, line.text, "imprint", _SURE)
        if dates and len(dates[0][0]) == len("2026-11-29"):
            yield Fact("printed_on", dates[0][0], line.text, "imprint", _SURE)
