"""Hits that say whether their document is still in force, those that are not behind those that are."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.office.validity import Repeal
from schemas.queries import DocumentHit, Query, SearchResult, Sort

Place = tuple[str, int]

# Who asks with one of these words asks for documents that are not in force, too.
ASKING = ("废止", "失效", "停止执行", "作废", "有效性")


def mark_hits(result: SearchResult, query: Query, ended: Mapping[Place, Repeal]) -> SearchResult:
    """Return a page of hits marked; within the page those not in force stand last, in their order.

    The order stays where it is one by date, and where the query asks for what was repealed.
    """
    if not ended or not any((hit.document_id, hit.article) in ended for hit in result.hits):
        return result
    hits = tuple(_marked(hit, ended) for hit in result.hits)
    if query.sort is Sort.RELEVANCE and not any(word in query.text for word in ASKING):
        hits = tuple(sorted(hits, key=lambda hit: hit.repealed is not None))
    return replace(result, hits=hits)


def _marked(hit: DocumentHit, ended: Mapping[Place, Repeal]) -> DocumentHit:
    known = ended.get((hit.document_id, hit.article))
    return replace(hit, repealed=known.words, repealed_by=known.document_id) if known else hit
