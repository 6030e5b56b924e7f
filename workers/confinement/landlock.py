"""Landlock: limits the files a process can reach, whatever its user's rights (Linux 5.13; landlock(7)).

Beside files it restricts TCP (ABI 4), abstract Unix sockets and signals to outside processes (ABI 6), and ptrace of
outside processes (all versions). The numbers of the three system calls are the same on every machine.
"""

import ctypes
import fcntl
import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_RULE_DESCRIPTORS = 64  # first descriptor used by the rules; the block above it holds no other descriptors

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_TRUNCATE = 1 << 14
# Access rights by the version that introduced them: 13 in the first, then REFER, TRUNCATE, and IOCTL_DEV in the fifth.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_NET_VERSION, _SCOPE_VERSION = 4, 6
_BIND_AND_CONNECT, _ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_DEVICES = {"/dev/null": _READ_FILE | _WRITE_FILE | _TRUNCATE, "/dev/zero": _READ_FILE, "/dev/urandom": _READ_FILE}

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The paths a process may reach beside its document and folder; made once for many processes.

    Attributes:
        version: Of the kernel's Landlock.
        attributes: ``struct landlock_ruleset_attr``, as long as the version knows it.
        rules: ``struct landlock_path_beneath_attr`` each.
        descriptors: The first descriptor the rules name, and the one after the last.
    """

    version: int
    attributes: bytes
    rules: tuple[bytes, ...]
    descriptors: tuple[int, int]


def find_version() -> int:
    """Return this kernel's Landlock version; 0 if it has none."""
    found = _libc.syscall(_CREATE, None, 0, _VERSION_FLAG)
    return max(0, int(found))


def confines_signals(version: int) -> bool:
    """Return whether this version blocks signals to outside processes."""
    return version >= _SCOPE_VERSION


def prepare_ruleset(readable: Iterable[str]) -> Ruleset | None:
    """Return the rules for processes that may read and execute what is ``readable``; None without Landlock.

    The named files stay open as long as this process lives.
    """
    version = find_version()
    if not version:
        return None
    handled = _handled(version)
    wanted = dict.fromkeys(readable, _EXECUTE | _READ_FILE | _READ_DIR) | _DEVICES
    rules, number = [], _RULE_DESCRIPTORS
    for path, rights in wanted.items():
        descriptor = _open(path)
        if descriptor is None:
            continue
        number = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, number) + 1
        rules.append(_rule(number - 1, rights & handled))
        os.close(descriptor)
    return Ruleset(version, _attributes(version, handled), tuple(rules), (_RULE_DESCRIPTORS, number))


def restrict(ruleset: Ruleset, *, document: str, workdir: str) -> None:
    """Restrict this process and its descendants to the rules, one document to read and one folder to write.

    Needs PR_SET_NO_NEW_PRIVS; cannot be undone.

    Raises:
        OSError: The kernel refuses, or the document or folder does not exist.
    """
    made = _call(_CREATE, ruleset.attributes, len(ruleset.attributes), 0)
    for rule in ruleset.rules:
        _call(_ADD, made, _PATH_BENEATH, rule, 0)
    folder_rights = _handled(ruleset.version) & ~(_EXECUTE | _MAKE_CHAR | _MAKE_BLOCK)
    for path, rights in ((document, _READ_FILE), (workdir, folder_rights)):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        _call(_ADD, made, _PATH_BENEATH, _rule(descriptor, rights), 0)
        os.close(descriptor)
    _call(_RESTRICT, made, 0)
    os.close(made)
    os.closerange(*ruleset.descriptors)


def _open(path: str) -> int | None:
    try:
        return os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this system, or not for this user
        return None


def _rule(descriptor: int, rights: int) -> bytes:
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _ON_FILES
    return struct.pack("=Qi", rights, descriptor)


def _handled(version: int) -> int:
    return (1 << _RIGHTS.get(version, 16)) - 1


def _attributes(version: int, handled: int) -> bytes:
    words = [handled]
    if version >= _NET_VERSION:
        words.append(_BIND_AND_CONNECT)
    if version >= _SCOPE_VERSION:
        words.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    return struct.pack(f"={len(words)}Q", *words)


def _call(number: int, *arguments: int | bytes) -> int:
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result
