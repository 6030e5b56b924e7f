"""The three servers of a run; each can be killed and restarted at the same address."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import kill
from pathlib import Path
from urllib.parse import urlsplit

from ops import testservers
from ops.testservers import elasticsearch
from ops.testservers.process import Process, free_port, listens, spawn, wait_until
from ops.testservers.redis import command, launch
from ops.testservers.server import CannotRunError, Places, Server

READY_SECONDS = 90.0


@dataclass(slots=True)
class Killable:
    """One server: its address, the process to kill, and its minimum downtime in seconds."""

    name: str
    url: str
    process: Process
    command: tuple[str, ...]
    folder: Path
    server: Server | None = None

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        kill(self.process.pid, signal.SIGKILL)
        wait_until(lambda: not self.process.alive(), seconds=10)

    def revive(self) -> None:
        """Start it again and return once it answers.

        Raises:
            CannotRunError: It does not answer.
        """
        if self.name == "elasticsearch":
            if self.server is None:
                raise CannotRunError("Elasticsearch was not started here")
            self.process = elasticsearch.restart(self.server, testservers.Places.default(""))
        else:
            self.process = spawn(*self.command, log=self.folder / f"{self.name}-again.log")
        port = urlsplit(self.url).port or 0
        if not wait_until(lambda: listens(port), seconds=READY_SECONDS, alive=[self.process]):
            raise CannotRunError(f"{self.name} did not come back")

    def forget(self) -> None:
        """Delete what Redis wrote to disk."""
        shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)


@dataclass(frozen=True, slots=True)
class KillableServers:
    """The servers of a run; MinIO appends its events to the Redis."""

    redis: Killable
    s3: Killable
    elasticsearch: Killable
    store: Server


@contextmanager
def killable_servers(places: Places) -> Iterator[KillableServers]:
    """Start the servers in their own folder, and stop them after the block.

    Args:
        places: Folders of the servers, and the object store to use.

    Raises:
        CannotRunError: One cannot run on this machine.
    """
    started = testservers.start_all(["s3", "elasticsearch"], places)
    running = [server for server in started.values() if isinstance(server, Server)]
    folder = Path(tempfile.mkdtemp(prefix="gongkai-faults-"))
    mine: list[Killable] = []
    try:
        for name, server in started.items():
            if not isinstance(server, Server):
                raise CannotRunError(f"{name}: {server}")
        s3, elastic = (_killable(server) for server in running)
        mine += [s3, elastic]
        redis = _redis(folder, running[0].list_port or free_port())
        mine.append(redis)
        yield KillableServers(redis, s3, elastic, running[0])
    finally:
        for one in mine:
            one.process.stop(patience=5)
        for server in running:
            testservers.stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _redis(folder: Path, port: int) -> Killable:
    options = {"appendonly": "yes"}
    process = launch(folder, port, options)
    # Not the process's own command line: Redis overwrites its arguments with a title.
    return Killable("redis", f"redis://127.0.0.1:{port}/0", process, command(folder, port, options), folder)


def _killable(server: Server) -> Killable:
    # The process started last answers; the earlier ones hold the data in memory.
    process = server.processes[-1]
    return Killable(server.name, server.url, process, process.command(), Path(server.run_dir), server)
