"""Confines the current process through the kernel, so that it can do little harm to others (Linux).

``isolate`` and ``limit`` run once in the fork server; every child inherits them. ``prepare`` does there as much as it
can of the work of ``leave``, which runs in each child, where every line costs copies of memory pages. No defence
against a flaw of the kernel.
"""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from schemas.limits import Limits
from workers.confinement.landlock import Ruleset, prepare_ruleset, restrict
from workers.confinement.own_user import (
    become_own_user,
    can_hand_over,
    can_have_own_user,
    give_up_capabilities,
    is_root,
    lend,
)
from workers.confinement.readable_paths import list_readable_paths
from workers.confinement.seccomp import has_table, install_filter, refuse_write_checks

MEMORY_RESERVE = 32 << 20  # extra address space in which a child can report that it ran out

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNET, _CLONE_NEWIPC = 0x40000000, 0x08000000
_OPEN_FILES = 1024
_PROCESSES = 4096  # counts the user's processes and threads on the whole machine; without effect for root

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Confinement:
    """How children of one fork server are confined.

    Attributes:
        folder: The worker's own, in which documents may be handed to another user.
        ruleset: What they may read; None if the kernel has no Landlock.
        root: Whether they start as root and must give up its rights.
        own_user: Whether each can have a user of its own.
    """

    folder: str
    ruleset: Ruleset | None
    root: bool
    own_user: bool


def close_memory() -> None:
    """Prevent other processes of this user from reading this one's memory and environment in /proc or a core dump."""
    _prctl(_PR_SET_DUMPABLE, 0)


def isolate() -> None:
    """Drop network access and any way to gain rights, close the memory, and adopt orphaned descendants.

    Raises:
        OSError: The kernel lacks the system call filter, though this machine's call table is known.
    """
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
    close_memory()
    # Needs a right that a worker outside a container has only as root; the filter below holds without it.
    _libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC)
    if has_table():
        install_filter(_libc)


def prepare(folder: str) -> Confinement:
    """Find out what this kernel and user offer; call it after the modules that children need are imported."""
    readable = list_readable_paths()
    own_user = can_have_own_user([*readable, str(Path(folder).parent)]) and can_hand_over(folder)
    if own_user:
        Path(folder).chmod(0o711)
    return Confinement(folder, prepare_ruleset(readable), root=is_root(), own_user=own_user)


def limit(limits: Limits) -> None:
    """Set the resource limits of each child, except CPU time, which this process must not run out of."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and readers mistake the error for a damaged file
    _set_limit(resource.RLIMIT_AS, limits.memory_bytes, reserve=MEMORY_RESERVE)
    _set_limit(resource.RLIMIT_FSIZE, limits.written_bytes)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _set_limit(resource.RLIMIT_NPROC, _PROCESSES)


def leave(
    limits: Limits, confinement: Confinement, *, parent: int, document: str, workdir: str, reach: tuple[str, ...]
) -> None:
    """Make this child, which inherited the above, the leader of its own session, which dies with ``parent``.

    From here on it can read what lies at or below the first path of ``reach``, write below the second, read what Python
    must import, and nothing else: its document and its folder, or those of all documents it shall read.
    """
    os.setsid()
    if confinement.own_user and lend(document, workdir, within=confinement.folder):
        _set_limit(resource.RLIMIT_NPROC, limits.processes)  # counted per user, hence per document
        become_own_user()
    elif confinement.root:
        give_up_capabilities(document)
    if confinement.ruleset:
        restrict(confinement.ruleset, document=reach[0], workdir=reach[1])
        _prctl(_PR_SET_DUMPABLE, 1)  # so that the fork server can measure it; Landlock stops others
    die_with_parent()  # must follow the change of user, which resets it
    if os.getppid() != parent:  # the parent died before the line above
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CPU, _cpu_from_now(limits))


def renew_cpu(limits: Limits) -> None:
    """Reset this process's CPU limit for one more scanned page; do nothing if it has no limit."""
    if resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, _cpu_from_now(limits))


def _cpu_from_now(limits: Limits) -> tuple[int, int]:
    # Keep the inherited hard limit: once lowered, it can never be raised again.
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    return (soft if hard == resource.RLIM_INFINITY else min(soft, hard)), hard


def open_memory_reserve() -> None:
    """Raise the address space limit a little, so that a child that ran out of memory can report it."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def answer_no_to_write_checks() -> None:
    """Do as ``die_with_parent``, and make access(2) checks for write permission fail (``refuse_write_checks``)."""
    die_with_parent()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    refuse_write_checks(_libc)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl {option}: {os.strerror(ctypes.get_errno())}")


def _set_limit(kind: int, value: int, *, reserve: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    top = value + reserve if hard == resource.RLIM_INFINITY else min(value + reserve, hard)
    resource.setrlimit(kind, (min(value, top), top))
