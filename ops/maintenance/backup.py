"""Copies what cannot be derived again to another store, and back: the inbox and people's decisions.

Artefacts and the index derive from these; backing them up would only save time. A manifest lists the objects of the
backup, so that the next backup copies only new and changed ones, and a restore takes exactly the state of the backup.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ops.audit_log import Action, append_entry
from ops.maintenance.decisions.removal_marks import purge_mark, was_removed
from ops.system import System
from schemas.errors import DependencyError, GongkaiError
from schemas.outcomes import State
from schemas.records import RecordKey, document_id, key_order
from workers.intake import CHECKS
from workers.pipeline.hold_policy import find_decision, record_decision
from workers.reconcile.sweep import merge_listings
from workers.storage.object_keys import KeyRefusedError
from workers.storage.protocol import ObjectStore

log = logging.getLogger(__name__)

MANIFEST = "manifest.jsonl"
INBOX, DECIDED = "inbox", "decided"
# Left out of the derived store: results of stages, drawn pages, sessions, and objects of the store check.
REMADE = ("artefacts/", "children/", "previews/", "sessions/", CHECKS)


class NoBackupError(GongkaiError):
    """There is no backup at that address."""


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One object of a backup: its store, its key there, and its ETag and size when copied."""

    part: str
    key: str
    etag: str
    size: int


@dataclass(frozen=True, slots=True)
class CopyResult:
    """How many objects a backup or restore covers, and how many of them were copied.

    ``refused`` gives the reason for each object that could not be copied under its key. ``removed`` counts the objects
    that a restore skipped because they were removed on purpose since the backup.
    """

    objects: int
    copied: int
    bytes: int
    refused: tuple[str, ...] = ()
    removed: int = 0


def backup(system: System, target: ObjectStore, *, advance: Callable[[int], Any] = lambda _: None) -> CopyResult:
    """Update the backup in ``target``; objects gone from the inbox leave its manifest, not ``target``.

    Raises:
        DependencyError: A store does not answer; the previous backup is still complete.
    """
    target.bootstrap()
    objects = copied = size = 0
    refused: list[str] = []
    with tempfile.TemporaryDirectory(prefix="gongkai-backup-") as folder:
        before = _manifest(target, Path(folder) / "before")
        after, file = Path(folder) / "after", Path(folder) / "object"
        known = next(before, None)
        with after.open("w", encoding="utf-8") as manifest:
            for line in _lines(system):
                while known is not None and _order(known) < _order(line):
                    known = next(before, None)
                objects += 1
                if known != line:
                    found = _store(system, line.part).fetch(line.key, file)
                    if found is None:  # removed since it was listed
                        objects -= 1
                        continue
                    line = BackupLine(line.part, line.key, found.etag, found.size)
                    try:
                        target.upload(f"{line.part}/{line.key}", file)
                    except KeyRefusedError as error:
                        objects -= 1
                        refused.append(f"not in the backup: {error}")
                        continue
                    copied, size = copied + 1, size + line.size
                manifest.write(json.dumps([line.part, line.key, line.etag, line.size]) + "\n")
                advance(1)
        target.upload(MANIFEST, after)
    return CopyResult(objects, copied, size, tuple(refused))


