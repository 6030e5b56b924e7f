"""The S3 server: MinIO where its binary can be had, else Ceph's RADOS gateway; both have versions and events."""

from pathlib import Path

from ops.servers import ceph, minio
from ops.servers.server import CannotRunError, Places, Server


def fetch(places: Places) -> str:
    """Have an S3 server ready to start and return which one, with its version.

    Raises:
        CannotRunError: Neither can be had; the message gives both reasons.
    """
    try:
        minio.fetch(places)
    except CannotRunError as first:
        try:
            return f"radosgw {ceph.fetch(places)}"
        except CannotRunError as second:
            raise CannotRunError(f"{first}; and {second}") from second
    return f"minio {minio.VERSION}"


def start(places: Places, run_dir: Path) -> Server:
    """Start an S3 server in ``run_dir`` and return once it answers.

    Raises:
        CannotRunError: Neither can run here; the message gives the reason.
    """
    kind = fetch(places).split()[0]
    return minio.start(places, run_dir) if kind == "minio" else ceph.start(places, run_dir)
