"""The process of a fork server, started before anything else is imported: both sides then import at the same time.

For commands that are done in half a second. Imports nothing of ours; ``workers.sandbox.launch`` speaks with it.
"""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass

READER = "workers.convert.registry:convert"
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TZ")


@dataclass(frozen=True, slots=True)
class Launched:
    """A process that waits for its ``Start`` message, and our end of the socket to it.

    Attributes:
        owner: Process that started it, the only one that may speak with it.
        reader: Function it converts with, as ``module:name``.
        control: A socket of whole messages.
        process: Leader of a session of its own.
    """

    owner: int
    reader: str
    control: socket.socket
    process: "subprocess.Popen[bytes]"


_waiting: list[Launched] = []


def launch(reader: str) -> Launched:
    """Start the process of a fork server, without waiting for it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # Not the worker's own environment: it holds the keys to the stores, and parsers have no business with it.
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "workers.sandbox.server", str(theirs.fileno()), reader],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            env={**passed, **own},
            start_new_session=True,
        )
    return Launched(os.getpid(), reader, ours, process)


def begin() -> None:
    """Start a process for whoever in this process asks first; it ends with this process where nobody does."""
    _waiting.append(launch(READER))


def take(reader: str) -> Launched:
    """Return the process that waits, where there is one of ours, else one that starts now."""
    while _waiting:
        found = _waiting.pop()
        if (found.owner, found.reader) == (os.getpid(), reader):
            return found
    return launch(reader)
