"""The way of the numbers from forked children to their parent: datagrams, one every few seconds, no file and no lock.

A child that is killed takes at most the last ``FLUSH_SECONDS`` with it; one that ends by itself takes nothing.
"""

import json
import socket
import threading

from workers.telemetry.recorder import Key, Recorder, Values

FLUSH_SECONDS = 2.0
# Far below what a local datagram may hold (the kernel's net.core.wmem_default, 212,992).
SERIES_EACH = 200
MAX_DATAGRAM_SIZE = 1 << 18


class Relay:
    """A pair of sockets; made before the children are forked, which inherit their end."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._inbound, self._outbound = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._outbound.setblocking(False)
        self._ended = threading.Event()

    def receive(self) -> threading.Thread:
        """In the parent: add what children send, in a thread of its own."""
        thread = threading.Thread(target=self._receive, name="metrics", daemon=True)
        thread.start()
        return thread

    def send_regularly(self) -> None:
        """In a child: forget what the parent had counted before the fork, and send what is counted from now on."""
        self._recorder.drain()
        self._ended = threading.Event()
        threading.Thread(target=self._send_regularly, name="metrics", daemon=True).start()

    def flush(self) -> None:
        """In a child: send what was counted since the last time."""
        series = list(self._recorder.drain().items())
        for start in range(0, len(series), SERIES_EACH):
            part = series[start : start + SERIES_EACH]
            try:
                self._outbound.send(pack(dict(part)))
            except OSError:  # the parent is behind, or gone: next time, then
                self._recorder.merge(part)

    def end(self) -> None:
        """In a child: send the last of it."""
        self._ended.set()
        self.flush()

    def _send_regularly(self) -> None:
        while not self._ended.wait(FLUSH_SECONDS):
            self.flush()

    def _receive(self) -> None:
        while True:
            self._recorder.merge(unpack(self._inbound.recv(MAX_DATAGRAM_SIZE)).items())


def pack(values: Values) -> bytes:
    """Return numbers as bytes."""
    return json.dumps([[name, labels, numbers] for (name, labels), numbers in values.items()]).encode()


def unpack(data: bytes) -> Values:
    """Return the numbers of ``pack``."""
    found: list[tuple[str, list[str], list[float]]] = json.loads(data)
    values: dict[Key, list[float]] = {(name, tuple(labels)): numbers for name, labels, numbers in found}
    return values
