"""A proxy before an S3 server that can delay data or report a full disk; otherwise it passes bytes through."""

import contextlib
import re
import socket
import threading
import time

FULL = (
    b"HTTP/1.1 507 Insufficient Storage\r\nContent-Type: application/xml\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n"
)
REASON = (
    b'<?xml version="1.0"?><Error><Code>XMinioStorageFull</Code><Message>Storage backend has reached its '
    b"minimum free drive threshold.</Message></Error>"
)
HEAD_BYTES = 65_536


class FaultProxy:
    """Relays connections from its own loopback port.

    Attributes:
        delay: Seconds by which each chunk is delayed.
        full: Whether to refuse all writes.
    """

    def __init__(self, host: str, port: int) -> None:
        self.delay = 0.0
        self.full = False
        self._target = (host, port)
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, name="door", daemon=True).start()

    def fill(self) -> None:
        """Report a full disk from now on, also on open connections."""
        self.full = True
        for one in tuple(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Accept no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client = self._listening.accept()[0]
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            head = b""
            if self.full:
                head = _head(client)
                if head.startswith(b"PUT"):
                    client.sendall(FULL % len(REASON) + REASON)
                    return
                # One request per connection, so that every request is inspected.
                head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            with socket.create_connection(self._target) as server:
                server.sendall(head)
                self._open.update((client, server))
                back = threading.Thread(target=self._pump, args=(server, client), daemon=True)
                back.start()
                self._pump(client, server)
                back.join()
                self._open.difference_update((client, server))

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if self.delay:
                    time.sleep(self.delay)
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def _head(client: socket.socket) -> bytes:
    """Return the head of a request and its whole body, if any."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < HEAD_BYTES and (data := client.recv(4096)):
        head += data
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    left = int(length[1]) - len(head.partition(b"\r\n\r\n")[2]) if length else 0
    while left > 0 and (data := client.recv(1 << 16)):
        head, left = head + data, left - len(data)
    return head
