"""Sections similar to one: those that share most of its distinctive words.

The server's own ``more_like_this`` weighs words by the statistics of one shard: for few documents on several shards it
finds nothing, and for many its hits differ from those on one shard. So a shard proposes words and the whole index
weighs them.
"""

from collections.abc import Mapping
from math import log
from typing import Any

from schemas.records import SectionRow
from search.elastic.client import ElasticClient
from search.elastic.filters import Clause

# Characters of text compared, words proposed by the shard, words in the query, and the share of them that must match.
CHARACTERS = 4_000
PROPOSED = 200
WORDS = 25
SHARE = "25%"
FIELD = "text"


def alike_clause(client: ElasticClient, index: str, row: SectionRow) -> Clause | None:
    """Return the query for sections similar to ``row``; None if no other section shares a word with it."""
    found = _propose_words(client, index, row)
    rows = _count_rows(client, index, list(found)) if found else {}
    total = rows.pop("", 0)
    weights = {
        word: count * (1 + log((total + 1) / (rows[word] + 1))) for word, count in found.items() if rows[word] > 1
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
    if not best:
        return None
    return {"bool": {"should": [{"term": {FIELD: word}} for word in best], "minimum_should_match": SHARE}}


def _propose_words(client: ElasticClient, index: str, row: SectionRow) -> Mapping[str, int]:
    """Return the character pairs that the row's shard finds most distinctive, each with its frequency in the text."""
    text = f"{row.heading or ''}\n{row.text}"[:CHARACTERS]

    def ask(server: Any) -> Any:
        return server.termvectors(
            index=index,
            routing=row.document_id,
            doc={FIELD: text},
            fields=[FIELD],
            per_field_analyzer={FIELD: "pairs"},
            filter={"max_num_terms": PROPOSED, "min_term_freq": 1, "min_doc_freq": 1},
            term_statistics=True,
            field_statistics=False,
            offsets=False,
            positions=False,
        )

    terms = client.call(ask)["term_vectors"].get(FIELD, {"terms": {}})["terms"]
    return {word: each["term_freq"] for word, each in terms.items()}


def _count_rows(client: ElasticClient, index: str, words: list[str]) -> dict[str, int]:
    """Return the number of rows with each word, and under the empty word the number of all rows."""
    asked = {str(place): {"term": {FIELD: word}} for place, word in enumerate(words)}
    counted: Clause = {"words": {"filters": {"filters": asked}}}
    answer = client.call(lambda server: server.search(index=index, size=0, aggs=counted, track_total_hits=True))
    buckets = answer["aggregations"]["words"]["buckets"]
    found = {word: int(buckets[str(place)]["doc_count"]) for place, word in enumerate(words)}
    return {**found, "": int(answer["hits"]["total"]["value"])}
