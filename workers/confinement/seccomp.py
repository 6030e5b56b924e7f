"""A system call filter: no sockets but local ones, and no hand on other processes.

Written for the kernel's classic BPF (seccomp(2)); the numbers are those of the kernel's system call tables.
"""

import ctypes
import errno
import os
import platform
import struct
from typing import Any

# Machine: (audit architecture, socket, calls refused: ptrace, process_vm_readv, process_vm_writev, unshare, setns,
# io_uring_setup, the last because it opens sockets without the call).
_MACHINES = {
    "x86_64": (0xC000003E, 41, (101, 310, 311, 272, 308, 425)),
    "aarch64": (0xC00000B7, 198, (117, 270, 271, 97, 268, 425)),
}
_X32_CALLS = 0x40000000  # on x86_64, numbers from here on are the same calls once more

_AF_UNIX = 1
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little endian
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install_filter(libc: Any) -> None:
    """Filter the system calls of this process and all it starts; needs PR_SET_NO_NEW_PRIVS.

    Raises:
        OSError: The kernel or the machine has no such filter.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"no system call table for {platform.machine()}; add one to {__name__}")
    instructions = _instructions(*machine)
    program = _Program(len(instructions) // 8, instructions)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), f"system call filter: {os.strerror(ctypes.get_errno())}")


def _instructions(architecture: int, socket_call: int, refused: tuple[int, ...]) -> bytes:
    # Jumps count from the next instruction; every path ends in one of the last two.
    after_calls = len(refused)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, after_calls + 6, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, after_calls + 4, 0, _X32_CALLS),
        *((_EQUAL, after_calls - place + 3, 0, call) for place, call in enumerate(refused)),
        (_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL | errno.EACCES),
    ]
    return b"".join(struct.pack("<HBBI", *step) for step in steps)
