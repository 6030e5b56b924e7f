"""What both indexes ask of a record and its rows before they take them, and the values they derive from a row."""

import datetime
import hashlib
from collections.abc import Sequence

from pydantic_core import PydanticSerializationError

from schemas.codec import encode
from schemas.errors import DocumentError
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, SectionRow

WITHOUT_ROWS = (State.HELD, State.FAILED, State.REMOVED)
# Lucene takes no term above 32,766 bytes, tantivy none above 65,530; longer keys are compared by this much of them.
KEY_BYTES = 8_000
# Both compile a prefix to an automaton of at most 1,000 states, about one for each byte.
PREFIX_BYTES = 500


def check(record: DocumentRecord, sections: Sequence[SectionRow]) -> None:
    """Refuse what would break an invariant of the index.

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
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise DocumentError(Category.CORRUPT, f"the text is not Unicode and cannot be indexed: {error}") from error


def cut_key(key: str) -> str:
    """Return as much of ``key`` as an index compares: whole characters of its first ``KEY_BYTES`` bytes."""
    if len(key) * 4 <= KEY_BYTES:
        return key
    return key.encode()[:KEY_BYTES].decode(errors="ignore")


def is_long(prefix: str | None) -> bool:
    """Tell whether a key prefix is too long to be matched by an index; such a one is matched here, key by key."""
    return prefix is not None and len(prefix.encode(errors="surrogatepass")) > PREFIX_BYTES


def key_range(prefix: str) -> tuple[str, str]:
    """Return the bounds of the keys that begin with ``prefix``: from the first, up to but without the second."""
    stem = prefix.rstrip("\U0010ffff")
    if not stem:
        return prefix, prefix + "\U0010ffff" * 8
    # The next character; there is none from U+D800 to U+DFFF.
    following = 0xE000 if stem[-1] == "\ud7ff" else ord(stem[-1]) + 1
    return prefix, stem[:-1] + chr(following)


def article_key(row: SectionRow) -> str:
    """Return the value all rows of an article share and no others have."""
    return f"{row.document_id}-{row.article}"


def collapse_key(row: SectionRow) -> str:
    """Return the value all rows of articles with the same text share."""
    return row.fingerprint or article_key(row)


def hash63(value: str) -> int:
    """Return a number below 2**63 that stands for ``value``."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest()) >> 1


def day_number(row: SectionRow) -> int:
    """Return the day a document is listed by, counted from the year 1: signed, else published; 0 if unknown.

    A month or year, and a day that its month does not have, counts from the first of what there is.
    """
    numbers = [int(part) for part in (row.signed_on or row.published_on or str(row.year or "")).split("-") if part]
    while numbers:
        try:
            return datetime.date(*[*numbers, 1, 1][:3]).toordinal()
        except (ValueError, OverflowError):
            numbers.pop()
    return 0
