"""What else is asked of the embedded index: suggestions, citations, statistics."""

import json
from collections.abc import Iterator, Sequence

import tantivy

from schemas.queries import ArticleLink, StatisticRow, StatisticsQuery, Suggestion
from search.ledger import Ledger
from search.links import cited_links, citing_links, names
from search.statistics import bounded, statistic_rows
from search.suggesting import CANDIDATES, chosen, typed_key

MOST_KEYS = 1_000


def suggest(searcher: tantivy.Searcher, schema: tantivy.Schema, typed: str, *, size: int) -> list[Suggestion]:
    """Return what begins with ``typed``."""
    prefix = typed_key(typed)
    if not prefix:
        return []
    # The dictionary still knows what was deleted, so each term is counted among what is there.
    terms = (term for term, _ in searcher.terms_with_prefix("starts", prefix, limit=size * CANDIDATES))
    queries = ((term, tantivy.Query.term_query(schema, "starts", term)) for term in terms)
    return chosen(((term, round(searcher.cardinality(query, "group"))) for term, query in queries), size)


def citing(ledger: Ledger, document_id: str, article: int, *, size: int) -> list[ArticleLink]:
    """Return articles that cite an article of a document."""
    record = ledger.record(document_id)
    keys = [name for each in record.articles if each.ordinal == article for name in names(each)] if record else []
    found = ledger.linked(keys, cites=True, limit=size + 1)
    return [link for each in found for link in citing_links(each, keys, but=(document_id, article))][:size]


def cited(ledger: Ledger, keys: Sequence[str], *, size: int) -> list[ArticleLink]:
    """Return articles that bear one of the names ``keys``."""
    found = ledger.linked(list(keys)[:MOST_KEYS], cites=False, limit=size)
    return [link for each in found for link in cited_links(each, keys)][:size]


def statistics(ledger: Ledger, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Stream statistics."""
    query = bounded(query)
    parts = [part for part in (query.subject, query.measure, query.issuer) if part]
    # As the text stands in the record's JSON; what is only similar is sorted out by the rows.
    texts = ['"statistics":[{', *(json.dumps(part, ensure_ascii=False)[1:-1] for part in parts)]
    for record in ledger.holding(query.prefix or "", texts):
        yield from statistic_rows(record, query)
