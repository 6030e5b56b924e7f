"""The ways of searching that are tried in order until enough is found; the same for every index."""

from typing import Literal

from search.query.numbers.quantities import quantity_of
from search.query.parser import ParsedQuery

# ``listing`` finds opening rows, ``every_row`` all rows, ``words`` rows with every word as a word, ``strict`` rows with
# the characters of every word, ``loose`` rows with some of the words.
How = Literal["listing", "everything", "words", "strict", "loose"]
# A search for more than two words that finds fewer articles than this continues with ``loose``.
ENOUGH = 10
BY_CHARACTERS = "没有以词出现的命中，以下仅为字面相连的结果。"


def ways(parsed: ParsedQuery, *, literal: bool) -> tuple[How, ...]:
    """Return the ways to try, in order; ``literal`` leaves out ``words``."""
    asked = len(parsed.words)
    apart = any(found.bare for word in parsed.quantities if (found := quantity_of(word)))
    some: tuple[How, ...] = ("loose",) if asked > 1 or apart else ()
    if literal or not parsed.told_apart:
        return ("strict", *some)
    return ("words", *some) if asked > 2 else ("words", "strict", *some)


def enough(parsed: ParsedQuery, articles: int) -> bool:
    """Return whether a way that found ``articles`` is the last to try; a complete 文号 needs no wider search."""
    return articles >= (ENOUGH if len(parsed.words) > 2 and not parsed.quantities else 1)


def notes_of(parsed: ParsedQuery, how: How, *, literal: bool) -> tuple[str, ...]:
    """Return the notes for the searcher about the way that found the hits."""
    return (BY_CHARACTERS,) if how == "strict" and not literal and parsed.told_apart else ()
