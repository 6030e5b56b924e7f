"""The stem: a process with all readers imported and warm that forks one fork server for each child of a worker.

Imports would cost each fork server half a second of CPU; a fork costs almost none. The stem reads only our own samples
and ends with its worker; if it died, fork servers are started one by one, as without it.
"""

import gc
import os
import select
import signal
import socket
import sys
import tempfile

from workers.convert.registry import READERS
from workers.sandbox import fork_server
from workers.sandbox.prestart import FORKED


def main(descriptor: int, reader: str, owner: int) -> None:
    """Fork a fork server for each socket received on the inherited one, until the worker ``owner`` has gone."""
    fork_server.ignore_signals()
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    try:
        gone = os.pidfd_open(owner)
    except ProcessLookupError:
        return
    resolved = fork_server.resolve(reader)
    with tempfile.TemporaryDirectory(prefix="gongkai-warm-") as folder:
        fork_server.warm_up(tuple(READERS), folder)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the children
    gc.freeze()
    while True:
        ready, _, _ = select.select([control.fileno(), gone], [], [])
        if gone in ready:
            return
        data, descriptors, _, _ = socket.recv_fds(control, len(FORKED), 1)
        if not data:
            return
        for one in descriptors:
            _fork(one, resolved, others=(control.fileno(), gone))
            os.close(one)


def _fork(descriptor: int, reader: fork_server.Reader, *, others: tuple[int, ...]) -> None:
    if os.fork():
        return
    status = 1
    try:
        for other in others:
            os.close(other)
        os.setsid()
        control = socket.socket(fileno=descriptor)
        control.send(str(os.getpid()).encode())
        fork_server.serve(control, reader, warmed=frozenset(READERS))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
