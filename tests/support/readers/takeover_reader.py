"""A reader that was taken over, as far as a test needs it: the document's text names what it tries and with what."""

import ctypes
import errno
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from schemas.blocks import Block, Converted
from schemas.limits import Limits
from workers.confinement.system_calls import MACHINES, REFUSED

_libc = ctypes.CDLL(None, use_errno=True)


def convert(
    path: Path, *, hint: str, workdir: Path, passwords: tuple[str, ...] = (), limits: Limits | None = None
) -> Converted:
    name, _, argument = path.read_text().partition(" ")
    try:
        said = TRIES[name](argument)
    except OSError as error:
        said = errno.errorcode.get(error.errno or 0, "OSError")
    return Converted(format="txt", blocks=(Block(text=said),))


def reads(argument: str) -> str:
    return Path(argument).read_bytes().decode(errors="replace")


def lists(argument: str) -> str:
    return " ".join(sorted(os.listdir(argument)))  # noqa: PTH208


def writes(argument: str) -> str:
    Path(argument).write_text("taken over")
    return "written"


def removes(argument: str) -> str:
    Path(argument).unlink()
    return "removed"


def plugs(argument: str) -> str:
    """Connect to a local socket; an @ stands for the zero byte of an abstract one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plug:
        plug.connect(argument.replace("@", "\0"))
    return "connected"


def posts(argument: str) -> str:
    """Send to a local socket that takes single messages."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.sendto(b"taken over", argument)
    return "sent"


def signals(argument: str) -> str:
    """Ask whether a signal could be sent; 0 is none."""
    os.kill(int(argument), 0)
    return "sent"


def limits_others(argument: str) -> str:
    """Look at a limit of another process."""
    import resource  # noqa: PLC0415

    return str(resource.prlimit(int(argument), resource.RLIMIT_NOFILE))


def calls(argument: str) -> str:
    """Return the refused calls that are not refused; with zeros for arguments they do nothing."""
    column = MACHINES[platform.machine()][1]
    zeros = (0, 0, 0, 0, 0, 0)
    open_calls = []
    for name, numbers in REFUSED.items():
        number = numbers[column]
        if number is not None and name not in {"reboot", "vhangup"}:
            ctypes.set_errno(0)
            if _libc.syscall(number, *zeros) != -1 or ctypes.get_errno() != errno.EACCES:
                open_calls.append(name)
    return " ".join(open_calls)


def namespaces(argument: str) -> str:
    """Try to start a process in a user namespace of its own."""
    number = {"x86_64": 56, "aarch64": 220}[platform.machine()]
    pid = _libc.syscall(number, 0x10000000 | 17, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    if pid < 0:
        raise OSError(ctypes.get_errno(), "clone")
    os.waitpid(pid, 0)
    return "made"


def rights(argument: str) -> str:
    """Return user and effective and permitted capabilities."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    _libc.capget(header, held)
    return f"{os.getuid()} {held[0] | held[3]} {held[1] | held[4]}"


HOLD = "import sys, time; held = b'x' * {0}; print(len(held), flush=True); time.sleep(60)"


def shares_memory_out(argument: str) -> str:
    """Hold in four programs what one may not."""
    programs = [
        subprocess.Popen([sys.executable, "-S", "-c", HOLD.format(argument)], process_group=0) for _ in range(4)
    ]
    time.sleep(30)
    return str(len(programs))


def multiplies(argument: str) -> str:
    programs = [subprocess.Popen(["sleep", "60"], process_group=0) for _ in range(int(argument))]
    time.sleep(30)
    return str(len(programs))


def hides_what_it_writes(argument: str) -> str:
    files = []
    for number in range(4):
        file = Path(str(number)).open("wb")  # noqa: SIM115
        Path(str(number)).unlink()
        file.write(bytes(int(argument)))
        file.flush()
        files.append(file)
    time.sleep(30)
    return str(len(files))


_ALL: tuple[Callable[[str], str], ...] = (
    reads,
    lists,
    writes,
    removes,
    plugs,
    posts,
    signals,
    limits_others,
    calls,
    namespaces,
    rights,
    shares_memory_out,
    multiplies,
    hides_what_it_writes,
)
TRIES = {function.__name__: function for function in _ALL}
