"""Releases a held document: a person says that this version of it may be found after all."""

from ops.audit_log import Action, append_entry
from ops.system import System
from schemas.errors import GongkaiError
from schemas.outcomes import State
from schemas.records import DocumentRecord, document_id
from workers.pipeline.hold_policy import is_released, record_release


class NothingToReleaseError(GongkaiError):
    """The document is not held, or cannot be released by itself."""


def release(system: System, key: str, *, who: str = "") -> DocumentRecord:
    """Release the version of a document that is held, have it looked at again, and return what was recorded of it.

    Should the message get lost, the next sweep finds the release. ``who`` is as in ``ops.audit_log.append_entry``.

    Raises:
        NothingToReleaseError: No such document is held.
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer.
    """
    return _release(system, key, system.context.index.record(document_id(key)), who)


def ensure_released(system: System, key: str, *, who: str = "") -> DocumentRecord:
    """Release a document as ``release`` does; one whose version is released already stays as it is.

    Raises:
        NothingToReleaseError: It is not held, and nobody released it.
        DependencyError: A server does not answer.
    """
    record = system.context.index.record(document_id(key))
    if record and record.state is not State.HELD and is_released(system.context.derived, key, etag=record.etag):
        return record
    return _release(system, key, record, who)


def _release(system: System, key: str, record: DocumentRecord | None, who: str) -> DocumentRecord:
    if record is None:
        raise NothingToReleaseError(f"{key}: no such document; `gongkai status` lists those that are held")
    if record.state is not State.HELD:
        raise NothingToReleaseError(f"{key}: it is not held but {record.state}")
    if record.parent is not None:
        raise NothingToReleaseError(f"{key}: it lies inside {record.parent}; upload it by itself to release it")
    append_entry(system.settings, Action.RELEASE, target=key, who=who, version=record.etag)
    record_release(system.context.derived, key, etag=record.etag)
    system.dispatch.send([key])
    return record
