"""Suggestions, citations and statistics from the embedded index."""

from collections.abc import Iterator, Sequence

import tantivy

from schemas.queries import ArticleLink, StatisticRow, StatisticsQuery, Suggestion
from search.results.autocomplete import CANDIDATES, choose_suggestions, typed_key
from search.results.citations import cited_links, citing_links, names
from search.results.statistics import clamp, statistic_rows
from search.tantivy.document_store import DocumentStore

MAX_KEYS = 1_000


def suggest(searcher: tantivy.Searcher, schema: tantivy.Schema, typed: str, *, size: int) -> list[Suggestion]:
    """Return the suggestions that begin with ``typed``."""
    prefix = typed_key(typed)
    if not prefix:
        return []
    # The term dictionary still has deleted terms, so each term is counted among live rows.
    terms = (term for term, _ in searcher.terms_with_prefix("starts", prefix, limit=size * CANDIDATES))
    queries = ((term, tantivy.Query.term_query(schema, "starts", term)) for term in terms)
    return choose_suggestions(((term, round(searcher.cardinality(query, "group"))) for term, query in queries), size)


def list_citing(ledger: DocumentStore, document_id: str, article: int, *, size: int) -> list[ArticleLink]:
    """Return articles that cite an article of a document."""
    record = ledger.record(document_id)
    keys = [name for each in record.articles if each.ordinal == article for name in names(each)] if record else []
    found = ledger.find_linked(keys, cites=True, limit=size + 1)
    return [link for each in found for link in citing_links(each, keys, but=(document_id, article))][:size]


def list_cited(ledger: DocumentStore, keys: Sequence[str], *, size: int) -> list[ArticleLink]:
    """Return articles that have one of the names ``keys``."""
    found = ledger.find_linked(list(keys)[:MAX_KEYS], cites=False, limit=size)
    return [link for each in found for link in cited_links(each, keys)][:size]


def statistics(ledger: DocumentStore, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Stream the statistics that match ``query``."""
    query = clamp(query)
    for record in ledger.stream_with_statistics(query.prefix or "", query):
        yield from statistic_rows(record, query)
