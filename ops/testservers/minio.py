"""MinIO at the one version the system is built for, compiled from the Go module proxy."""

import json
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ops.testservers.process import free_port, last_lines, spawn, wait_until
from ops.testservers.programs import find, lock
from ops.testservers.server import CannotRunError, Places, Server

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
MODULE = f"github.com/minio/minio@{VERSION}"
EVENTS_LIST = "gongkai:events"
REFUSAL_SECONDS = 24 * 3600


def fetch(places: Places) -> Path:
    """Return the MinIO binary: the one named, the one in the cache, or one built now (six minutes).

    Raises:
        CannotRunError: There is none and none can be built; remembered for a day.
    """
    if places.minio:
        if not os.access(places.minio, os.X_OK):
            raise CannotRunError(f"{places.minio} is no program")
        return places.minio
    binary = places.cache / "bin" / "minio"
    with lock(places.cache, "minio"):
        if not binary.is_file():
            _build(places.cache, binary)
    return binary


def start(places: Places, run_dir: Path) -> Server:
    """Start MinIO in ``run_dir`` and return once it reports ready.

    Raises:
        CannotRunError: There is no binary, or it did not get ready.
    """
    binary = fetch(places)
    port, push_port, list_port, log = free_port(), free_port(), free_port(), run_dir / "minio.log"
    access_key, secret_key = secrets.token_hex(10), secrets.token_hex(20)
    variables = [f"MINIO_ROOT_USER={access_key}", f"MINIO_ROOT_PASSWORD={secret_key}", "MINIO_BROWSER=off"]
    variables += [f"MINIO_NOTIFY_{name}_GONGKAI={value}" for name, value in _targets(push_port, list_port, run_dir)]
    arguments = ["server", "--quiet", "--address", f"127.0.0.1:{port}", str(run_dir / "data")]
    process = spawn("env", *variables, binary, *arguments, log=log)
    if not wait_until(lambda: _ready(port), seconds=30, alive=[process]):
        process.stop()
        raise CannotRunError(f"MinIO did not get ready: {last_lines(log)}")
    url = f"http://127.0.0.1:{port}"
    ports = (push_port, list_port)
    return Server("s3", "minio", VERSION, url, str(run_dir), (process,), access_key, secret_key, *ports)


def _targets(push_port: int, list_port: int, run_dir: Path) -> Iterator[tuple[str, str]]:
    """Return the environment for the webhook and Redis list that events can go to.

    Both ports are reserved for later listeners; ``QUEUE_DIR`` lets MinIO start before they answer.
    """
    folder = run_dir / "events"
    yield from {
        "WEBHOOK_ENABLE": "on",
        "WEBHOOK_ENDPOINT": f"http://127.0.0.1:{push_port}/",
        "WEBHOOK_QUEUE_DIR": str(folder),
        "REDIS_ENABLE": "on",
        "REDIS_ADDRESS": f"127.0.0.1:{list_port}",
        "REDIS_KEY": EVENTS_LIST,
        "REDIS_FORMAT": "access",
        "REDIS_QUEUE_DIR": str(folder),
    }.items()


def _build(cache: Path, binary: Path) -> None:
    refusal = cache / "minio-refused.json"
    if refusal.is_file() and time.time() - refusal.stat().st_mtime < REFUSAL_SECONDS:
        raise CannotRunError(json.loads(refusal.read_text("utf-8")))
    compiler = find("go") or find("/usr/local/go/bin/go")
    if not compiler:
        raise CannotRunError("no Go compiler to build MinIO with")
    binary.parent.mkdir(parents=True, exist_ok=True)
    command = ["env", f"GOBIN={binary.parent}", str(compiler), "install", "-ldflags", "-s -w", MODULE]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        reason = f"MinIO {VERSION} cannot be built: {result.stderr.strip().split(chr(10))[-1].strip()}"
        refusal.write_text(json.dumps(reason), "utf-8")
        raise CannotRunError(reason)


def _ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/minio/health/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
