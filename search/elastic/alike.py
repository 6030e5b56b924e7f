"""Which sections speak of the same as one: those that share most of its telling words.

The server's own ``more_like_this`` weighs words by the shard it happens to look at: of a few documents on several
shards it finds none, and of many others than on one. So a shard proposes words and the whole index weighs them.
"""

from collections.abc import Mapping
from math import log
from typing import Any

from schemas.records import SectionRow
from search.elastic.client import ElasticClient
from search.elastic.filters import Clause

# How much of a section's text is looked at, how many words its shard proposes, how many are asked for, and how many of
# these must be shared.
CHARACTERS = 4_000
PROPOSED = 200
WORDS = 25
SHARE = "25%"
FIELD = "text"


def alike_clause(client: ElasticClient, index: str, row: SectionRow) -> Clause | None:
    """Return what sections match that are like ``row``; None where it has no word that another section has."""
    found = _proposed(client, index, row)
    rows = _rows_with(client, index, list(found)) if found else {}
    total = rows.pop("", 0)
    weights = {
        word: count * (1 + log((total + 1) / (rows[word] + 1))) for word, count in found.items() if rows[word] > 1
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
    if not best:
        return None
    return {"bool": {"should": [{"term": {FIELD: word}} for word in best], "minimum_should_match": SHARE}}


def _proposed(client: ElasticClient, index: str, row: SectionRow) -> Mapping[str, int]:
    """Return pairs of characters and how often each stands in the text: those its own shard finds most telling."""
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


def _rows_with(client: ElasticClient, index: str, words: list[str]) -> dict[str, int]:
    """Return how many rows hold each word; under the empty word how many there are."""
    asked = {str(place): {"term": {FIELD: word}} for place, word in enumerate(words)}
    counted: Clause = {"words": {"filters": {"filters": asked}}}
    answer = client.call(lambda server: server.search(index=index, size=0, aggs=counted, track_total_hits=True))
    buckets = answer["aggregations"]["words"]["buckets"]
    found = {word: int(buckets[str(place)]["doc_count"]) for place, word in enumerate(words)}
    return {**found, "": int(answer["hits"]["total"]["value"])}
