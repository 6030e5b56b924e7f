"""The decisions people make on documents that stay hidden until a person releases them.

A decision is an object in the derived store. A
release names the version (ETag) it is for: an overwritten document is judged anew. A hold is for the document, whatever
its version, until somebody releases it.
"""

from dataclasses import dataclass
from enum import StrEnum

from schemas.codec import decode, encode
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem, State
from schemas.records import DocumentRecord, RecordKey, document_id
from workers.storage.protocol import ObjectStore

BY_PERSON = Problem.of("extract", Sentence.of("held-by-person"))


class Verdict(StrEnum):
    """A person's verdict on a document; ``withdrawn`` is a release that no longer counts."""

    RELEASE = "release"
    HOLD = "hold"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a document.

    Attributes:
        verdict: A release is for one version, a hold for every version until it is lifted.
        etag: Of the version the person saw.
        who: As in ``ops.audit_log.append_entry``; empty in old releases, which did not record it.
        at: Seconds since 1970.
    """

    verdict: Verdict
    etag: str
    who: str = ""
    at: float = 0.0


def record_decision(derived: ObjectStore, key: str, decision: Decision) -> None:
    """Store a person's decision on a document, replacing any earlier one.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.write(_place(key), encode(decision), content_type="application/json")


def find_decision(derived: ObjectStore, key: str) -> Decision | None:
    """Return the stored decision on a document, or None.

    Raises:
        DependencyError: The store does not answer.
    """
    data = derived.read(_place(key))
    if data is None:
        return None
    # Old format: a release was just the ETag.
    return decode(Decision, data) if data[:1] == b"{" else Decision(Verdict.RELEASE, data.decode("utf-8"))


def forget_decision(derived: ObjectStore, key: str) -> None:
    """Remove the decision on a document.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.remove(_place(key))


def apply_decision(found: tuple[Problem, ...], decision: Decision | None, *, etag: str) -> tuple[Problem, ...]:
    """Return why a version of a document is held once the decision is applied; empty if it is not.

    Args:
        found: As ``workers.extract.sensitive.hold_reasons.hold_problems`` returns it.
        decision: A person's, if there is one.
        etag: Of the version.
    """
    if decision is not None and decision.verdict is Verdict.HOLD:
        return (BY_PERSON, *found)
    return () if _releases(decision, etag) else found


def is_released(derived: ObjectStore, key: str, *, etag: str) -> bool:
    """Return whether a person released this version of a document.

    Raises:
        DependencyError: The store does not answer.
    """
    return _releases(find_decision(derived, key), etag)


def was_released(derived: ObjectStore, record: DocumentRecord | RecordKey) -> bool:
    """Return whether a document recorded as held was released since, so that it must be looked at again.

    Raises:
        DependencyError: The store does not answer.
    """
    return record.state is State.HELD and is_released(derived, record.key, etag=record.etag)


def was_decided(derived: ObjectStore, record: DocumentRecord) -> bool:
    """Return whether a decision contradicts the record: a held document was released, or a shown one held.

    Raises:
        DependencyError: The store does not answer.
    """
    decision = find_decision(derived, record.key)
    if record.state is State.HELD:
        return _releases(decision, record.etag)
    return decision is not None and decision.verdict is Verdict.HOLD


def _releases(decision: Decision | None, etag: str) -> bool:
    return decision is not None and decision.verdict is Verdict.RELEASE and decision.etag == etag


def _place(key: str) -> str:
    return f"released/{document_id(key)}"
