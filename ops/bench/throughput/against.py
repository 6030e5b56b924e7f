"""``gongkai bench against``: compares two builds in turns on the same servers and documents.

The speed of a shared machine changes within seconds, so the result is the ratio of two neighbouring turns. Each build
runs in its own processes with its own buckets and indexes; its own ``gongkai upload --wait`` sends the documents and
ends with the last outcome. The servers' CPU time during a turn counts for that turn.
"""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.bench.throughput.measure import write_documents
from ops.bench.throughput.process_usage import Usage, watch_processes
from ops.bench.throughput.stack import COMMANDS, isolate, own_command, run_process, test_servers
from schemas.errors import DependencyError, SettingsError
from workers.settings import PREFIX, environment_with

HERE = Path(__file__).parents[3]
ROOMS = ("schemas", "search", "workers", "ops")
UPLOADER = "uploader"


@dataclass(frozen=True, slots=True)
class Turn:
    """The cost of one turn for one build.

    Attributes:
        seconds: Wall time until the last document had its outcome; the includes the start of the upload command.
        cpu: CPU seconds by role of the process, servers included.
    """

    seconds: float
    cpu: dict[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The turns of both builds, paired by position.

    Attributes:
        documents: Number of documents per turn.
        new: Turns of this build.
        old: Turns of the other one.
    """

    documents: int
    new: tuple[Turn, ...]
    old: tuple[Turn, ...]

    @property
    def speedup(self) -> tuple[float, float, float]:
        """Documents a second of this build over the other's: median of the pairs, least and most."""
        return _spread([old.seconds / new.seconds for new, old in zip(self.new, self.old, strict=True)])

    @property
    def cpu_ratio(self) -> tuple[float, float, float]:
        """CPU a document of this build over the other's, servers included: median of the pairs, least and most."""
        pairs = zip(self.new, self.old, strict=True)
        return _spread([sum(new.cpu.values()) / sum(old.cpu.values()) for new, old in pairs])

    def milliseconds(self, turns: Sequence[Turn]) -> dict[str, float]:
        """Return the median CPU milliseconds a document, by role."""
        roles = sorted({role for turn in turns for role in turn.cpu})
        return {
            role: round(1000 * statistics.median(turn.cpu.get(role, 0.0) for turn in turns) / self.documents, 2)
            for role in roles
        }


def compare_embedded(
    revision: str, turns: Sequence[Sequence[tuple[str, bytes]]], *, tell: Callable[[], Any]
) -> Comparison:
    """Run each build on the same inboxes with ``gongkai run --once``; its start is part of the turn.

    Args:
        revision: What git knows the other build by.
        turns: (key, content) of the documents of each turn.
        tell: Called after each turn.

    Raises:
        SettingsError: git knows no such revision, or this is no checkout.
        DependencyError: A build's run ended with an error.
    """
    with check_out(revision) as old:
        return _in_turns(turns, lambda place, files, _: _run_once(place, files), (HERE, old), tell)


def compare_services(
    revision: str, environment: dict[str, str], turns: Sequence[Sequence[tuple[str, bytes]]], *, tell: Callable[[], Any]
) -> Comparison:
    """Run each build's processes on the same uploads and servers.

    Args:
        revision: What git knows the other build by.
        environment: Settings that name the servers; where empty, test servers are started for the run.
        turns: (key, content) of the documents of each turn; the first turn warms both up and is not counted.
        tell: Called after each turn.

    Raises:
        SettingsError: git knows no such revision, or this is no checkout.
        DependencyError: A server cannot run here, or a build's upload ended with an error.
    """
    with ExitStack() as stack:
        old = stack.enter_context(check_out(revision))
        servers: dict[str, int] = {}
        given = environment or stack.enter_context(test_servers(servers))
        sides = {place: stack.enter_context(_processes(place, given)) for place in (HERE, old)}
        usage = stack.enter_context(watch_processes({**servers, **_roots(sides)}))

        def turn(place: Path, files: list[tuple[str, Path]], number: int) -> Turn:
            return _upload(place, sides[place], files, usage, number)

        found = _in_turns(turns, turn, (HERE, old), tell)
        return Comparison(found.documents, found.new[1:], found.old[1:])


@contextmanager
def check_out(revision: str) -> Iterator[Path]:
    """Check a revision of this repository out into a temporary folder, its modules compiled.

    Raises:
        SettingsError: git knows no such revision, or this is no checkout.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-against-") as folder:
        place = Path(folder) / "checkout"
        _git("worktree", "add", "--detach", "--quiet", str(place), revision)
        try:
            for room in ROOMS:
                compileall.compile_dir(place / room, quiet=2)
                compileall.compile_dir(HERE / room, quiet=2)
            yield place
        finally:
            _git("worktree", "remove", "--force", str(place))


def _git(*arguments: str) -> None:
    done = subprocess.run(["git", "-C", str(HERE), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SettingsError(f"git {arguments[0]} {arguments[-1]}: {done.stderr.strip()}")


def _in_turns(
    turns: Sequence[Sequence[tuple[str, bytes]]],
    work: Callable[[Path, list[tuple[str, Path]], int], Turn],
    places: tuple[Path, Path],
    tell: Callable[[], Any],
) -> Comparison:
    """Give each turn's documents to both builds, alternating which goes first."""
    found: dict[Path, list[Turn]] = {place: [] for place in places}
    for number, documents in enumerate(turns):
        with tempfile.TemporaryDirectory(prefix="gongkai-against-files-") as folder:
            files = write_documents(documents, Path(folder) / "turn")
            for place in places if number % 2 else reversed(places):
                found[place].append(work(place, files, number))
                tell()
    return Comparison(len(turns[0]), tuple(found[places[0]]), tuple(found[places[1]]))


def _run_once(place: Path, files: list[tuple[str, Path]]) -> Turn:
    with tempfile.TemporaryDirectory(prefix="gongkai-against-data-") as data:
        inbox = Path(data) / "inbox"
        for key, path in files:
            (inbox / key).parent.mkdir(parents=True, exist_ok=True)
            (inbox / key).write_bytes(path.read_bytes())
        seconds, cpu = time_command(place, ("run", "--once"), {f"{PREFIX}DATA_DIR": data})
    return Turn(seconds, {"all in one": cpu})


@dataclass(frozen=True, slots=True)
class _Side:
    variables: dict[str, str]
    processes: dict[str, int]


@contextmanager
def _processes(place: Path, given: dict[str, str]) -> Iterator[_Side]:
    """Run a build's processes from its checkout, on buckets and indexes of their own."""
    variables = isolate(given, f"against-{uuid.uuid4().hex[:8]}")
    # Each build bootstraps itself; no worker answers yet, so `doctor` exits with 1.
    time_command(place, ("doctor", "--bootstrap"), variables)
    with ExitStack() as stack:
        started = {
            role: stack.enter_context(run_process(command, variables, place=place))
            for role, command in COMMANDS.items()
        }
        yield _Side(variables, started)


def _roots(sides: dict[Path, _Side]) -> dict[str, int]:
    return {f"{place} {role}": pid for place, side in sides.items() for role, pid in side.processes.items()}


def _upload(place: Path, side: _Side, files: list[tuple[str, Path]], usage: Usage, number: int) -> Turn:
    """Upload with the build's own command; measure the CPU of its processes and the servers meanwhile."""
    with tempfile.TemporaryDirectory(prefix="gongkai-against-upload-") as folder:
        for key, path in files:
            target = Path(folder) / key
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
        before = _look(usage)
        command = ("upload", "--wait", "--prefix", f"turn-{number}", folder)
        seconds, cpu = time_command(place, command, side.variables)
        after = _look(usage)
    grown = {role: used - before.get(role, 0.0) for role, used in after.items()}
    theirs = {role: used for role, used in grown.items() if not role.startswith("/")}
    ours = {role.removeprefix(f"{place} "): used for role, used in grown.items() if role.startswith(f"{place} ")}
    return Turn(seconds, {**ours, **theirs, UPLOADER: cpu})


def _look(usage: Usage) -> dict[str, float]:
    usage.look()
    return usage.cpu_seconds


def time_command(place: Path, command: Sequence[str], variables: dict[str, str]) -> tuple[float, float]:
    """Run a build's command to its end; return its wall and CPU seconds, those of its children included."""
    began = time.perf_counter()
    process = subprocess.Popen(
        own_command(command), cwd=place, env=environment_with(variables), stdout=subprocess.DEVNULL, stderr=sys.stderr
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    # Exit code 1: some documents failed, which is expected of the unreadable ones.
    if process.returncode not in (0, 1):
        raise DependencyError("build", f"gongkai {command[0]} of {place} ended with {process.returncode}")
    return seconds, used.ru_utime + used.ru_stime


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)
