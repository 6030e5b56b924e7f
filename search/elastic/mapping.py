"""Mappings, analysis and settings of the Elasticsearch indexes, as plain data.

Only features of the smallest distribution are used: no percolator, lifecycle policies, data streams or mapper extras.
"""

from typing import Any

from schemas.office.facts import LISTS, FactField
from search.elastic.client import DOCUMENTS, ServerOptions
from search.query.analysis import BLANKS, SPACES, composed_characters, foldable_characters
from search.query.boosts import K1, B

VERSION = 9
SECTIONS = "sections"
KEYWORD = {"type": "keyword", "ignore_above": 8000}
# A value stored for display or reading back: in the source, not indexed.
STORED = {"type": "object", "enabled": False}

# Single characters and their pairs share one field. It costs half of two fields for dictionary words and characters,
# and ranks better (docs/relevance.md): pairs rank, and a phrase is exact on them.
GRAMS = {"type": "text", "analyzer": "grams", "similarity": "short_sections"}
# Words of a section's text, as the IK plugin segments them; which sections hold a word, see search/elastic/query.py.
IK = {"type": "text", "analyzer": "ik_smart", "index_options": "docs", "norms": False}
# Words of names, which arrive already segmented, see search/elastic/serialize.py.
CUT = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "norms": False}

# Numbers and dates, whole; they arrive as keys separated by spaces.
NUMBERS = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}

# What the office counts of an article, see search/elastic/serialize.py.
FACT_FIELDS = (*FactField, *(f"{name}_each" for name in LISTS), "place", "signed_place", "published_place")
MAX_FACTS = 100_000

DOCUMENT_FIELDS = {
    "id": KEYWORD,
    "key_order": {"type": "keyword"},
    "state": KEYWORD,
    "format": KEYWORD,
    "category": KEYWORD,
    "parent": KEYWORD,
    "flags": KEYWORD,
    "size": {"type": "long"},
    "sections": {"type": "integer"},
    "modified_at": {"type": "double"},
    "indexed_at": {"type": "double"},
    "seconds": {"type": "float"},
    "container": {"type": "boolean"},
    # Derived from the articles and their rows for suggestions, citations and statistics; see serialize.py.
    "starts": KEYWORD,
    "names": KEYWORD,
    "cites": KEYWORD,
    "subjects": KEYWORD,
    "measures": KEYWORD,
    "issuers": KEYWORD,
    "facts": {"type": "nested", "properties": {str(name): KEYWORD for name in FACT_FIELDS}},
}

SECTION_FIELDS = {
    "document_id": KEYWORD,
    "key_order": {"type": "keyword"},
    # Equal for the rows of an article, and for the rows of articles with the same text. Integers, because counting
    # distinct ones costs a tenth of counting distinct keywords.
    "group": {"type": "long"},
    "fold": {"type": "long"},
    "ordinal": {"type": "integer"},
    "title": GRAMS,
    "path": GRAMS,
    "text": {**GRAMS, "fields": {"words": IK}},
    "title_words": CUT,
    "path_words": CUT,
    "title_numbers": NUMBERS,
    "path_numbers": NUMBERS,
    "text_numbers": NUMBERS,
    "statute": {"type": "boolean", "doc_values": False},
    "lexicon": KEYWORD,
    "issuer": KEYWORD,
    "number_key": KEYWORD,
    "title_key": KEYWORD,
    "year": {"type": "integer"},
    "day": {"type": "integer"},
    "region": KEYWORD,
    "kind": KEYWORD,
    "role": KEYWORD,
    "format": KEYWORD,
    "source": KEYWORD,
    # The row manifest of a document; see search/elastic/ingest/row_manifest.py.
    "rows": STORED,
    "generation": {"type": "long", "index": False, "doc_values": False},
}

# Every word is looked up with all its compounds in each segment, so few segments halve the cost of a search, while
# indexing costs the same (docs/measurements.md). Ten a tier is the server's default, which indexes of earlier versions
# do not have; segments below 16 MB count as equal, where the default is 2 MB.
MERGING = {"merge.policy.segments_per_tier": "10", "merge.policy.floor_segment": "16mb"}

FIELDS: dict[str, dict[str, Any]] = {DOCUMENTS: DOCUMENT_FIELDS, SECTIONS: SECTION_FIELDS}


def template(prefix: str, kind: str, *, refresh_seconds: float, options: ServerOptions) -> dict[str, Any]:
    """Return the index template of ``{prefix}-{kind}-*``; raise ``VERSION`` with any change of it."""
    shards = shards_of(kind, options)
    return {
        "index_patterns": [f"{prefix}-{kind}-*"],
        "priority": 200,
        "version": VERSION,
        "meta": {"shards": shards, **replica_settings(options), **MERGING},
        "template": {
            "settings": {
                "number_of_shards": shards,
                **replica_settings(options),
                "refresh_interval": refresh_interval(refresh_seconds),
                **MERGING,
                "analysis": analysis() if kind == SECTIONS else {},
                "mapping": {"nested_objects": {"limit": MAX_FACTS}},
                "similarity": {"short_sections": {"type": "BM25", "k1": K1, "b": B}},
            },
            # Fields not listed are stored in the source and not searchable.
            "mappings": {"dynamic": False, "_meta": {"version": VERSION}, "properties": FIELDS[kind]},
        },
    }


def shards_of(kind: str, options: ServerOptions) -> int:
    """Return the number of primary shards of a new index of this kind."""
    return options.shards if kind == SECTIONS else 1


def replica_settings(options: ServerOptions) -> dict[str, str]:
    """Return the replica settings of an index, in the form in which the server returns them."""
    if options.replicas is None:
        return {"auto_expand_replicas": "0-1"}
    return {"auto_expand_replicas": "false", "number_of_replicas": str(options.replicas)}


def analysis() -> dict[str, Any]:
    """Return the analyzers; they fold the same characters as queries do."""
    table = foldable_characters() | composed_characters()
    plain = {odd: plain for odd, plain in table.items() if plain != " "}
    return {
        "char_filter": {
            "squeeze": _mapping(plain | dict.fromkeys(SPACES + BLANKS, "")),
        },
        "tokenizer": {"characters_and_pairs": {"type": "ngram", "min_gram": 1, "max_gram": 2, "token_chars": []}},
        # A removed token keeps its position, so that the pairs of a phrase have the same distances as in the index.
        "filter": {"pairs_only": {"type": "length", "min": 2}},
        "analyzer": {
            name: {
                "type": "custom",
                "char_filter": ["squeeze"],
                "tokenizer": "characters_and_pairs",
                "filter": ["lowercase", *more],
            }
            for name, more in {"grams": [], "pairs": ["pairs_only"]}.items()
        },
    }


def _mapping(table: dict[str, str]) -> dict[str, Any]:
    lines = [f"{_code(odd)} => {_code(plain)}" for odd, plain in sorted(table.items())]
    return {"type": "mapping", "mappings": lines}


def _code(text: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in text)


def refresh_interval(seconds: float) -> str:
    """Return ``seconds`` as Elasticsearch writes a time."""
    return f"{round(seconds * 1000)}ms"
