"""What the worker gathers from one child's socket, in whatever order its two senders got to send."""

import os
import socket

from workers.sandbox.answer import Collector
from workers.sandbox.protocol import DONE, RESULT, STARTED, ChildEnd, pack


def test_a_shared_child_quicker_than_its_fork_server_is_known_before_its_next_document() -> None:
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    output, printed = os.pipe()
    done = ChildEnd(code=0, stop=None, cpu_seconds=0.1, peak_bytes=10)
    try:
        with mine, theirs:
            for message in (RESULT + b"text", pack(done, kind=DONE), STARTED + b"77"):
                theirs.send(message)
            collector = Collector(mine, output)
            answer = collector.collect(patience=60.0)
    finally:
        os.close(output)
        os.close(printed)
    assert answer
    assert (answer.result, answer.ended, answer.waits) == (b"text", done, True)
    assert collector.child == 77
