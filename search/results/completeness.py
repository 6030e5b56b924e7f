"""Tell hits that hold every word asked for from those that hold only some of them; the same for every index.

This reads the stored rows, as highlights and explanations do. What a search requires of a row is decided elsewhere
(``search.query.ways``): only its last way, ``loose``, finds rows without some of the words.
"""

from collections.abc import Sequence

from schemas.records import SectionRow
from search.query.analysis import squeeze
from search.query.numbers.quantities import index_keys, quantity_of
from search.query.parser import ParsedQuery


def missing_words(rows: Sequence[SectionRow], parsed: ParsedQuery) -> tuple[str, ...]:
    """Return the words of the query that the most complete of ``rows`` does not hold; empty if one holds all.

    A word counts as held where one of its synonyms stands, a number or date only as a whole, and words that are
    asked for in the title only there.
    """
    return min((_missing_from(row, parsed) for row in rows), key=len, default=())


def words_in(text: str, words: Sequence[str]) -> list[str]:
    """Return those of ``words`` whose characters occur in ``text``; numbers and dates only if they occur whole."""
    quantities = {word: quantity_of(word) for word in words}
    squeezed, keys = squeeze(text), set(index_keys(text)) if any(quantities.values()) else set()
    return [word for word, found in quantities.items() if (found.key in keys if found else word in squeezed)]


def _missing_from(row: SectionRow, parsed: ParsedQuery) -> tuple[str, ...]:
    texts = [row.title or ""] if parsed.in_title else [row.title or "", "\n".join(row.path), row.text]
    held = {word for text in texts for word in words_in(text, parsed.words)}
    for group in parsed.groups:
        if any(words_in(text, group.forms) for text in texts):
            held.update(group.words)
    return tuple(word for word in parsed.words if word not in held)
