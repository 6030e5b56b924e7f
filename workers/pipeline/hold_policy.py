"""Which documents nobody may find before a person releases them, and what a person decides.

The setting ``hold`` names the kinds of findings that hold a document. A decision is an object in the derived store. A
release names the version (ETag) it is for: an overwritten document is judged anew. A hold is for the document, whatever
its version, until somebody releases it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.articles import Extracted, Finding
from schemas.codec import decode, encode
from schemas.families import CHILD_MARK
from schemas.glossary import FINDINGS
from schemas.outcomes import Problem, State
from schemas.records import DocumentRecord, RecordKey, document_id
from workers.extract.sensitive.personal import findings_in
from workers.storage.protocol import ObjectStore

BY_PERSON = Problem("extract", "经人工决定暂不公开，经人工放行后方可检索")
_SHOWN = 3


def hold_problems(extracted: Extracted, kinds: Collection[str], *, key: str = "") -> tuple[Problem, ...]:
    """Return why a document is held, one problem for each kind of finding, masked; empty where it is not.

    Args:
        extracted: The document.
        kinds: Keys of ``schemas.glossary.FINDINGS`` that hold a document.
        key: Of the document: a name is shown wherever the document is, and a problem names files inside it.
    """
    findings = (*extracted.findings, *_named_findings(key, extracted))
    found = {kind: list(dict.fromkeys(each.text for each in findings if each.kind == kind)) for kind in FINDINGS}
    return tuple(
        Problem("extract", f"含{FINDINGS[kind]}（{_join_texts(texts)}），经人工放行后方可检索")
        for kind, texts in found.items()
        if texts and kind in kinds
    )


def _named_findings(key: str, extracted: Extracted) -> Iterator[Finding]:
    for name in key.replace(CHILD_MARK, "/").split("/"):
        yield from findings_in(name)
    for problem in extracted.problems:
        yield from findings_in(problem.message)


class Verdict(StrEnum):
    """What a person decided of a document; withdrawn is a release that no longer counts."""

    RELEASE = "release"
    HOLD = "hold"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a document.

    Attributes:
        verdict: A release is for one version, a hold for every version until it is lifted.
        etag: Of the version that was looked at.
        who: As in ``ops.audit_log.append_entry``; empty in releases of before it was written down.
        at: Seconds since 1970.
    """

    verdict: Verdict
    etag: str
    who: str = ""
    at: float = 0.0


def record_decision(derived: ObjectStore, key: str, decision: Decision) -> None:
    """Record what a person decided of a document, in place of what was decided before.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.write(_place(key), encode(decision), content_type="application/json")


def find_decision(derived: ObjectStore, key: str) -> Decision | None:
    """Return what a person decided of a document, None where nobody did.

    Raises:
        DependencyError: The store does not answer.
    """
    data = derived.read(_place(key))
    if data is None:
        return None
    # Before, a release was nothing but the ETag.
    return decode(Decision, data) if data[:1] == b"{" else Decision(Verdict.RELEASE, data.decode("utf-8"))


def forget_decision(derived: ObjectStore, key: str) -> None:
    """Remove what a person decided of a document.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.remove(_place(key))


def apply_decision(found: tuple[Problem, ...], decision: Decision | None, *, etag: str) -> tuple[Problem, ...]:
    """Return why a version of a document is held after what a person decided; empty where it is not.

    Args:
        found: As ``hold_problems`` returns it.
        decision: Of a person.
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
    """Return whether a document recorded as held was released since, so that it has to be looked at again.

    Raises:
        DependencyError: The store does not answer.
    """
    return record.state is State.HELD and is_released(derived, record.key, etag=record.etag)


def was_decided(derived: ObjectStore, record: DocumentRecord) -> bool:
    """Return whether a person decided otherwise than is recorded: released what is held, or held what is shown.

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


def _join_texts(texts: list[str]) -> str:
    more = f" 等 {len(texts)} 处" if len(texts) > _SHOWN else ""
    return "、".join(texts[:_SHOWN]) + more
