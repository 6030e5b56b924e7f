"""The audit log: who released, held, purged, retried, forgot, restored, made and revoked keys, and when.

An append-only file of JSON lines that only its owner can read. An entry is written before the act, so that nothing is
done without one; an act that then fails stays in it as requested. It holds no text of documents. Not to be confused
with ``workers.reconcile.audit``, which counts objects.
"""

import errno
import fcntl
import getpass
import json
import logging
import os
import socket
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from schemas.errors import DependencyError
from workers.settings import Settings

log = logging.getLogger(__name__)

FILE_NAME = "audit-log.jsonl"
MAX_TARGET_LENGTH = 4096
Fact = str | int | bool | None


class Action(StrEnum):
    """An act that is logged."""

    LOOK = "look at held"
    RELEASE = "release"
    WITHDRAW = "withdraw release"
    HOLD = "hold"
    PURGE = "purge"
    RETRY = "retry"
    FORGET = "forget"
    RESTORE = "restore"
    CREATE_KEY = "create key"
    REVOKE_KEY = "revoke key"


class AuditLogError(DependencyError):
    """The audit log cannot be written; the act was not carried out."""


def append_entry(settings: Settings, action: Action, *, target: str, who: str = "", **facts: Fact) -> None:
    """Log an act; call it before the act.

    Args:
        settings: Name the file; if none is named and the system runs on servers, the entry goes to the log.
        action: The act.
        target: An object key, the identifier of an access key, or a prefix; never text of a document.
        who: ``search.http.auth.Caller.name`` over HTTP; empty means the account of this process.
        facts: Further fields, such as ``version``; None is left out.

    Raises:
        AuditLogError: The file cannot be written; the act must not go on.
    """
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": who or local_account(),
        "action": str(action),
        "target": target[:MAX_TARGET_LENGTH],
        **{name: fact for name, fact in facts.items() if fact is not None},
    }
    line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    path = file_of(settings)
    if path is None:
        log.warning("%s", line)  # a command that does not configure logging still prints warnings
        return
    try:
        _append(path, line.encode() + b"\n")
    except OSError as error:
        raise AuditLogError(
            "audit log",
            f"GONGKAI_AUDIT_LOG cannot be written ({error.strerror}), so that nothing was done; make room or let this "
            "account write there, and try again",
        ) from error


def file_of(settings: Settings) -> Path | None:
    """Return the file of the audit log; None if entries go to the log of the process."""
    if settings.audit_log:
        return Path(settings.audit_log).absolute()
    return settings.data_dir / FILE_NAME if settings.embedded else None


def local_account() -> str:
    """Return the account and the machine of this process."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a number without a name, as in containers
        name = f"uid {os.getuid()}"
    return f"{name}@{socket.gethostname()}"


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        # The previous line may lack its newline, after a full disk or a crash.
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        data = b"\n" + line if torn else line
        if os.write(descriptor, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
