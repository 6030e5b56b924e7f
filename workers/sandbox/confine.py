"""What a process does to itself, through the kernel, so that it can do little to others (Linux).

``isolate`` once in the fork server, inherited by every child; ``limit`` in each child. Not a defence against a flaw of
the kernel.
"""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

from workers.sandbox.seccomp import install_filter
from workers.settings import Limits

MEMORY_RESERVE = 32 << 20  # address space a child may still get to say that it ran out

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNET = 0x40000000
_OPEN_FILES = 1024
_PROCESSES = 4096  # counts the user's processes and threads on the whole machine; without effect for root

_libc = ctypes.CDLL(None, use_errno=True)


def isolate() -> None:
    """Give up the network and the way to more rights, and adopt what children leave behind.

    Raises:
        OSError: The kernel offers neither way to give up the network.
    """
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    # Needs a right that a worker outside a container has only as root; the filter below holds without it.
    _libc.unshare(_CLONE_NEWNET)
    install_filter(_libc)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def limit(limits: Limits, *, parent: int) -> None:
    """Make this child a session of its own that dies with ``parent`` and cannot use more than ``limits``."""
    os.setsid()
    die_with_parent()
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and readers mistake the error for a damaged file
    for kind, soft, spare in (
        (resource.RLIMIT_AS, limits.memory_bytes, MEMORY_RESERVE),
        (resource.RLIMIT_CPU, limits.cpu_seconds, 1),
        (resource.RLIMIT_FSIZE, limits.written_bytes, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, 0),
        (resource.RLIMIT_NPROC, _PROCESSES, 0),
    ):
        _, hard = resource.getrlimit(kind)
        top = soft + spare if hard == resource.RLIM_INFINITY else min(soft + spare, hard)
        resource.setrlimit(kind, (min(soft, top), top))


def open_memory_reserve() -> None:
    """Let a child that ran out of memory say so."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl {option}: {os.strerror(ctypes.get_errno())}")
