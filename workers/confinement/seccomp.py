"""A system call filter that blocks access to other processes, sockets, keys, mounts, namespaces and the kernel itself.

Written for the kernel's classic BPF (seccomp(2)). Local stream sockets may be created, because LibreOffice listens on
one, but cannot connect to anything.
"""

import ctypes
import errno
import os
import struct
from typing import Any

from workers.confinement.system_calls import (
    CLONE,
    CLONE3,
    MACHINES,
    PRLIMIT,
    REFUSED,
    SOCKET,
    SOCKETPAIR,
    WRITE_CHECKS,
)

_X32_CALLS = 0x40000000  # on x86_64, numbers from here on repeat the same calls (x32)

_AF_UNIX, _STREAM, _TYPE_MASK = 1, 1, 0xF
# CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (clone(2)).
_NEW_NAMESPACES = 0x80 | 0x20000 | 0x7E000000
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
# BPF_LD|W|ABS, BPF_ALU|AND|K, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_JMP|JSET|K, BPF_RET|K
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data, little endian
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000

_NEXT, _YES, _NO, _NOT_THERE = "next", "allow", "refuse", "not there"
Step = tuple[int, str, str, int]  # operation, where to go if so, and if not, operand


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def machine() -> str:
    """Return the kind of this machine, as the kernel names it (uname(2))."""
    return os.uname().machine


def has_table() -> bool:
    """Return whether this machine's system call numbers are known."""
    return machine() in MACHINES


def install_filter(libc: Any) -> None:
    """Filter the system calls of this process and its descendants; needs PR_SET_NO_NEW_PRIVS.

    Raises:
        OSError: The kernel or the machine has no such filter.
    """
    if not has_table():
        raise OSError(errno.ENOSYS, f"no system call table for {machine()}")
    _install(libc, assemble(machine()))


def refuse_write_checks(libc: Any) -> None:
    """Make every check for write permission by this process and its descendants fail (access(2), W_OK).

    LibreOffice puts its socket into /tmp if that seems writable, whatever folder it is configured to use.
    """
    if not has_table():
        return
    column = MACHINES[machine()][1]
    checks = [(call[column], _ARGUMENTS + 8 * place) for call, place in WRITE_CHECKS.items()]
    steps: list[Step | str] = [(_LOAD, _NEXT, _NEXT, _NUMBER)]
    steps += [(_EQUAL, f"mode at {offset}", _NEXT, number) for number, offset in checks if number is not None]
    steps.append((_RETURN, _NEXT, _NEXT, _ALLOW))
    for offset in sorted({offset for _, offset in checks}):
        steps += [f"mode at {offset}", (_LOAD, _NEXT, _NEXT, offset), (_EQUAL, _NO, _YES, os.W_OK)]
    _install(libc, _encode([*steps, *_ENDS]))


def _install(libc: Any, instructions: bytes) -> None:
    program = _Program(len(instructions) // 8, instructions)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), f"system call filter: {os.strerror(ctypes.get_errno())}")


def assemble(machine: str) -> bytes:
    """Return the filter of a machine as instructions of eight bytes (struct sock_filter)."""
    architecture, column = MACHINES[machine]
    numbers = [call[column] for call in REFUSED.values()]
    steps: list[Step | str] = [
        (_LOAD, _NEXT, _NEXT, _ARCHITECTURE),
        (_EQUAL, _NEXT, _NO, architecture),
        (_LOAD, _NEXT, _NEXT, _NUMBER),
        (_AT_LEAST, _NO, _NEXT, _X32_CALLS),
        *((_EQUAL, "socket", _NEXT, call[column]) for call in (SOCKET, SOCKETPAIR)),
        (_EQUAL, "clone", _NEXT, CLONE[column]),
        (_EQUAL, "limits", _NEXT, PRLIMIT[column]),
        # Its flags lie in memory, which a filter cannot read; the C library falls back to clone.
        (_EQUAL, _NOT_THERE, _NEXT, CLONE3[column]),
        *((_EQUAL, _NO, _NEXT, number) for number in numbers if number is not None),
        (_RETURN, _NEXT, _NEXT, _ALLOW),
        "socket",
        (_LOAD, _NEXT, _NEXT, _ARGUMENTS),
        (_EQUAL, _NEXT, _NO, _AF_UNIX),
        (_LOAD, _NEXT, _NEXT, _ARGUMENTS + 8),
        (_AND, _NEXT, _NEXT, _TYPE_MASK),
        (_EQUAL, _YES, _NO, _STREAM),
        "clone",
        (_LOAD, _NEXT, _NEXT, _ARGUMENTS),
        (_ANY_BIT, _NO, _YES, _NEW_NAMESPACES),
        "limits",
        (_LOAD, _NEXT, _NEXT, _ARGUMENTS),
        (_EQUAL, _YES, _NO, 0),
    ]
    return _encode([*steps, *_ENDS])


_ENDS: tuple[Step | str, ...] = (
    _YES,
    (_RETURN, _NEXT, _NEXT, _ALLOW),
    _NO,
    (_RETURN, _NEXT, _NEXT, _FAIL | errno.EACCES),
    _NOT_THERE,
    (_RETURN, _NEXT, _NEXT, _FAIL | errno.ENOSYS),
)


def _encode(lines: list[Step | str]) -> bytes:
    """Turn labels into jump offsets, which count from the next instruction and reach 255 forward."""
    places: dict[str, int] = {}
    steps: list[Step] = []
    for line in lines:
        if isinstance(line, str):
            places[line] = len(steps)
        else:
            steps.append(line)
    encoded = []
    for number, (operation, if_so, if_not, operand) in enumerate(steps):
        jumps = (0 if label == _NEXT else places[label] - number - 1 for label in (if_so, if_not))
        encoded.append(struct.pack("<HBBI", operation, *jumps, operand))
    return b"".join(encoded)
