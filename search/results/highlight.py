"""Highlights and snippets from stored text, in linear time; the same for every index.

Matching is done on folded simplified text. Folding keeps lengths, and a text in its original script is as long as the
simplified one, so the offsets of a mark are valid in all three.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from schemas.queries import Snippet
from search.query.analysis import expand, expanded_places, fold
from search.query.numbers.quantities import Quantity, all_quantities, quantity_of
from search.query.words import is_word

WINDOW = 120
SLACK = 40
STOPS = "。！？；!?;\n"


def whole(text: str, display: str | None, terms: Sequence[str], words: Collection[str] = ()) -> Snippet:
    """Return all of ``text`` with the matches of ``terms`` marked, shown as ``display`` if that has the same length."""
    return Snippet(text=_show(text, display), marks=_merge(find(text, terms, words)))


def densest(text: str, display: str | None, terms: Sequence[str], words: Collection[str] = ()) -> Snippet:
    """Return the snippet of about ``WINDOW`` characters with the most different terms, then the most matches.

    It begins at the start of a sentence if one is near; ``…`` marks a cut.
    """
    return find_densest(text, display, terms, words)[0]


def find_densest(
    text: str, display: str | None, terms: Sequence[str], words: Collection[str] = ()
) -> tuple[Snippet, int]:
    """Return what ``densest`` returns, and the offset in ``text`` of its first match (0 without one)."""
    shown = _show(text, display)
    matches = find(text, terms, words)
    if len(text) <= WINDOW + SLACK:
        return Snippet(text=shown, marks=_merge(matches)), 0
    first, last = _best_window(matches)
    start, end = _bounds(text, first, last)
    marks = [(max(a, start), min(b, end), term) for a, b, term in matches if a < end and b > start]
    return _cut(shown, start, end, _merge(marks)), first


def find(text: str, terms: Sequence[str], words: Collection[str] = ()) -> list[tuple[int, int, int]]:
    """Return the matches of squeezed ``terms`` in ``text`` as (start, end, index of the term), ascending.

    White space inside a match is ignored, as in the indexes. Terms in ``words`` match only as words, numbers and dates
    in any spelling.
    """
    folded = fold(expand(text))
    plain = ["" if term in words and quantity_of(term) else term for term in terms]
    found = [match for index, term in enumerate(plain) for match in _occurrences(folded, term, index)]
    found = [(start, end, at) for start, end, at in found if terms[at] not in words or is_word(folded, start, end)]
    found += _whole_numbers(folded, [quantity_of(term) if term in words else None for term in terms])
    if len(folded.split(maxsplit=1)) > 1:
        found.extend(_across_spaces(folded, ["" if term in words else term for term in terms]))
    places = expanded_places(text)
    if places is not None:
        found = [(places[start], places[end - 1] + 1, at) for start, end, at in found]
    return sorted(set(found))


def _whole_numbers(folded: str, asked: Sequence[Quantity | None]) -> list[tuple[int, int, int]]:
    """Return the matches of the requested numbers and dates that occur whole."""
    keys = {each.key: at for at, each in enumerate(asked) if each}
    there = all_quantities(folded) if keys else ()
    return [(each.start, each.end, keys[key]) for each in there for key in each.keys if key in keys]


def _occurrences(folded: str, term: str, index: int) -> list[tuple[int, int, int]]:
    found = []
    start = folded.find(term)
    while term and start >= 0:
        found.append((start, start + len(term), index))
        start = folded.find(term, start + len(term))
    return found


def _across_spaces(folded: str, terms: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the matches that white space interrupts."""
    places = [place for place, character in enumerate(folded) if not character.isspace()]
    squeezed = "".join([folded[place] for place in places])
    found = []
    for index, term in enumerate(terms):
        if len(term) > 1 and not term.isascii():
            for start, end, _ in _occurrences(squeezed, term, index):
                found.append((places[start], places[end - 1] + 1, index))
    return found


def _merge(matches: Sequence[tuple[int, int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the union of the matches as ascending disjoint ranges; adjacent ranges are joined."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in matches:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_window(matches: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """Return (first match start, last match end) of the best run of matches that fits the window."""
    best, best_score, first = (0, 0), (0, 0), 0
    inside: Counter[int] = Counter()
    for last, (_, end, term) in enumerate(matches):
        inside[term] += 1
        while end - matches[first][0] > WINDOW and first < last:
            left = matches[first][2]
            inside[left] -= 1
            if not inside[left]:
                del inside[left]
            first += 1
        score = (len(inside), last - first)
        if score > best_score:
            best, best_score = (matches[first][0], end), score
    return best


def _bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of a snippet around the matches from ``first`` to ``last``, at near sentence ends if any."""
    start = _after_stop(text, first - SLACK, first, default=first - SLACK // 2) if first > SLACK else 0
    end = min(len(text), max(start + WINDOW, min(last, start + 4 * WINDOW)))
    return start, _after_stop(text, end, min(end + SLACK, len(text)), default=end)


def _after_stop(text: str, start: int, end: int, *, default: int) -> int:
    """Return the offset after the first end of a sentence between ``start`` and ``end``."""
    return next((place + 1 for place in range(start, end) if text[place] in STOPS), default)


def _cut(shown: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Snippet:
    while start < end and shown[start].isspace():
        start += 1
    while end > start and shown[end - 1].isspace():
        end -= 1
    head = "" if start == 0 or shown[:start].rstrip(" ")[-1:] in STOPS else "…"
    tail = "" if end >= len(shown.rstrip()) or shown[end - 1] in STOPS else "…"
    shift = len(head) - start
    inside = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in marks if a < end and b > start)
    return Snippet(text=head + shown[start:end] + tail, marks=inside)


def _show(text: str, display: str | None) -> str:
    return display if display is not None and len(display) == len(text) else text
