"""``python -m ops.bench.faults.starts``: measures the start of intake, documents worker and index worker.

Each is started with work waiting: events, documents, documents on their way to the index. It can measure other
checkouts in turns with this one, since the speed of a machine changes within seconds. Modules are compiled before, as
in an installed package.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import psutil
import typer

from ops.bench.faults.app_processes import COMMANDS
from ops.bench.faults.scenario import Write
from ops.bench.faults.upload import message
from ops.bench.throughput.stack import test_servers
from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from schemas.records import document_id
from workers.runtime.redis_client import connect
from workers.settings import environment_with, load
from workers.storage.object_keys import bucket_of

HERE = Path(__file__).parents[3]
POLL_SECONDS, STILL_SECONDS, PATIENCE_SECONDS = 0.005, 1.0, 120.0
DOCUMENTS = 6  # so that each child of the documents worker has some
TEXT = "关于公开的通知\n\n一、公开\n第{}号。\n"


@dataclass(frozen=True, slots=True)
class Start:
    """The cost of one start, in seconds.

    Attributes:
        wall: Wall time until the waiting work was done.
        cpu: CPU time of the process and its descendants until they were idle.
    """

    wall: float
    cpu: float


def measure(
    system: System, variables: dict[str, str], checkouts: list[Path], turns: int
) -> Iterator[tuple[str, str, Start]]:
    """Yield checkout, role and cost of each start; the first turn is not counted."""
    for turn in range(turns + 1):
        for place in checkouts if turn % 2 else reversed(checkouts):
            for role, start in _chain(system, variables, place, f"{turn}-{checkouts.index(place)}"):
                if turn:
                    yield str(place), role, start


def _chain(system: System, variables: dict[str, str], place: Path, folder: str) -> Iterator[tuple[str, Start]]:
    """Send some documents through three processes, one after the other."""
    settings, queues = system.settings, system.queues
    keys = [f"{folder}/{n}.txt" for n in range(DOCUMENTS)]
    for key in keys:
        system.context.inbox.write(key, TEXT.format(key).encode())
        connect(settings).rpush(settings.events_list, message(Write(key, b""), bucket_of(settings.objects_url)))
    done: dict[str, Callable[[], bool]] = {
        "intake": lambda: queues.lengths()["convert"] >= DOCUMENTS,
        "documents": lambda: queues.lengths()["index"] >= DOCUMENTS,
        "index": lambda: len(system.context.index.records_of([document_id(key) for key in keys])) == DOCUMENTS,
    }
    for role, ready in done.items():
        with _fetch_first(COMMANDS[role], variables, place) as process:
            begun = time.perf_counter()
            while not ready():
                if time.perf_counter() - begun > PATIENCE_SECONDS or process.poll() is not None:
                    raise TimeoutError(f"{role} of {place} did nothing: {process.poll()}, {queues.lengths()}")
                time.sleep(POLL_SECONDS)
            wall = time.perf_counter() - begun
            yield role, Start(round(wall, 3), round(_still(process.pid), 3))


@contextmanager
def _fetch_first(
    command: tuple[str, ...], variables: dict[str, str], place: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {
        name: value for name, value in environment_with(variables).items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.cli", *command],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _still(pid: int) -> float:
    """Wait until a process and its descendants are idle; return the CPU seconds they used."""
    before, since = _cpu(pid), time.perf_counter()
    while time.perf_counter() - since < STILL_SECONDS:
        time.sleep(0.1)
        if (now := _cpu(pid)) > before + 0.03:
            before, since = now, time.perf_counter()
    return _cpu(pid)


def _cpu(pid: int) -> float:
    first = psutil.Process(pid)
    total = 0.0
    for one in (first, *first.children(recursive=True)):
        try:
            used = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def main(
    against: Annotated[list[Path] | None, typer.Option(help="Another checkout; may be repeated.")] = None,
    turns: Annotated[int, typer.Option(min=1, help="Starts of each role and checkout.")] = 5,
) -> None:
    """Print, for each checkout and role, the median wall and CPU seconds of a start."""
    found: dict[str, dict[str, list[Start]]] = {}
    with test_servers({}) as variables, open_system(load(variables)) as system:
        bootstrap(system)
        for place, role, start in measure(system, variables, [HERE, *(against or [])], turns):
            found.setdefault(place, {}).setdefault(role, []).append(start)
    for place, roles in found.items():
        medians = {
            role: {
                "wall": statistics.median(one.wall for one in starts),
                "cpu": statistics.median(one.cpu for one in starts),
            }
            for role, starts in roles.items()
        }
        typer.echo(json.dumps({"checkout": os.path.relpath(place), "turns": turns, "starts": medians}))


if __name__ == "__main__":
    typer.run(main)
