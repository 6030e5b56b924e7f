"""Which documents nobody may find before a person releases them, and what a release is.

The setting ``hold`` names the kinds of findings that hold a document. A release is an object in the derived store that
names the version (ETag) it is for: an overwritten document is judged anew.
"""

from collections.abc import Collection

from schemas.articles import Extracted
from schemas.glossary import FINDINGS
from schemas.outcomes import Problem, State
from schemas.records import DocumentRecord, RecordKey, document_id
from workers.storage.protocol import ObjectStore

_SHOWN = 3


def hold_problems(extracted: Extracted, kinds: Collection[str]) -> tuple[Problem, ...]:
    """Return why a document is held, one problem for each kind of finding, masked; empty where it is not.

    Args:
        extracted: The document.
        kinds: Keys of ``schemas.glossary.FINDINGS`` that hold a document.
    """
    found = {kind: [item.text for item in extracted.findings if item.kind == kind] for kind in FINDINGS}
    return tuple(
        Problem("extract", f"含{FINDINGS[kind]}（{_join_texts(texts)}），经人工放行后方可检索")
        for kind, texts in found.items()
        if texts and kind in kinds
    )


def record_release(derived: ObjectStore, key: str, *, etag: str) -> None:
    """Record that a person releases this version of a document.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.write(_place(key), etag.encode("utf-8"), content_type="text/plain")


def is_released(derived: ObjectStore, key: str, *, etag: str) -> bool:
    """Return whether a person released this version of a document.

    Raises:
        DependencyError: The store does not answer.
    """
    return derived.read(_place(key)) == etag.encode("utf-8")


def was_released(derived: ObjectStore, record: DocumentRecord | RecordKey) -> bool:
    """Return whether a document recorded as held was released since, so that it has to be looked at again.

    Raises:
        DependencyError: The store does not answer.
    """
    return record.state is State.HELD and is_released(derived, record.key, etag=record.etag)


def _place(key: str) -> str:
    return f"released/{document_id(key)}"


def _join_texts(texts: list[str]) -> str:
    more = f" 等 {len(texts)} 处" if len(texts) > _SHOWN else ""
    return "、".join(texts[:_SHOWN]) + more
