"""Gives each child of a root worker a user of its own, or at least takes all of root's rights from it.

The user exists nowhere else: a number from the range that systemd uses in the same way (61184 to 65519,
systemd.exec(5), DynamicUser). It needs every folder down to Python's modules to be open to others; otherwise the child
stays root by name and gives up every capability (capabilities(7)).
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path

_FIRST, _COUNT = 61184, 4336
_CAPABILITY_VERSION = 0x20080522
_DAC_READ_SEARCH = 1 << 2
_ALL = 0xFFFFFFFF

_libc = ctypes.CDLL(None, use_errno=True)


def is_root() -> bool:
    """Return whether this process has root's rights to give up."""
    return os.geteuid() == 0


def can_have_own_user(paths: Iterable[str]) -> bool:
    """Return whether another user could read every existing one of these paths."""
    there = [Path(path) for path in paths if Path(path).exists()]
    return is_root() and all(map(_is_open_to_all, there))


def can_hand_over(folder: str) -> bool:
    """Return whether files can be given to such a user: a container may map only some of the numbers."""
    group = os.stat(folder).st_gid  # noqa: PTH116
    try:
        os.chown(folder, -1, _FIRST + _COUNT - 1)
        os.chown(folder, -1, group)
    except OSError:
        return False
    return True


def lend(document: str, workdir: str, *, within: str, process: int = 0) -> bool:
    """Give the user of a process (by default this one's future user) its folder and read access to the document.

    Only a document ``within`` the worker's own folder is touched. Returns False if that fails.
    """
    user = _user(process or os.getpid())
    if Path(document).is_relative_to(within):
        if not Path(document).parent.stat().st_mode & stat.S_IXOTH:
            return False
        os.chown(document, -1, user)
        os.chmod(document, 0o640)  # noqa: PTH101  runs in each child, where pathlib is costly
    elif not _is_open_to_all(Path(document)):
        return False
    os.chown(workdir, user, user)
    return True


def become_own_user() -> None:
    """Switch to this process's own user, giving up all of root's rights."""
    user = _user(os.getpid())
    os.setgroups(())
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def give_up_capabilities(document: str) -> None:
    """Drop all of root's capabilities, except reading if the document could not be read otherwise."""
    _set_capabilities(effective=0, permitted=_ALL)
    try:
        os.close(os.open(document, os.O_RDONLY))
        kept = 0
    except PermissionError:
        kept = _DAC_READ_SEARCH
    _set_capabilities(effective=kept, permitted=kept)


def _user(process: int) -> int:
    return _FIRST + process % _COUNT


def _is_open_to_all(path: Path) -> bool:
    path = path.resolve()
    wanted = stat.S_IROTH | stat.S_IXOTH if path.is_dir() else stat.S_IROTH
    passable = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)
    return passable and path.stat().st_mode & wanted == wanted


def _set_capabilities(*, effective: int, permitted: int) -> None:
    # The second word (capabilities above 31) may be zeroed at once: none of them is needed to set the others.
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    held = (ctypes.c_uint32 * 6)()
    if _libc.capget(header, held):
        raise OSError(ctypes.get_errno(), "capabilities cannot be read")
    words = (ctypes.c_uint32 * 6)(effective & held[1], permitted & held[1], 0, 0, 0, 0)
    if _libc.capset(header, words):
        raise OSError(ctypes.get_errno(), "capabilities cannot be given up")
