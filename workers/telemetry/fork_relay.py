"""Relays metrics from forked children to their parent: a datagram every few seconds, no file and no lock.

A child that is killed loses at most its last ``FLUSH_SECONDS`` of metrics; one that ends by itself loses none.
"""

import json
import socket
import threading

from workers.telemetry.recorder import Key, Recorder, Values

FLUSH_SECONDS = 2.0
# Far below the size limit of a local datagram (the kernel's net.core.wmem_default, 212,992).
SERIES_EACH = 200
MAX_DATAGRAM_SIZE = 1 << 18


class Relay:
    """A pair of sockets; create it before forking the children, which inherit their end."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._inbound, self._outbound = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._outbound.setblocking(False)
        self._ended = threading.Event()

    def receive(self) -> threading.Thread:
        """In the parent: merge the children's metrics, in a background thread."""
        thread = threading.Thread(target=self._receive, name="metrics", daemon=True)
        thread.start()
        return thread

    def send_regularly(self) -> None:
        """In a child: discard the metrics inherited from the parent, and send new ones regularly."""
        self._recorder.drain()
        self._ended = threading.Event()
        threading.Thread(target=self._send_regularly, name="metrics", daemon=True).start()

    def flush(self) -> None:
        """In a child: send the metrics recorded since the last flush."""
        series = list(self._recorder.drain().items())
        for start in range(0, len(series), SERIES_EACH):
            part = series[start : start + SERIES_EACH]
            try:
                self._outbound.send(pack(dict(part)))
            except OSError:  # the parent is behind, or gone: retry at the next flush
                self._recorder.merge(part)

    def end(self) -> None:
        """In a child: stop sending regularly and flush a last time."""
        self._ended.set()
        self.flush()

    def _send_regularly(self) -> None:
        while not self._ended.wait(FLUSH_SECONDS):
            self.flush()

    def _receive(self) -> None:
        while True:
            self._recorder.merge(unpack(self._inbound.recv(MAX_DATAGRAM_SIZE)).items())


def pack(values: Values) -> bytes:
    """Return metrics as bytes."""
    return json.dumps([[name, labels, numbers] for (name, labels), numbers in values.items()]).encode()


def unpack(data: bytes) -> Values:
    """Return the metrics that ``pack`` encoded."""
    found: list[tuple[str, list[str], list[float]]] = json.loads(data)
    values: dict[Key, list[float]] = {(name, tuple(labels)): numbers for name, labels, numbers in found}
    return values
