"""Filter the matches of a saved search to those that the current documents still contain.

A document may have been overwritten to remove something from it; earlier matches must not disclose it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

from schemas.records import SectionRow
from schemas.searches import Match
from search.protocol import RecordStore


def section_mark(row: SectionRow) -> str:
    """Return an identifier of a section by its document and text: 32 hexadecimal digits."""
    text = json.dumps([row.document_id, row.article, row.heading, row.text], ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def keep_current(index: RecordStore, matches: Sequence[Match]) -> list[Match]:
    """Return the matches whose document may be shown and still contains the section unchanged, in order.

    Raises:
        DependencyError: The index does not answer.
    """
    records = index.records_of(list(dict.fromkeys(match.document_id for match in matches)))
    shown = [identifier for identifier, record in records.items() if record.state.is_searchable]
    standing = {section_mark(row) for identifier in shown for row in index.sections(identifier)}
    return [match for match in matches if match.mark in standing]
