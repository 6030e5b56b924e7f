"""Extracts one local file to a line and contains every failure; used in this process and in the pool."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ops.local_extract.file_discovery import Input
from ops.local_extract.prefetch import Begun
from schemas.errors import GongkaiError
from schemas.limits import Limits
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem, Status
from workers.sandbox.client import Sandbox

if TYPE_CHECKING:
    from schemas.lines import ExtractLine


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result of one input: its status, and its line as JSON."""

    status: Status
    line: bytes

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """The line; that of an archive comes in several."""
        return (self.line,)


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools for a file: the sandbox that converts it, the container limits, the findings that hold it."""

    sandbox: Sandbox
    limits: Limits
    hold: tuple[str, ...] = ()


def attempt(executor: Executor, tools: Tools, item: Input, begun: Begun | None = None) -> FileResult:
    """Return the result of one input, even if a stage crashes.

    Args:
        executor: Has one thread, which confines a crash of a stage.
        tools: The tools to process it.
        item: The file.
        begun: Its conversion, if already started.

    Raises:
        GongkaiError: The installation is at fault, not the document.
    """
    from ops.local_extract.extract_file import extract_file, failure_line  # noqa: PLC0415  takes longer than the conversion that runs meanwhile

    if item.fault:
        return _line_bytes(failure_line(item.name, Problem.of("convert", item.fault, item.category)))
    work = executor.submit(extract_file, item, tools.sandbox, tools.limits, hold=tools.hold, begun=begun)
    error = work.exception()
    if error is None:
        return _line_bytes(work.result())
    return failure_of(item, error)


def failure_of(item: Input, error: BaseException) -> FileResult:
    """Return the result of an input whose stage raised ``error``.

    Raises:
        GongkaiError: The installation is at fault, not the document.
    """
    if isinstance(error, GongkaiError) or not isinstance(error, Exception):
        raise error
    return crash_result(item, f"{type(error).__name__}: {error}")


def crash_result(item: Input, cause: str) -> FileResult:
    """Return the result of an input that crashed a stage."""
    from ops.local_extract.extract_file import failure_line  # noqa: PLC0415  as above

    problem = Problem.of("extract", Sentence.of("extract-crashed", error=cause), Category.CRASH)
    return _line_bytes(failure_line(item.name, problem))


def _line_bytes(line: "ExtractLine") -> FileResult:
    from schemas.lines import to_json  # noqa: PLC0415  as above

    return FileResult(line.status, to_json(line))
