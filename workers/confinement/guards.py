"""Which guards around a reader hold on this machine, in words: for ``gongkai doctor`` and the start of a worker."""

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from workers.confinement.landlock import confines_signals, find_version
from workers.confinement.own_user import can_have_own_user, is_root
from workers.confinement.readable_paths import list_readable_paths
from workers.confinement.seccomp import has_table, machine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard.

    Attributes:
        name: What it guards: ``files``, ``signals``, ``calls`` or ``user``.
        holds: Whether it works on this machine.
        line: What it does, or what its absence means and what to do.
    """

    name: str
    holds: bool
    line: str


def survey() -> Iterator[Guard]:
    """Yield every guard; the memory of worker and fork server is closed on any Linux."""
    version = find_version()
    if version:
        yield Guard("files", True, f"a reader reaches its document and its folder only (Landlock {version})")
    else:
        cost = "a taken-over reader reads what the worker's user reads: start Linux 5.13 or newer with lsm=landlock,…"
        yield Guard("files", False, f"no Landlock; {cost}")
    if confines_signals(version):
        yield Guard("signals", True, "a reader signals no process outside")
    else:
        yield Guard("signals", False, "a taken-over reader may kill processes of its user: needs Linux 6.12 or newer")
    yield _calls()
    yield _user()


def _calls() -> Guard:
    if has_table():
        return Guard("calls", True, "no network, no other process's memory, no mounts, keys or namespaces (seccomp)")
    lack = f"no table of system calls for {machine()}; network and processes are open to a taken-over reader"
    return Guard("calls", False, f"{lack}: run workers on x86_64 or aarch64")


def _user() -> Guard:
    if not is_root():
        return Guard("user", True, "the worker is not root")
    if can_have_own_user([*list_readable_paths(), tempfile.gettempdir()]):
        return Guard("user", True, "the worker is root, each reader a user of its own without rights")
    lack = "readers are root by name, without its rights: other users cannot reach Python or the temporary folder"
    return Guard("user", False, f"{lack}; run workers under an account of their own")


def warn_of_gaps() -> None:
    """Log once, at the start of a worker, the guards that are missing."""
    for guard in survey():
        if not guard.holds:
            log.warning("the sandbox lacks a guard (%s): %s", guard.name, guard.line)