def forget_unlisted(target: ObjectStore) -> int:
    """Remove the objects that the manifest of a backup does not list; return how many.

    Raises:
        NoBackupError: There is none.
        DependencyError: A store does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-backup-") as folder:
        manifest = Path(folder) / "manifest"
        if target.fetch(MANIFEST, manifest) is None:
            raise NoBackupError(f"{target.describe()} holds no backup: {MANIFEST} is not there")
        listed = {f"{line.part}/{line.key}" for line in _read(manifest)}
    unlisted = [info.key for info in target.list() if info.key != MANIFEST and info.key not in listed]
    for key in unlisted:
        target.remove(key)
    return len(unlisted)


def restore(
    system: System, source: ObjectStore, *, removed_too: bool = False, advance: Callable[[int], Any] = lambda _: None
) -> CopyResult:
    """Copy missing objects back and leave existing ones alone; the next sweep queues the restored ones.

    Args:
        system: Where to.
        source: Holds the backup.
        removed_too: Whether to bring back revoked keys, deleted searches and removed documents, too.
        advance: Called for each object.

    Raises:
        NoBackupError: There is none.
        DependencyError: A store does not answer; running it again continues.
    """
    objects = copied = size = removed = 0
    refused: list[str] = []
    system.context.inbox.bootstrap()
    system.context.derived.bootstrap()
    with tempfile.TemporaryDirectory(prefix="gongkai-restore-") as folder:
        manifest, file = Path(folder) / "manifest", Path(folder) / "object"
        if source.fetch(MANIFEST, manifest) is None:
            raise NoBackupError(f"{source.describe()} holds no backup: {MANIFEST} is not there")
        append_entry(system.settings, Action.RESTORE, target=source.describe())
        for line in _read(manifest):
            store = _store(system, line.part)
            objects += 1
            if store.stat(line.key) is None:
                if not removed_too and _was_removed(system, line):
                    removed += 1
                    advance(1)
                    continue
                if source.fetch(f"{line.part}/{line.key}", file) is None:
                    raise NoBackupError(f"{line.part}/{line.key} is named in {MANIFEST} and not in the backup")
                try:
                    etag = store.upload(line.key, file)
                except KeyRefusedError as error:
                    objects -= 1
                    refused.append(f"not restored: {error}")
                    continue
                copied, size = copied + 1, size + line.size
                if line.part == INBOX:
                    _release_again(system, line, etag)
            advance(1)
    return CopyResult(objects, copied, size, tuple(refused), removed)


def _was_removed(system: System, line: BackupLine) -> bool:
    """Return whether an object is missing because it was removed on purpose."""
    derived = system.context.derived
    if line.part == DECIDED:
        return was_removed(derived, line.key)
    if was_removed(derived, purge_mark(line.key)):
        return True
    try:
        record = system.context.index.record(document_id(line.key))
    except DependencyError as error:
        log.warning("cannot tell whether %s was removed on purpose: %s", line.key, error)
        return False
    return record is not None and record.state is State.REMOVED


def _release_again(system: System, line: BackupLine, etag: str) -> None:
    """Apply a release to the restored object, whose ETag differs on another kind of store."""
    decision = find_decision(system.context.derived, line.key)
    if decision is not None and decision.etag == line.etag:
        record_decision(system.context.derived, line.key, replace(decision, etag=etag))


def _lines(system: System) -> Iterator[BackupLine]:
    """Yield the objects to back up; decisions first, because a restored object is compared with them."""
    for found in system.context.derived.list():
        if not found.key.startswith(REMADE):
            yield BackupLine(DECIDED, found.key, found.etag, found.size)
    for listed, record in merge_listings(system.context.inbox.list(), _known(system)):
        info = listed
        if info is None and record is not None and record.parent is None and record.state is not State.REMOVED:
            info = system.context.inbox.stat(record.key)  # It may be stored without being listed.
        if info is not None:
            yield BackupLine(INBOX, info.key, info.etag, info.size)


def _known(system: System) -> Iterator[RecordKey]:
    try:
        yield from system.context.index.record_keys("")
    except DependencyError as error:
        log.warning("objects that the store keeps but does not list are left out: %s", error)


def _store(system: System, part: str) -> ObjectStore:
    return {INBOX: system.context.inbox, DECIDED: system.context.derived}[part]


def _manifest(store: ObjectStore, target: Path) -> Iterator[BackupLine]:
    return _read(target) if store.fetch(MANIFEST, target) is not None else iter(())


def _read(path: Path) -> Iterator[BackupLine]:
    with path.open(encoding="utf-8") as file:
        for text in file:
            yield BackupLine(*json.loads(text))


def _order(line: BackupLine) -> tuple[str, bytes]:
    return line.part, key_order(line.key)
