"""Checks of a record and its rows before indexing, and the keys derived from a row; the same for both indexes."""

import datetime
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from schemas.codec import encode
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, SectionRow
from search.query.numbers.quantities import index_keys

WITHOUT_ROWS = (State.HELD, State.FAILED, State.REMOVED)
# Lucene accepts terms up to 32,766 bytes, tantivy up to 65,530; longer keys are compared by their first bytes only.
KEY_BYTES = 8_000
# Both compile a prefix to an automaton of at most 1,000 states, about one for each byte.
PREFIX_BYTES = 500


def check(record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
    """Refuse a record that would break an invariant of the index.

    Raises:
        ValueError: A held, failed or removed record comes with rows, or a row belongs to another document.
        DocumentError: A text is not Unicode (it holds half a surrogate pair).
    """
    if sections and record.state in WITHOUT_ROWS:
        raise ValueError(f"{record.key}: a record of state {record.state} must come without sections")
    try:
        encode(record)
        for row in sections:
            if row.document_id != record.id:
                raise ValueError(f"{record.key}: section {row.id} belongs to another document")
            encode(row)
    except UnicodeEncodeError as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("text-not-unicode", error=str(error))) from error


def cut_key(key: str) -> str:
    """Return the part of ``key`` that an index compares: whole characters of its first ``KEY_BYTES`` bytes."""
    if len(key) * 4 <= KEY_BYTES:
        return key
    return key.encode()[:KEY_BYTES].decode(errors="ignore")


def is_long(prefix: str | None) -> bool:
    """Return whether a key prefix is too long for an index filter; it is then matched here, key by key."""
    return prefix is not None and len(prefix.encode(errors="surrogatepass")) > PREFIX_BYTES


def key_range(prefix: str) -> tuple[str, str]:
    """Return the bounds of the keys that begin with ``prefix``: the first inclusive, the second exclusive."""
    stem = prefix.rstrip("\U0010ffff")
    if not stem:
        return prefix, prefix + "\U0010ffff" * 8
    # The next character, skipping the surrogates U+D800 to U+DFFF.
    following = 0xE000 if stem[-1] == "\ud7ff" else ord(stem[-1]) + 1
    return prefix, stem[:-1] + chr(following)


def article_key(row: SectionRow) -> str:
    """Return the key of a row's article, shared by all its rows and no others."""
    return f"{row.document_id}-{row.article}"


def collapse_key(row: SectionRow) -> str:
    """Return the key shared by all rows of articles with the same text."""
    return row.fingerprint or article_key(row)


def hash63(value: str) -> int:
    """Return a hash of ``value`` below 2**63."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest()) >> 1


def day_number(row: SectionRow) -> int:
    """Return the day a document is sorted by, in days from the year 1: signed, else published; 0 if unknown.

    A month or year counts as its first day, and so does a date whose day does not exist.
    """
    numbers = [int(part) for part in (row.signed_on or row.published_on or str(row.year or "")).split("-") if part]
    while numbers:
        try:
            return datetime.date(*[*numbers, 1, 1][:3]).toordinal()
        except (ValueError, OverflowError):
            numbers.pop()
    return 0


def row_numbers(row: SectionRow) -> dict[str, str]:
    """Return the index keys of the numbers and dates of ``row`` by field, with a space between keys."""
    return {
        "title_numbers": _name_numbers(row.title or ""),
        "path_numbers": " ".join(filter(None, map(_name_numbers, row.path))),
        "text_numbers": " ".join(index_keys(row.text)),
    }


@lru_cache(maxsize=1024)
def _name_numbers(name: str) -> str:
    """Return the keys of a title or a heading, which the rows of a document have in common."""
    return " ".join(index_keys(name))
