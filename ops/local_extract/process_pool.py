"""A pool of processes with one file each, so that a crash is attributed to its file.

Not ``concurrent.futures``: its pool loses all files with one process, and may wait forever for one killed while
answering.
"""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from types import TracebackType
from typing import Self

from ops.local_extract.extract_one import FileResult, Tools, attempt, crash_result
from ops.local_extract.file_discovery import Input
from schemas.errors import GongkaiError


@dataclass(slots=True)
class _Member:
    process: ForkProcess
    number: int = 0
    item: Input | None = None


class ProcessPool:
    """A fixed number of processes; one that dies is replaced."""

    def __init__(self, tools: Tools, size: int) -> None:
        self._tools = tools
        self._members: dict[Connection, _Member] = {}
        for _ in range(size):
            self._hire()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in list(self._members):
            self._dismiss(connection)

    @property
    def all_busy(self) -> bool:
        """Whether no process is free."""
        return all(member.item for member in self._members.values())

    @property
    def any_busy(self) -> bool:
        """Whether any process still works."""
        return any(member.item for member in self._members.values())

    def give(self, number: int, item: Input) -> None:
        """Give a file to a free process, under a number chosen by the caller."""
        connection = next(free for free, member in self._members.items() if member.item is None)
        self._members[connection].number, self._members[connection].item = number, item
        try:
            connection.send(item)
        except BrokenPipeError:  # it died while idle
            self._dismiss(connection)
            self._hire()
            self.give(number, item)

    def collect(self) -> Iterator[tuple[int, FileResult]]:
        """Wait until a process has finished, and yield each result with its number.

        Raises:
            GongkaiError: The installation is at fault, not a document.
        """
        busy = [connection for connection, member in self._members.items() if member.item]
        for connection in wait(busy) if busy else ():
            if isinstance(connection, Connection):
                yield self._take(connection)

    def _take(self, connection: Connection) -> tuple[int, FileResult]:
        member = self._members[connection]
        item, member.item = member.item, None
        try:
            answer: FileResult | str = connection.recv()
        except (EOFError, OSError):
            self._dismiss(connection)
            self._hire()
            code = member.process.exitcode
            answer = crash_result(item or Input("", ""), f"its process ended with code {code}")
        if isinstance(answer, str):
            raise GongkaiError(answer)
        return member.number, answer

    def _hire(self) -> None:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        inherited = [*self._members, ours]
        process = context.Process(target=_work, args=(theirs, inherited, self._tools), daemon=True)
        process.start()
        # Left open here, it would hide the end of that process.
        theirs.close()
        self._members[ours] = _Member(process)

    def _dismiss(self, connection: Connection) -> None:
        member = self._members.pop(connection)
        member.process.terminate()
        member.process.join()
        connection.close()


def _work(connection: Connection, inherited: list[Connection], tools: Tools) -> None:
    # Ctrl-C reaches every process of the terminal; only the one that the person started reacts.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    with ThreadPoolExecutor(1) as executor:
        while True:
            try:
                item = connection.recv()
            except EOFError:
                return
            try:
                connection.send(attempt(executor, tools, item))
            except GongkaiError as error:
                connection.send(str(error))
