"""Total resource use of a conversion: its process, the programs it runs, and open files already unlinked."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class SessionUse:
    """Resources held by the processes of one conversion.

    Attributes:
        processes: Processes and threads.
        memory_bytes: Resident, without file mappings.
        unlinked_bytes: On disk, in open files that are already unlinked.
    """

    processes: int
    memory_bytes: int
    unlinked_bytes: int


def measure_sessions(roots: Iterable[int]) -> dict[int, SessionUse]:
    """Return the use of each of these processes with its descendants, in one pass through /proc."""
    threads, children = _processes()
    found = {}
    for root in roots:
        family = _family(root, children)
        found[root] = SessionUse(
            processes=sum(threads.get(pid, 0) for pid in family),
            memory_bytes=sum(map(_memory, family)),
            unlinked_bytes=_unlinked(family),
        )
    return found


def _processes() -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return the number of threads and the children of each process."""
    threads: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208  once a second, over hundreds of names
        if name.isdecimal():
            with suppress(OSError):
                # The command, in parentheses, may hold anything; after it: state, parent … the 18th is threads.
                words = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(words[1]), []).append(int(name))
                threads[int(name)] = int(words[17])
    return threads, children


def _family(root: int, children: dict[int, list[int]]) -> list[int]:
    family = [root]
    for pid in family:
        family += children.get(pid, ())
    return family


def _memory(pid: int) -> int:
    with suppress(OSError):
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        return (int(resident) - int(shared)) * _PAGE_BYTES
    return 0


def _unlinked(family: Iterable[int]) -> int:
    sizes: dict[tuple[int, int], int] = {}
    for pid in family:
        with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                with suppress(OSError):
                    found = entry.stat()
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())
