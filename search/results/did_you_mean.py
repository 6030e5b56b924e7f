"""Spelling suggestions (您是不是要找) for a search that found nothing: by pinyin, initials or homophones.

Only a correction that finds something is offered.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice

from schemas.queries import Query, SearchResult, Suggestion
from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.lexicon import HAN, load_shipped
from search.query.pinyin import initials, pinyin

Search = Callable[[Query], SearchResult]
Suggest = Callable[[str], list[Suggestion]]
MAX_LENGTH = 60
TRIED = 4


def search_with_correction(query: Query, search: Search, suggest: Suggest) -> SearchResult:
    """Return the result of ``search`` for ``query``, with a corrected query if it finds nothing."""
    found = search(query)
    if query.cursor is not None or not 1 < len(query.text.strip()) <= MAX_LENGTH:
        return found
    plain = replace(query, size=1, sections_each=1, offset=0, facets=(), explain=False)
    # A term with a wrong character may still find something by its other words.
    meant = candidates(query.text, suggest) if not found.documents else homophones(query.text)
    for text in islice(meant, TRIED):
        if search(replace(plain, text=text)).documents:
            return replace(found, instead=text)
    return found


def candidates(typed: str, suggest: Suggest) -> Iterator[str]:
    """Yield the corrections of ``typed``, the most likely first, each once."""
    yield from homophones(typed)
    key = _key(typed)
    if key.isascii() and key.isalpha():
        known = _terms().get(key, ())
        yield from dict.fromkeys([*known, *(each.text for each in suggest(key))])


def homophones(typed: str) -> Iterator[str]:
    """Yield the terms that sound like Chinese ``typed`` but are spelled differently."""
    key = _key(typed)
    if len(key) > 2 and HAN.fullmatch(key):
        known = _terms().get(pinyin(key), ())
        yield from (text for text in known if key not in known and len(text) == len(key))


def _key(typed: str) -> str:
    return squeeze(simplify(typed)).replace("'", "")


@cache
def _terms() -> Mapping[str, tuple[str, ...]]:
    """Return the terms of the shipped dictionary by their pinyin, followed by those by their initials."""
    made: dict[str, dict[str, None]] = {}
    for spell in (pinyin, initials):
        for word in load_shipped().ordered:
            made.setdefault(spell(word), {})[word] = None
    return {key: tuple(words) for key, words in made.items()}
