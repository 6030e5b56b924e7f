"""What a process does to itself, through the kernel, so that it can do little to others (Linux).

``isolate`` and ``limit`` once in the fork server, inherited by every child; ``leave`` in each child, where every line
costs copies of memory pages. Not a defence against a flaw of the kernel.
"""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

from workers.confinement.seccomp import install_filter
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


def limit(limits: Limits) -> None:
    """Set what each child may use, except for CPU time, which this process must not run out of."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and readers mistake the error for a damaged file
    _set_limit(resource.RLIMIT_AS, limits.memory_bytes, reserve=MEMORY_RESERVE)
    _set_limit(resource.RLIMIT_FSIZE, limits.written_bytes)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _set_limit(resource.RLIMIT_NPROC, _PROCESSES)


def leave(limits: Limits, *, parent: int) -> None:
    """Make this child, which inherited all the above, a session of its own that dies with ``parent``."""
    os.setsid()
    die_with_parent()
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


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl {option}: {os.strerror(ctypes.get_errno())}")


def _set_limit(kind: int, value: int, *, reserve: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    top = value + reserve if hard == resource.RLIM_INFINITY else min(value + reserve, hard)
    resource.setrlimit(kind, (min(value, top), top))
