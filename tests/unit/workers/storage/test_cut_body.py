"""A store that sends half of an object is waited for; half an object is never taken for a whole one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from schemas.errors import DependencyError
from workers.storage.s3 import S3Store

BODY = "关于政务公开的通知".encode() * 1000


class HalfThenWhole(BaseHTTPRequestHandler):
    """Announces the whole body; sends half of it and hangs up, to the first request only."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.send_header("ETag", '"e1"')
        self.send_header("Last-Modified", "Sun, 29 Nov 2026 12:00:00 GMT")
        self.end_headers()
        self.wfile.write(BODY[: len(BODY) // 2] if self.asked == 1 else BODY)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[S3Store]:
    HalfThenWhole.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), HalfThenWhole)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"127.0.0.1:{server.server_address[1]}"
    try:
        yield S3Store(address, "inbox", access_key="", secret_key="", region="us-east-1")
    finally:
        server.shutdown()
        server.server_close()


def test_a_cut_document_is_an_outage_of_the_store_and_the_whole_one_comes_next(tmp_path: Path) -> None:
    with serving() as store:
        with pytest.raises(DependencyError, match="object store"):
            store.fetch("a.txt", tmp_path / "object")
        fetched = store.fetch("a.txt", tmp_path / "object")
    assert fetched is not None
    assert (fetched.size, fetched.etag) == (len(BODY), "e1")
    assert (tmp_path / "object").read_bytes() == BODY


def test_a_cut_artefact_is_an_outage_of_the_store_not_a_damaged_artefact() -> None:
    with serving() as store:
        with pytest.raises(DependencyError, match="object store"):
            store.read("artefacts/ab/ab")
        assert store.read("artefacts/ab/ab") == BODY
