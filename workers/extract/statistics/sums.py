"""Parts of a number that do not add up: 「城区一级共2907条…城区一级信息中：…573条，…1947条，…173条，…114条」 are 2807.

A list of parts need not be complete, so that only a sum above the whole, or just short of it, is reported.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from schemas.articles import Statistic
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.runtime.lazy_regex import lazy_compile

Placed = tuple[int, Statistic]
_OF = lazy_compile("(?:(?P<whole>[一-鿿]{2,10}?)(?:信息)?中[:：,，]|其中)")
_OF_END = lazy_compile("中[:：,，]|其中")
_MAX_NAME_LENGTH = 14
_ENDS = lazy_compile("[。！？\n]")
_NEAR = 0.9
_MIN_COUNT = 3
_REACH = 400


def check_parts(numbers: Sequence[Placed], text: str) -> Iterator[Problem]:
    """Yield a problem for each list of parts whose sum passes its whole or just misses it.

    Args:
        numbers: (offset, statistic) of the sentences' numbers, by rising offset.
        text: The text they were read from.
    """
    places = [place for place, _ in numbers]
    lists = list(_lists(text)) if numbers else []
    for match, following in zip_longest(lists, lists[1:]):
        before = numbers[bisect_left(places, match.start() - _REACH) : bisect_left(places, match.start())]
        whole = _whole([row for _, row in before], match["whole"])
        if whole is None:
            continue
        end = _ENDS.search(text, match.end(), match.end() + _REACH)
        limit = min(end.start() if end else match.end() + _REACH, following.start() if following else len(text))
        # 「…10件，其中…6件，…；…诉讼3件，其中…」: what opens the next list is no part of this one.
        limit = _before_next(text, match.end(), limit) if following else limit
        listed = numbers[bisect_left(places, match.end()) : bisect_left(places, limit)]
        parts = [row.value for _, row in listed if row.unit == whole.unit]
        total = sum(parts)
        if len(parts) >= _MIN_COUNT and total != whole.value and total >= _NEAR * whole.value:
            said = Sentence.of(
                "statistics-parts-differ",
                whole=whole.subject,
                value=whole.value,
                unit=whole.unit,
                count=len(parts),
                total=total,
            )
            yield Problem.of("extract", said, place="statistics")


def _lists(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_OF``, tried only around its few possible ends."""
    done = 0
    for end in _OF_END.finditer(text):
        match = _OF.search(text, max(done, end.start() - _MAX_NAME_LENGTH), end.end() + _MAX_NAME_LENGTH)
        if match and match.start() <= end.start() >= done:
            yield match
            done = match.end()


def _before_next(text: str, start: int, limit: int) -> int:
    """Return where the clause before the next list begins: after the last semicolon, else ``limit``."""
    place = max(text.rfind(mark, start, limit) for mark in "；;")
    return place if place >= 0 else limit


def _whole(before: Sequence[Statistic], name: str | None) -> Statistic | None:
    """Return the number the list is of: the one of the name before 中, else the last before 其中."""
    named = [row for row in before if name is None or row.subject == name]
    return named[-1] if named else None
