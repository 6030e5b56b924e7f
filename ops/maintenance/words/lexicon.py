"""The dictionary of a collection: builds it from titles and issuers, and lists the documents a change affects."""

from collections.abc import Iterator

from schemas.outcomes import SEARCHABLE
from schemas.records import ArticleSummary
from search.protocol import RecordStore
from search.query.lexicon import Lexicon, build_lexicon, changed_words, touches

ALL = 1_000_000_000


def build(index: RecordStore, known: Lexicon) -> Lexicon:
    """Return ``known`` extended by the words of the collection in ``index``."""
    return build_lexicon(_articles(index), known)


def changes(index: RecordStore, before: Lexicon, after: Lexicon) -> Iterator[str]:
    """Yield, in order, the keys of documents that ``after`` segments differently; one request per document."""
    words = changed_words(before, after)
    if words is None:
        return
    for record in index.records(states=SEARCHABLE, limit=ALL):
        rows = index.sections(record.id)
        if any(row.lexicon != after.version for row in rows) and touches(words, rows):
            yield record.key


def _articles(index: RecordStore) -> Iterator[ArticleSummary]:
    for record in index.records(states=SEARCHABLE, limit=ALL):
        yield from record.articles
