"""Similar sections: the character pairs that are frequent in a section and rare in others (tf·idf)."""

from collections import Counter
from math import log

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from schemas.records import SectionRow
from search.query.analysis import pairs, squeeze

CHARACTERS = 4_000
WORDS = 25
# Share of these pairs that a similar section must have.
SHARE = 0.25


def like(searcher: tantivy.Searcher, schema: tantivy.Schema, row: SectionRow) -> Clause:
    """Return the query for sections similar to ``row``; it matches nothing if no other section shares its pairs."""
    words = telling_words(searcher, f"{row.heading or ''}\n{row.text}"[:CHARACTERS])
    terms = [(Occur.Should, Clause.term_query(schema, "text", word)) for word in words]
    return Clause.boolean_query(terms, max(1, round(len(terms) * SHARE))) if terms else Clause.empty_query()


def telling_words(searcher: tantivy.Searcher, text: str) -> list[str]:
    """Return the distinctive pairs of ``text``, highest tf·idf first."""
    counted = Counter(pair for pair in pairs(squeeze(text)) if pair.isalnum())
    weights = {}
    for word, count in counted.items():
        having = searcher.doc_freq("text", word)
        if having > 1:
            weights[word] = count * log(1 + searcher.num_docs / having)
    return sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
