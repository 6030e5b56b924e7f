"""Starts the stack for a benchmark: everything in this process, or one process per part on real servers."""

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ops import testservers
from ops.maintenance.bootstrap import bootstrap
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.errors import DependencyError
from workers.settings import PREFIX, Settings, environment_with, load

READY_SECONDS = 60.0
COMMANDS: dict[str, tuple[str, ...]] = {
    "documents worker": ("worker", "--stages", "convert,normalize,extract"),
    "scan worker": ("worker", "--stages", "scan", "--concurrency", "1"),
    "index worker": ("worker", "--stages", "index"),
    "intake": ("intake",),
}


@dataclass(frozen=True, slots=True)
class Stack:
    """A running system.

    Attributes:
        system: Its backends.
        processes: Process ids by role.
        metrics: Ports that serve metrics, by role.
    """

    system: System
    processes: dict[str, int]
    metrics: dict[str, int] = field(default_factory=dict)


@contextmanager
def embedded_stack() -> Iterator[Stack]:
    """Run the embedded system in a temporary folder."""
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder,
        run_embedded(load({f"{PREFIX}DATA_DIR": folder})) as system,
    ):
        yield Stack(system, {"all in one": os.getpid()})


@contextmanager
def services_stack(
    environment: dict[str, str], *, concurrency: int = 0, show_metrics: bool = False, events_list: str = ""
) -> Iterator[Stack]:
    """Run worker, index worker and intake as processes on real servers, with their own buckets and indexes.

    Args:
        environment: Settings that name the servers; if empty, test servers are started for the run.
        concurrency: Worker processes; 0 means one per core.
        show_metrics: Whether each part serves its metrics on its own port.
        events_list: Name of the event list; by default unique to this run.

    Raises:
        DependencyError: A server cannot run here or does not answer.
    """
    with ExitStack() as stack:
        run = uuid.uuid4().hex[:8]
        roots: dict[str, int] = {}
        given = environment or stack.enter_context(test_servers(roots))
        variables = isolate(given, f"bench-{run}")
        if events_list:
            variables[f"{PREFIX}EVENTS_LIST"] = events_list
        settings = load(variables)
        system = stack.enter_context(open_system(settings))
        bootstrap(system)
        commands = {role: [*command] for role, command in COMMANDS.items()}
        commands["documents worker"] += ["--concurrency", str(concurrency)]
        ports = {role: testservers.free_port() for role in commands} if show_metrics else {}
        for role, port in ports.items():
            commands[role] += ["--metrics-port", str(port)]
        processes = {role: stack.enter_context(run_process(command, variables)) for role, command in commands.items()}
        _wait_ready(system, settings)
        yield Stack(system, {**processes, **roots, "uploader": os.getpid()}, ports)


def isolate(given: dict[str, str], name: str) -> dict[str, str]:
    """Return settings for the same servers with this name in buckets, queues and indexes."""
    return {
        **given,
        f"{PREFIX}INDEX_PREFIX": name,
        f"{PREFIX}BROKER_PREFIX": f"{name}:",
        f"{PREFIX}EVENTS_LIST": f"{name}:events",
        f"{PREFIX}OBJECTS_URL": f"{given[f'{PREFIX}OBJECTS_URL']}-{name}",
        f"{PREFIX}DERIVED_URL": f"{given[f'{PREFIX}DERIVED_URL']}-{name}",
    }


@contextmanager
def test_servers(roots: dict[str, int]) -> Iterator[dict[str, str]]:
    """Run test servers and yield the settings that name them; adds their process ids to ``roots``, by role.

    Raises:
        DependencyError: A server cannot run here.
    """
    places = testservers.Places.default("")
    started = testservers.start_all(testservers.NAMES, places)
    running = {name: server for name, server in started.items() if isinstance(server, testservers.Server)}
    try:
        for name, server in started.items():
            if not isinstance(server, testservers.Server):
                raise DependencyError(name, str(server))
        roots.update({f"{s.kind} {n}": p.pid for s in running.values() for n, p in enumerate(s.processes)})
        yield settings_of(running["redis"].url, running["s3"], running["elasticsearch"])
    finally:
        for server in running.values():
            testservers.stop(server)


def settings_of(redis_url: str, s3: testservers.Server, elastic: testservers.Server) -> dict[str, str]:
    """Return the settings that name these servers."""
    address = s3.url.removeprefix("http://")
    return {
        f"{PREFIX}BROKER_URL": redis_url,
        f"{PREFIX}INDEX_URL": elastic.url,
        f"{PREFIX}OBJECTS_URL": f"s3://{address}/inbox",
        f"{PREFIX}DERIVED_URL": f"s3://{address}/derived",
        f"{PREFIX}S3_ACCESS_KEY": s3.access_key,
        f"{PREFIX}S3_SECRET_KEY": s3.secret_key,
    }


def own_command(command: Sequence[str]) -> list[str]:
    """Return the arguments that run a command of this program with this Python."""
    return [sys.executable, "-m", "ops.cli", *command]


@contextmanager
def run_process(command: Sequence[str], variables: dict[str, str], *, place: Path | None = None) -> Iterator[int]:
    """Run a command with these settings until the block ends, and yield its process id.

    Args:
        command: Its name and options.
        variables: The settings.
        place: The checkout whose code runs; by default the code that is installed.
    """
    # Celery reports its stop on standard output, where a benchmark prints its figures.
    process = subprocess.Popen(own_command(command), cwd=place, env=environment_with(variables), stdout=sys.stderr)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_ready(system: System, settings: Settings) -> None:
    system.context.inbox.write("预热.txt", "预热\n\n一、开始\n用来等待各进程就绪。\n".encode())
    system.dispatch.send(["预热.txt"])
    deadline = time.monotonic() + READY_SECONDS
    while not system.context.index.counts():
        if time.monotonic() > deadline:
            raise DependencyError(
                "broker", f"no worker at {settings.broker_url} took a message in {READY_SECONDS:.0f} s"
            )
        time.sleep(0.1)
