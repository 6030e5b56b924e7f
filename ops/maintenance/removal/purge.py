"""Removes every trace of a deleted document: index, artefacts, feeds, pending messages, decisions, named backups.

A document removed from the inbox is no longer found, but its text remains in artefacts, index files and matches of
saved searches. A purge removes it from all of these and then verifies that it is gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ops.audit_log import Action, append_entry
from ops.maintenance.backup import backup, forget_unlisted
from ops.maintenance.decisions.removal_marks import note_removal, purge_mark
from ops.maintenance.decisions.saved_searches import SearchStore
from ops.maintenance.removal.artefact_collection import collect_artefacts, list_records
from ops.maintenance.removal.trace_scan import Trace, list_phrases, list_traces
from ops.system import System
from schemas.errors import GongkaiError
from schemas.families import CHILD_MARK
from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from workers.pipeline.hold_policy import forget_decision
from workers.storage.protocol import ObjectStore


class NothingToPurgeError(GongkaiError):
    """The document is still in the inbox, or was never known."""


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """The result of a purge.

    Attributes:
        documents: Number of records removed: the document and those inside it.
        artefacts: Number of objects removed from the derived store.
        phrases: Number of phrases of its text searched for afterwards; 0 if its text was already gone.
        left: Where traces remain; empty proves the purge.
    """

    documents: int
    artefacts: int
    phrases: int
    left: tuple[Trace, ...]


def purge(system: System, key: str, *, backups: Sequence[ObjectStore] = (), who: str = "") -> PurgeResult:
    """Remove every trace of a document that is no longer in the inbox; return where traces remain.

    Args:
        system: The system that held it.
        key: The document's key in the inbox.
        backups: Backups to remove it from, too.
        who: As in ``ops.audit_log.append_entry``.

    Raises:
        NothingToPurgeError: It is still in the inbox, or lies inside a container.
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer; calling it again continues.
    """
    records = _require_gone(system, key)
    append_entry(system.settings, Action.PURGE, target=key, who=who)
    derived = system.context.derived
    phrases = list_phrases(system, records)
    note_removal(derived, purge_mark(key))
    for identifier in {document_id(key), *(record.id for record in records)}:
        SearchStore(derived).forget_document(identifier)
    for name in {key, *(record.key for record in records)}:
        forget_decision(derived, name)
    system.context.index.purge([document_id(key), *(record.id for record in records)])
    removed = collect_artefacts(system.context, older_than=0.0)
    for store in backups:
        backup(system, store)
        forget_unlisted(store)
    left = tuple(list_traces(system, key, phrases, backups))
    return PurgeResult(len(records), removed, len(phrases), left)


def _require_gone(system: System, key: str) -> list[DocumentRecord]:
    if CHILD_MARK in key:
        raise NothingToPurgeError(f"{key}: it lies inside a container; remove and purge that")
    if system.context.inbox.stat(key) is not None:
        raise NothingToPurgeError(f"{key}: it is still in the inbox; remove it there first, or hold it: `gongkai hold`")
    return list(_list_family(system, key))


def _list_family(system: System, key: str) -> Iterator[DocumentRecord]:
    record = system.context.index.record(document_id(key))
    if record is not None and record.state is not State.REMOVED:
        raise NothingToPurgeError(f"{key}: its removal is not recorded yet; run `gongkai sweep` first")
    yield from [record] if record else []
    yield from list_records(system.context, f"{key}{CHILD_MARK}")
