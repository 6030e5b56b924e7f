"""A running server, the folders it lives in, and the reason why one cannot run."""

import json
import tempfile
from dataclasses import asdict, dataclass, field
from os import getuid
from pathlib import Path
from typing import Any

from ops.testservers.process import Process
from schemas.errors import GongkaiError

STATE = "server.json"


class CannotRunError(GongkaiError):
    """This machine cannot run a server; the message is one line that says why and what would help."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and choices of servers.

    Attributes:
        cache: Fetched and built files; permanent, shared by all checkouts of this user.
        run: One folder below it per running server.
        minio: A MinIO binary to use instead of the one in the cache.
        s3: Which S3 server: ``minio``, ``ceph`` or ``seaweedfs``; empty for the first available.
        elasticsearch: Which line of Elasticsearch: ``8`` or ``9``; empty for the older.
    """

    cache: Path
    run: Path
    minio: Path | None = None
    s3: str = ""
    elasticsearch: str = ""

    @classmethod
    def default(cls, cache_home: str = "", *, minio: str = "", s3: str = "", elasticsearch: str = "") -> "Places":
        """Return the places of this user; ``cache_home`` is the value of XDG_CACHE_HOME."""
        cache = Path(cache_home) if cache_home else Path.home() / ".cache"
        # Not below the cache: Elasticsearch runs as another user, and a home folder may be closed to it.
        run = Path(tempfile.gettempdir()) / f"gongkai-servers-{getuid()}"
        own = Path(minio) if minio else None
        return cls(cache=cache / "gongkai", run=run, minio=own, s3=s3, elasticsearch=elasticsearch)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started and answered.

    Attributes:
        name: Its role: ``redis``, ``s3`` or ``elasticsearch``.
        kind: Its product: ``redis``, ``minio``, ``radosgw``, ``seaweedfs`` or ``elasticsearch``.
        version: As reported by the server.
        url: ``redis://…`` or ``http://…``, on loopback.
        run_dir: Its configuration, data and logs.
        processes: The processes to stop, in the order they were started.
        access_key: Access key of an S3 server.
        secret_key: Secret key of an S3 server.
        push_port: Loopback port a MinIO or SeaweedFS pushes its events to.
        list_port: Loopback port of the Redis to whose list a MinIO appends its events.
    """

    name: str
    kind: str
    version: str
    url: str
    run_dir: str
    processes: tuple[Process, ...] = field(repr=False)
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    push_port: int = 0
    list_port: int = 0

    def save(self) -> None:
        """Record the server in its run folder, readable by this user alone."""
        target = Path(self.run_dir) / STATE
        draft = target.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self)), "utf-8")
        draft.rename(target)

    def connection(self) -> dict[str, Any]:
        """Return the connection details for a client, as printed with ``--json``."""
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in {"processes", "run_dir", "push_port", "list_port"} and value
        }


def load(run_dir: Path) -> Server | None:
    """Return the server recorded in a run folder, or None."""
    try:
        values = json.loads((run_dir / STATE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Server(**{**values, "processes": tuple(Process(**process) for process in values["processes"])})
