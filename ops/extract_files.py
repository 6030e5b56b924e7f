"""Many local files to lines, several at once and in order; whatever one does, even to its process, is its own line's.

One job works in a thread, so that a single small file pays for no process; more work in processes of their own, because
normalising and extracting hold the interpreter's lock.
"""

import signal
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass

from ops.extract import extract_file, failed
from ops.inputs import Input
from schemas.errors import GongkaiError
from schemas.lines import ExtractLine, to_json
from schemas.outcomes import Category, Problem, Status
from workers.sandbox import Sandbox
from workers.settings import Limits

# How many files are read ahead of the one whose line is due, so that a slow one does not leave the others idle.
AHEAD_EACH = 4


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one input: its status, and its line as JSON."""

    status: Status
    line: bytes


@dataclass(frozen=True, slots=True)
class _Tools:
    sandbox: Sandbox
    limits: Limits


# What the tasks of a process or thread work with; its pool sets it before the first one.
_tools: ContextVar[_Tools] = ContextVar("tools")


def extract_files(
    inputs: Iterable[Input], sandbox: Sandbox, *, limits: Limits, jobs: int = 1
) -> Generator[Ended, None, None]:
    """Yield what became of each input, in the order of the inputs; close it where it is not read to its end.

    Args:
        inputs: The files.
        sandbox: Converts them; a process of its own opens its own of the same kind.
        limits: How deep containers may nest.
        jobs: How many files are worked on at once.

    Raises:
        GongkaiError: The installation is at fault, not a document.
    """
    waiting: deque[tuple[Input, Future[Ended] | None]] = deque()
    pool = _Pool(_Tools(sandbox, limits), jobs)
    try:
        for item in inputs:
            waiting.append((item, None if item.fault else pool.submit(item)))
            if len(waiting) > jobs * AHEAD_EACH:
                yield _ended(*waiting.popleft(), pool)
        while waiting:
            yield _ended(*waiting.popleft(), pool)
    finally:
        pool.stop()


class _Pool:
    """An executor that is made again when a task has taken one of its processes with it."""

    def __init__(self, tools: _Tools, jobs: int) -> None:
        self._tools = tools
        self._jobs = jobs
        self._executor = self._open()

    def submit(self, item: Input) -> "Future[Ended]":
        """Have a file worked on."""
        try:
            return self._executor.submit(_work, item)
        except BrokenExecutor:
            self._executor = self._open()
            return self._executor.submit(_work, item)

    def alone(self, item: Input) -> "Future[Ended]":
        """Work on a file in a process that does nothing else, and return when that has ended."""
        with self._processes(1) as executor:
            return executor.submit(_work, item)

    def stop(self) -> None:
        """End all work, what is under way included."""
        if self._jobs == 1:
            self._executor.shutdown(wait=False, cancel_futures=True)
            return
        import multiprocessing  # noqa: PLC0415  see _processes

        for process in multiprocessing.active_children():
            process.terminate()
        # An executor that is still ending when the interpreter does trips over its own closed pipes.
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> Executor:
        if self._jobs == 1:
            return ThreadPoolExecutor(1, "extract", _begin, (self._tools,))
        return self._processes(self._jobs)

    def _processes(self, count: int) -> Executor:
        # Imported for many files only: a single one is to start in no time.
        import multiprocessing  # noqa: PLC0415
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("fork")
        return ProcessPoolExecutor(count, context, _begin_process, (self._tools,))


def _begin(tools: _Tools) -> None:
    _tools.set(tools)


def _begin_process(tools: _Tools) -> None:
    # Ctrl-C reaches every process of the terminal; the one that was started by a person decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _begin(tools)


def _work(item: Input) -> Ended:
    tools = _tools.get()
    return _printed(extract_file(item.path, item.name, tools.sandbox, tools.limits))


def _ended(item: Input, result: "Future[Ended] | None", pool: _Pool) -> Ended:
    if result is None:
        return _printed(failed(item.name, Problem("convert", item.fault or "")))
    error = result.exception()
    if isinstance(error, BrokenExecutor):
        # Some file ended its process, and with it all that were on their way: alone, each shows which it was.
        result = pool.alone(item)
        error = result.exception()
    if error is None:
        return result.result()
    if isinstance(error, GongkaiError) or not isinstance(error, Exception):
        raise error
    # Whatever a stage dies of is this one file's outcome.
    cause = "it ended its process" if isinstance(error, BrokenExecutor) else f"{type(error).__name__}: {error}"
    return _printed(failed(item.name, Problem("extract", f"a defect of this program: {cause}", Category.CRASH)))


def _printed(line: ExtractLine) -> Ended:
    return Ended(line.status, to_json(line))
