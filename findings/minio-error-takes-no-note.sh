#!/bin/bash
# An S3Error of minio-py takes no note: add_note() in an error handler replaces the error by an AttributeError.
#
# Guess before running it: a note can be added to any exception (PEP 678: "add_note() ... BaseException"), so a handler
# that says which report was read and raises again passes the S3Error on, and `except S3Error` further out has it. A
# second guess, that it could not leave a `with` block of contextlib.contextmanager either, was wrong: that passes.
# Seen: S3Error refuses every attribute but those of a traceback once it is made, and notes are an attribute. What
# comes out of the handler is AttributeError, which neither `except S3Error` nor `except MinioException` catches.
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check minio==7.2.20
cat > "$folder/try.py" <<'P'
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

from minio import Minio
from minio.error import MinioException, S3Error

ANSWER = b"<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


@contextmanager
def timed():
    yield


def came_out(action):
    try:
        action()
    except MinioException as error:
        return f"{type(error).__name__} {error.code}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = Minio(f"127.0.0.1:{server.server_port}", "key", "secret", secure=False, region="us-east-1")


def plain():
    client.get_object("bucket", "missing")


def within():
    with timed():
        client.get_object("bucket", "missing")


def noted():
    try:
        plain()
    except S3Error as error:
        error.add_note("while the report was read")
        raise


outside, inside = came_out(plain), came_out(within)
print(f"minio {version('minio')}, Python {sys.version.split()[0]}")
print("without a with block:", outside)
print("within one:          ", inside)
with_note = came_out(noted)
print("with a note:         ", with_note)
sys.exit(0 if outside == inside == "S3Error NoSuchKey" and with_note.startswith("AttributeError") else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
