"""Starts, finds and stops the three servers by name."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ops.testservers import elasticsearch, redis, s3
from ops.testservers.server import CannotRunError, Places, Server, load

STARTERS: dict[str, Callable[[Places, Path], Server]] = {
    "redis": redis.start,
    "s3": s3.start,
    "elasticsearch": elasticsearch.start,
}
FETCHERS: dict[str, Callable[[Places], str]] = {
    "redis": redis.fetch,
    "s3": s3.fetch,
    "elasticsearch": elasticsearch.fetch,
}
NAMES = tuple(STARTERS)


def fetch(name: str, places: Places) -> str:
    """Fetch and build a server if missing and return its version.

    Raises:
        CannotRunError: It cannot be had on this machine.
    """
    return FETCHERS[name](places)


def start(name: str, places: Places) -> Server:
    """Start a server in a new run folder and return once it answers.

    Raises:
        CannotRunError: It cannot run on this machine.
    """
    _make_passable(places.run)
    if places.run.stat().st_uid != os.geteuid():
        raise CannotRunError(f"{places.run} belongs to another user; give another run folder")
    run_dir = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=places.run))
    try:
        server = STARTERS[name](places, run_dir)
    except CannotRunError:
        shutil.rmtree(run_dir, ignore_errors=True)
        raise
    server.save()
    return server


def start_all(names: Sequence[str], places: Places) -> dict[str, Server | CannotRunError]:
    """Start several servers in parallel; return the reason in place of one that cannot run."""

    def attempt(name: str) -> Server | CannotRunError:
        try:
            return start(name, places)
        except CannotRunError as error:
            return error

    with ThreadPoolExecutor(max_workers=max(len(names), 1)) as pool:
        return dict(zip(names, pool.map(attempt, names), strict=True))


def status(places: Places) -> list[Server]:
    """Return the running servers below ``places.run``, oldest first."""
    if not places.run.is_dir():
        return []
    folders = sorted((path for path in places.run.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    servers = [server for folder in folders if (server := load(folder))]
    return [server for server in servers if all(process.alive() for process in server.processes)]


def stop(server: Server) -> None:
    """Stop exactly the processes of this server, the last started first, and remove its run folder."""
    for process in reversed(server.processes):
        process.stop()
    shutil.rmtree(server.run_dir, ignore_errors=True)


def _make_passable(folder: Path) -> None:
    """Make a folder that other users may pass through, whatever the umask: Elasticsearch runs as another user."""
    if not folder.is_dir():
        _make_passable(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
