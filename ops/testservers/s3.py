"""The S3 server: the requested one, else MinIO if its binary is available, else Ceph's RADOS gateway."""

from collections.abc import Callable
from pathlib import Path

from ops.testservers import ceph, minio, seaweedfs
from ops.testservers.server import CannotRunError, Places, Server

Starter = Callable[[Places, Path], Server]
STARTERS: dict[str, Starter] = {"minio": minio.start, "ceph": ceph.start, "seaweedfs": seaweedfs.start}
KINDS = tuple(STARTERS)


def fetch(places: Places) -> str:
    """Prepare an S3 server to start and return its name and version.

    Raises:
        CannotRunError: It is unavailable or not in ``KINDS``; without a choice, the message gives both reasons.
    """
    if places.s3:
        return _fetch(places.s3, places)
    try:
        return _fetch("minio", places)
    except CannotRunError as first:
        try:
            return _fetch("ceph", places)
        except CannotRunError as second:
            raise CannotRunError(f"{first}; and {second}") from second


def start(places: Places, run_dir: Path) -> Server:
    """Start an S3 server in ``run_dir`` and return once it answers.

    Raises:
        CannotRunError: None can run here; the message gives the reason.
    """
    return STARTERS[fetch(places).split()[0]](places, run_dir)


def _fetch(kind: str, places: Places) -> str:
    if kind == "ceph":
        return f"ceph {ceph.fetch(places)}"
    if kind == "minio":
        minio.fetch(places)
        return f"minio {minio.VERSION}"
    if kind == "seaweedfs":
        seaweedfs.fetch(places)
        return f"seaweedfs {seaweedfs.VERSION}"
    raise CannotRunError(f"no S3 server {kind}; there are {', '.join(KINDS)}")
