"""Which documents belong to which items of a standard catalogue: by the words of the item in their titles."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from schemas.office.catalogues.standard import MatchedItem, StandardItem, StandardMatch
from schemas.office.facts import SHOWN, FactField, FoundFact
from search.office.catalogue.classes import plain_title
from search.protocol import FactStore

KEPT = 20
_LEAST = 4
_PARTS = re.compile(r"[、，,；;。/／\s]|[0-9]{1,2}[.．、]|[（(][^）)]{0,40}[）)]|以及|及其|和|及|等")
# What says nothing of the matter itself.
_GENERAL = re.compile("信息|情况|相关|有关|内容|工作|公开|文件|政策法规|其他|说明")


def match_items(index: FactStore, items: Sequence[StandardItem]) -> list[MatchedItem]:
    """Return the items with their documents, in one pass over the index."""
    places = _by_beginning(items)
    counts, found = [0] * len(items), [list[StandardMatch]() for _ in items]
    for shown in index.list_facts({FactField.STATE: (SHOWN,)}):
        for place in _places_of(shown.fact.plain, places):
            counts[place] += 1
            if len(found[place]) < KEPT or found[place][-1].dated < _dated(shown):
                found[place] = _newest([*found[place], _match(shown)])
    return [MatchedItem(item, counts[place], found[place]) for place, item in enumerate(items)]


def item_terms(item: StandardItem) -> tuple[str, ...]:
    """Return the words of which one in a title makes a document belong to an item: its name and its elements."""
    parts = (part for text in (item.name, item.contents) for part in _PARTS.split(text))
    whole = (plain_title(item.name), *map(plain_title, parts))
    terms = (term for text in whole for term in (text, _GENERAL.sub("", text)))
    return tuple(dict.fromkeys(term for term in terms if len(term) >= _LEAST and not _is_general(term)))


def _by_beginning(items: Sequence[StandardItem]) -> dict[str, list[tuple[str, int]]]:
    """Return the words with the place of their item, by their first characters, so that a title is looked at once."""
    found: dict[str, list[tuple[str, int]]] = {}
    for place, item in enumerate(items):
        for term in item_terms(item):
            found.setdefault(term[:_LEAST], []).append((term, place))
    return found


def _places_of(title: str, places: Mapping[str, Sequence[tuple[str, int]]]) -> set[int]:
    return {
        place
        for start in range(len(title) - _LEAST + 1)
        for term, place in places.get(title[start : start + _LEAST], ())
        if title.startswith(term, start)
    }


def _dated(shown: FoundFact) -> str:
    return max(shown.fact.signed_on, shown.fact.published_on)


def _match(shown: FoundFact) -> StandardMatch:
    fact = shown.fact
    dates = fact.signed_on or None, fact.published_on or None
    return StandardMatch(shown.key, shown.document_id, fact.article, fact.title or shown.key, *dates)


@lru_cache(maxsize=4096)
def _is_general(term: str) -> bool:
    return not _GENERAL.sub("", term)


def _newest(matches: Sequence[StandardMatch]) -> list[StandardMatch]:
    return sorted(matches, key=lambda one: one.dated, reverse=True)[:KEPT]
