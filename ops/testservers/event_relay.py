"""Passes bucket events on to ``POST /events`` with the bearer token, which an S3 server cannot send by itself.

Ceph refuses credentials in the address of a push endpoint without TLS, so a relay must add the header, as a reverse
proxy would. It stores nothing: it refuses an event that it cannot pass on, and the server decides what to do.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PATIENCE_SECONDS = 10


@contextmanager
def relay(target: str, token: str, *, port: int = 0) -> Iterator[str]:
    """Listen on loopback and yield the address to push events to.

    Args:
        target: Address of ``POST /events``.
        token: Sent as ``Authorization: Bearer``.
        port: Where to listen; any free port if 0.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response_only(_pass_on(target, token, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent; the receiver logs."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 1024  # an S3 server opens a connection for each event
        daemon_threads = True

    with Server(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()


def _pass_on(target: str, token: str, body: bytes) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urlopen(Request(target, body, headers), timeout=PATIENCE_SECONDS) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return 502
