"""A person's decisions on a document: release a held one, withdraw the release, hold a shown one.

A release names the version that was reviewed, so that nobody releases a version that replaced it meanwhile.
"""

import time
from collections.abc import Iterator
from dataclasses import replace

from ops.audit_log import Action, append_entry, local_account
from ops.system import System
from schemas.errors import GongkaiError
from schemas.families import CHILD_MARK
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem, State
from schemas.records import DocumentRecord, document_id
from workers.pipeline.hold_policy import (
    BY_PERSON,
    Decision,
    Verdict,
    find_decision,
    is_released,
    record_decision,
)

WITHDRAWN = Problem.of("extract", Sentence.of("release-withdrawn"))
_PAGE = 1000


class NothingToReleaseError(GongkaiError):
    """The document is not held, or cannot be released by itself."""


class NothingToHoldError(GongkaiError):
    """There is no such document, or nothing of it is shown."""


def release(system: System, key: str, *, who: str = "", version: str = "") -> DocumentRecord:
    """Release the held version of a document, queue it, and return its record.

    If the message is lost, the next sweep finds the release.

    Args:
        system: Where it is.
        key: Of the document.
        who: As in ``ops.audit_log.append_entry``.
        version: ETag of the reviewed version; empty for the one held now.

    Raises:
        NothingToReleaseError: No such document is held, or another version of it is.
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer.
    """
    record = system.context.index.record(document_id(key))
    if record is None:
        raise NothingToReleaseError(f"{key}: no such document; `gongkai status` lists those that are held")
    if record.state is not State.HELD:
        raise NothingToReleaseError(f"{key}: it is not held; its state is {record.state}")
    if version not in ("", record.etag):
        raise NothingToReleaseError(f"{key}: the held version is {record.etag}, not {version}; review it first")
    decision = find_decision(system.context.derived, key)
    by_person = decision is not None and decision.verdict is Verdict.HOLD
    if record.parent is not None and not by_person:
        raise NothingToReleaseError(f"{key}: it lies inside {record.parent}; upload it by itself to release it")
    append_entry(system.settings, Action.RELEASE, target=key, who=who, version=record.etag)
    # Inside a container only a person's hold can be withdrawn; the text is then judged again.
    verdict = Verdict.RELEASE if record.parent is None else Verdict.WITHDRAWN
    _decide(system, record, verdict, who=who)
    if record.parent is not None:
        _have_judged_again(system, record)
    system.dispatch.send([key])
    return record


def ensure_released(system: System, key: str, *, who: str = "", version: str = "") -> DocumentRecord:
    """Release a document as ``release`` does; do nothing if that version is already released.

    Raises:
        NothingToReleaseError: It is not held, and nobody released it.
        DependencyError: A server does not answer.
    """
    record = system.context.index.record(document_id(key))
    if record and record.state is not State.HELD and is_released(system.context.derived, key, etag=record.etag):
        return record
    return release(system, key, who=who, version=version)


def withdraw_release(system: System, key: str, *, who: str = "") -> DocumentRecord:
    """Withdraw a release, so that the document is no longer found; return its record.

    Raises:
        NothingToReleaseError: Nobody released it.
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer.
    """
    decision = find_decision(system.context.derived, key)
    record = system.context.index.record(document_id(key))
    if record is None or decision is None or decision.verdict is not Verdict.RELEASE:
        raise NothingToReleaseError(f"{key}: it was not released, so there is nothing to withdraw")
    append_entry(system.settings, Action.WITHDRAW, target=key, who=who, version=decision.etag)
    _decide(system, record, Verdict.WITHDRAWN, who=who)
    return _take_down(system, record, WITHDRAWN)


def hold(system: System, key: str, *, who: str = "") -> DocumentRecord:
    """Hide a document and everything inside it at once; return its record.

    It stays held when overwritten, until somebody releases it. A document that is held keeps its reasons.

    Raises:
        NothingToHoldError: There is no such document.
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer; the documents reached before are held.
    """
    record = system.context.index.record(document_id(key))
    if record is None or record.state is State.REMOVED:
        raise NothingToHoldError(f"{key}: no such document; `gongkai status` lists those there are")
    append_entry(system.settings, Action.HOLD, target=key, who=who, version=record.etag)
    # The decision must be stored before the document is hidden: jobs in progress then find it.
    family = [record, *_list_inside(system, key)]
    for each in family:
        _decide(system, each, Verdict.HOLD, who=who)
    held = [each if each.state is State.HELD else _take_down(system, each, BY_PERSON) for each in family]
    system.dispatch.send(sorted(system.context.inflight.find_busy([each.key for each in family])))
    return held[0]


def _list_inside(system: System, key: str) -> Iterator[DocumentRecord]:
    after = ""
    while page := system.context.index.records(f"{key}{CHILD_MARK}", after=after, limit=_PAGE):
        yield from (record for record in page if record.state is not State.REMOVED)
        after = page[-1].key


def _decide(system: System, record: DocumentRecord, verdict: Verdict, *, who: str) -> None:
    decision = Decision(verdict, record.etag, who or local_account(), time.time())
    record_decision(system.context.derived, record.key, decision)


def _take_down(system: System, record: DocumentRecord, problem: Problem) -> DocumentRecord:
    held = replace(
        record, state=State.HELD, articles=(), sections=0, problems=(problem,), first_at=0.0, indexed_at=time.time()
    )
    system.context.index.take_down(held)
    return held


def _have_judged_again(system: System, record: DocumentRecord) -> None:
    """Mark the record as outdated, so that the next job or sweep processes it."""
    system.context.index.take_down(replace(record, stages={}))
