"""What a process does to itself, through the kernel, so that it can do little to others (Linux).

``isolate`` and ``limit`` once in the fork server, inherited by every child; ``prepare`` there, too, what ``leave`` then
does in each child, where every line costs copies of memory pages. Not a defence against a flaw of the kernel.
"""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
from workers.settings import Limits

MEMORY_RESERVE = 32 << 20  # address space a child may still get to say that it ran out

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
        ruleset: What they may read; None where the kernel has no Landlock.
        root: Whether they are root and have to become less.
        own_user: Whether each can have a user of its own.
    """

    folder: str
    ruleset: Ruleset | None
    root: bool
    own_user: bool


def close_memory() -> None:
    """Let no other process of this user read this one's memory and environment, in files of /proc or a core dump."""
    _prctl(_PR_SET_DUMPABLE, 0)


def isolate() -> None:
    """Give up the network and the way to more rights, close the memory, and adopt what children leave behind.

    Raises:
        OSError: The kernel has no system call filter for a machine it is known for.
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
    """Find out what this kernel and this user offer, once the modules children need are imported."""
    readable = list_readable_paths()
    own_user = can_have_own_user([*readable, str(Path(folder).parent)]) and can_hand_over(folder)
    if own_user:
        Path(folder).chmod(0o711)
    return Confinement(folder, prepare_ruleset(readable), root=is_root(), own_user=own_user)


def limit(limits: Limits) -> None:
    """Set what each child may use, except for CPU time, which this process must not run out of."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and readers mistake the error for a damaged file
    _set_limit(resource.RLIMIT_AS, limits.memory_bytes, reserve=MEMORY_RESERVE)
    _set_limit(resource.RLIMIT_FSIZE, limits.written_bytes)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _set_limit(resource.RLIMIT_NPROC, _PROCESSES)


def leave(limits: Limits, confinement: Confinement, *, parent: int, document: str, workdir: str) -> None:
    """Make this child, which inherited all the above, a session of its own that dies with ``parent``.

    From here on it reaches its document, its folder and what Python must import, and nothing else.
    """
    os.setsid()
    if confinement.own_user and lend(document, workdir, within=confinement.folder):
        _set_limit(resource.RLIMIT_NPROC, limits.processes)  # of this user, that is, of this document
        become_own_user()
    elif confinement.root:
        give_up_capabilities(document)
    if confinement.ruleset:
        restrict(confinement.ruleset, document=document, workdir=workdir)
        _prctl(_PR_SET_DUMPABLE, 1)  # for the fork server, which counts what it holds; Landlock stops the others
    die_with_parent()  # forgotten by the kernel where the user changes
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CPU, _cpu_from_now(limits))


def renew_cpu(limits: Limits) -> None:
    """Give this process its CPU time anew, for one more scanned page; nothing where it has no limit."""
    if resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, _cpu_from_now(limits))


def _cpu_from_now(limits: Limits) -> tuple[int, int]:
    # The hard limit stays as it was inherited: what is over it can never be given back.
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    return (soft if hard == resource.RLIM_INFINITY else min(soft, hard)), hard


def open_memory_reserve() -> None:
    """Let a child that ran out of memory say so."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def answer_no_to_write_checks() -> None:
    """Do as ``die_with_parent``, and have a program find no folder writable but those it is told to write to."""
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
