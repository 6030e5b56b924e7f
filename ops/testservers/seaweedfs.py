"""SeaweedFS as S3 server: master, volumes, filer and gateway in one process, compiled from the Go module proxy.

It is built inside its own module: its go.mod replaces a dependency, which ``go install`` refuses from outside.
"""

import json
import secrets
import urllib.error
import urllib.request
from pathlib import Path

from ops.testservers.go_build import build
from ops.testservers.process import free_port, last_lines, spawn, wait_until
from ops.testservers.server import CannotRunError, Places, Server

VERSION = "v0.0.0-20261109003541-7506e5f91cd6"
MODULE = "github.com/seaweedfs/seaweedfs"

# It sends the events of all buckets; it retries a receiver that is down for ten seconds.
NOTIFICATION = """\
[notification.webhook]
enabled = true
endpoint = "http://127.0.0.1:{port}/"
path_prefixes = ["/buckets/"]
max_retries = 3
backoff_seconds = 1
max_backoff_seconds = 3
"""
# A bucket is a collection with its own volumes; seven at a time are too many for tests with a bucket each.
GROWTH = "[master.volume_growth]\ncopy_1 = 1\n"


def fetch(places: Places) -> Path:
    """Return the binary: the one in the cache, or one built now.

    Raises:
        CannotRunError: It cannot be built; remembered for a day.
    """
    return build(places.cache, "weed", MODULE, VERSION, package="./weed")


def start(places: Places, run_dir: Path) -> Server:
    """Start SeaweedFS in ``run_dir`` and return once its gateway takes a bucket.

    Raises:
        CannotRunError: There is no binary, or it did not get ready.
    """
    binary, log = fetch(places), run_dir / "weed.log"
    port, push_port = free_port(), free_port()
    access_key, secret_key = secrets.token_hex(10), secrets.token_hex(20)
    _configure(run_dir, push_port, access_key, secret_key)
    process = spawn(binary, *_arguments(run_dir, port), log=log)
    if not wait_until(lambda: _ready(port), seconds=60, alive=[process]):
        process.stop()
        raise CannotRunError(f"SeaweedFS did not get ready: {last_lines(log)}")
    url = f"http://127.0.0.1:{port}"
    return Server("s3", "seaweedfs", VERSION, url, str(run_dir), (process,), access_key, secret_key, push_port)


def _arguments(run_dir: Path, port: int) -> list[str]:
    data = run_dir / "data"
    data.mkdir()
    ports = [f"-{name}.port{kind}={free_port()}" for name in ("master", "volume", "filer") for kind in ("", ".grpc")]
    sizes = ["-master.volumeSizeLimitMB=64", "-volume.max=2000", "-master.telemetry=false"]
    gateway = ["-s3", f"-s3.port={port}", f"-s3.port.grpc={free_port()}", f"-s3.config={run_dir / 's3.json'}"]
    gateway += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
    loopback = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    return [
        "-logtostderr=true",
        f"-config_dir={run_dir}",
        "server",
        f"-dir={data}",
        *loopback,
        "-filer",
        *ports,
        *sizes,
        *gateway,
    ]


def _configure(run_dir: Path, push_port: int, access_key: str, secret_key: str) -> None:
    """Write the configuration that has no command-line option."""
    (run_dir / "notification.toml").write_text(NOTIFICATION.format(port=push_port), "utf-8")
    (run_dir / "master.toml").write_text(GROWTH, "utf-8")
    credentials = [{"accessKey": access_key, "secretKey": secret_key}]
    identity = {"name": "gongkai", "credentials": credentials, "actions": ["Admin", "Read", "List", "Tagging", "Write"]}
    target = run_dir / "s3.json"
    target.touch(mode=0o600)
    target.write_text(json.dumps({"identities": [identity]}), "utf-8")


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
