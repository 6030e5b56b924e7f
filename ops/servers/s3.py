"""The S3 server: MinIO where it can be had, else Ceph's RADOS gateway."""

from pathlib import Path

from ops.servers.server import CannotRunError, Places, Server


def fetch(places: Places) -> str:
    """Have an S3 server ready to start and return its version."""
    raise CannotRunError("not yet")


def start(places: Places, run_dir: Path) -> Server:
    """Start an S3 server."""
    raise CannotRunError("not yet")
