"""Process trees, found through /proc and killed whole."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def kill_group(pid: int) -> None:
    """Kill the process group that ``pid`` leads, if it still exists."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def kill_session(pid: int) -> None:
    """Kill every process of the session that ``pid`` leads, whatever its process group."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and _session(folder) == pid:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(int(folder.name), signal.SIGKILL)


def reap_strays(known: set[int]) -> None:
    """Kill and reap all children of this process except the ``known``: orphans it adopted when their parents died.

    Killing one may make its children ours, so this repeats until none is left.
    """
    while strays := _children(known) - known:
        for pid in strays:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children(known: set[int]) -> set[int]:
    if not known and not _has_children():  # the usual case, at a tenth of the cost of what follows
        return set()
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_bytes().split()}


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _session(folder: Path) -> int | None:
    try:
        # The command, in parentheses, may hold anything; after it: state, parent, group, session.
        return int((folder / "stat").read_text().rpartition(")")[2].split()[3])
    except (FileNotFoundError, ProcessLookupError):
        return None


def signal_name(number: int) -> str:
    """Return the name of a signal; some have only a number."""
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
