"""Debian's redis-server in memory only: it writes nothing to disk, so every start is empty."""

import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ops.testservers.process import Process, free_port, last_lines, spawn, wait_until
from ops.testservers.programs import require
from ops.testservers.server import CannotRunError, Places, Server

PROGRAMS = {"redis-server": "redis-server"}
DATABASES = 1024  # each test takes its own database, and several test runs may share a server
MEMORY = "512mb"


def fetch(_places: Places) -> str:
    """Install redis-server if missing and return its version."""
    program = require(PROGRAMS)["redis-server"]
    words = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return next((word.removeprefix("v=") for word in words if word.startswith("v=")), "unknown")


def start(places: Places, run_dir: Path) -> Server:
    """Start Redis in ``run_dir`` and return once it answers a PING.

    Raises:
        CannotRunError: It is not installed or did not answer.
    """
    version, port = fetch(places), free_port()
    options = {"databases": DATABASES, "appendonly": "no", "maxmemory": MEMORY, "maxmemory-policy": "noeviction"}
    process = launch(run_dir, port, options)
    url = f"redis://127.0.0.1:{port}/0"
    return Server("redis", "redis", version, url, run_dir=str(run_dir), processes=(process,))


def command(run_dir: Path, port: int, options: Mapping[str, object]) -> tuple[str, ...]:
    """Return the command that runs Redis on a loopback port.

    Raises:
        CannotRunError: It is not installed.
    """
    given = {"port": port, "bind": "127.0.0.1", "dir": run_dir, "save": "", **options}
    arguments = (str(part) for name, value in given.items() for part in (f"--{name}", value))
    return (str(require(PROGRAMS)["redis-server"]), *arguments)


def launch(run_dir: Path, port: int, options: Mapping[str, object]) -> Process:
    """Run Redis on a loopback port and return once it answers a PING.

    Raises:
        CannotRunError: It is not installed or did not answer.
    """
    log = run_dir / "redis.log"
    process = spawn(*command(run_dir, port, options), log=log)
    if not wait_until(lambda: _answers(port), seconds=20, alive=[process]):
        process.stop()
        raise CannotRunError(f"redis-server did not answer: {last_lines(log)}")
    return process


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
