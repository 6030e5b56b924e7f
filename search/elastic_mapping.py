"""What the Elasticsearch indexes hold: mappings, analysis and settings, as plain data.

Only features of the smallest distribution are used: no percolator, lifecycle policies, data streams or mapper extras.
"""

from typing import Any

from search.analysis import folded

VERSION = 3
DOCUMENTS, SECTIONS = "documents", "sections"
KEYWORD = {"type": "keyword", "ignore_above": 8000}
# A value stored for display or reading back: in the source, in no index.
STORED = {"type": "object", "enabled": False}

# Words are cut as finely as the dictionary allows when indexed and as coarsely when searched; the subfield holds
# single characters, on which a phrase is exact.
TEXT = {
    "type": "text",
    "analyzer": "all_words",
    "search_analyzer": "longest_words",
    "fields": {"exact": {"type": "text", "analyzer": "single_characters", "norms": False}},
}

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
    # Derived of the articles and their rows, see elastic_rows: for suggestions, citations and statistics.
    "starts": KEYWORD,
    "names": KEYWORD,
    "cites": KEYWORD,
    "subjects": KEYWORD,
    "measures": KEYWORD,
    "issuers": KEYWORD,
}

SECTION_FIELDS = {
    "document_id": KEYWORD,
    "key_order": {"type": "keyword"},
    # Equal for the rows of an article, and for the rows of articles with the same text.
    "group": {"type": "keyword"},
    "fold": {"type": "keyword"},
    "ordinal": {"type": "integer"},
    "title": TEXT,
    "heading": TEXT,
    "path": TEXT,
    "text": TEXT,
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
    # The claim of a document: which rows it may have; see elastic_write.
    "rows": STORED,
    "generation": {"type": "long", "index": False, "doc_values": False},
}

FIELDS: dict[str, dict[str, Any]] = {DOCUMENTS: DOCUMENT_FIELDS, SECTIONS: SECTION_FIELDS}


def template(prefix: str, kind: str, *, refresh_seconds: float) -> dict[str, Any]:
    """Return the index template of ``{prefix}-{kind}-*``; raise ``VERSION`` with any change of it."""
    return {
        "index_patterns": [f"{prefix}-{kind}-*"],
        "priority": 200,
        "version": VERSION,
        "template": {
            "settings": {
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
                "refresh_interval": refresh_interval(refresh_seconds),
                "analysis": analysis() if kind == SECTIONS else {},
            },
            # Fields not listed are kept in the source and searched by nobody.
            "mappings": {"dynamic": False, "_meta": {"version": VERSION}, "properties": FIELDS[kind]},
        },
    }


def analysis() -> dict[str, Any]:
    """Return the analyzers; what they fold is what queries fold."""
    return {
        "char_filter": {
            "fold": {
                "type": "mapping",
                "mappings": [f"\\u{ord(odd):04x} => \\u{ord(plain):04x}" for odd, plain in sorted(folded().items())],
            }
        },
        "tokenizer": {"each_character": {"type": "simple_pattern", "pattern": "[^ \t\n\u000b\f\r\u001c-\u001f]"}},
        "analyzer": {
            name: {"type": "custom", "char_filter": ["fold"], "tokenizer": tokenizer, "filter": ["lowercase"]}
            for name, tokenizer in {
                "all_words": "ik_max_word",
                "longest_words": "ik_smart",
                "single_characters": "each_character",
            }.items()
        },
    }


def refresh_interval(seconds: float) -> str:
    """Return ``seconds`` as Elasticsearch writes a time."""
    return f"{round(seconds * 1000)}ms"
