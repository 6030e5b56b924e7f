"""The work of ``gongkai extract``: local files through convert, normalize and extract, without any store or index.

Each file ends as one ``ExtractLine``, whatever happens to it.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ops.inputs import Input
from schemas.articles import Extracted
from schemas.errors import DocumentError, GongkaiError
from schemas.lines import ExtractLine, article_line, problem_line
from schemas.outcomes import Category, Problem, Status
from workers.extract import extract
from workers.normalize import normalize
from workers.sandbox import Conversion, Sandbox
from workers.settings import Limits

CHILD_MARK = "!/"

# How many files are read ahead of the one whose line is due, so that a slow one does not leave the others idle.
AHEAD_EACH = 4


@dataclass(slots=True)
class _Attempt:
    """One file on its way; ``seconds`` is how long it took, also where it ended badly."""

    item: Input
    seconds: float = 0.0
    line: "Future[ExtractLine]" = field(default_factory=Future)

    def run(self, sandbox: Sandbox, limits: Limits) -> ExtractLine:
        started = time.perf_counter()
        try:
            return _file(self.item.path, self.item.name, sandbox, limits)
        finally:
            self.seconds = time.perf_counter() - started


def extract_files(inputs: Iterable[Input], sandbox: Sandbox, *, limits: Limits, jobs: int = 1) -> Iterator[ExtractLine]:
    """Yield the line of each input, in the order of the inputs.

    Args:
        inputs: The files.
        sandbox: Converts them.
        limits: How deep containers may nest.
        jobs: How many files are worked on at once.

    Raises:
        GongkaiError: The installation is at fault, not a document.
    """
    waiting: deque[_Attempt] = deque()
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="extract")
    try:
        for item in inputs:
            attempt = _Attempt(item)
            if item.fault is None:
                attempt.line = pool.submit(attempt.run, sandbox, limits)
            waiting.append(attempt)
            if len(waiting) > jobs * AHEAD_EACH:
                yield _ended(waiting.popleft())
        while waiting:
            yield _ended(waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def hint_of(name: str) -> str:
    """Return the suffix of a file name, lower case and without its dot; empty if there is none worth the name."""
    found = PurePosixPath(name).suffix.lower().removeprefix(".")
    return found if found.isascii() and found.isalnum() and len(found) <= 8 else ""


def _ended(attempt: _Attempt) -> ExtractLine:
    name = attempt.item.name
    if attempt.item.fault is not None:
        return failed(name, Problem("convert", attempt.item.fault))
    error = attempt.line.exception()
    if error is None:
        return attempt.line.result()
    if isinstance(error, GongkaiError) or not isinstance(error, Exception):
        raise error
    # Whatever a stage dies of is this one file's outcome.
    message = f"a defect of this program: {type(error).__name__}: {error}"
    return failed(name, Problem("extract", message, Category.CRASH), seconds=attempt.seconds)


def _file(path: Path, name: str, sandbox: Sandbox, limits: Limits, *, depth: int = 0) -> ExtractLine:
    started = time.perf_counter()
    try:
        if depth > limits.nesting_depth:
            raise DocumentError(Category.BOMB, f"lies more than {limits.nesting_depth} containers deep")
        with sandbox.convert(path, hint=hint_of(name)) as conversion:
            extracted = extract(normalize(conversion.converted))
            children = tuple(_children(conversion, name, sandbox, limits, depth))
            container = conversion.converted.container
    except DocumentError as error:
        problem = Problem("convert", str(error), error.category, page=error.page)
        return failed(name, problem, seconds=time.perf_counter() - started)
    except OSError as error:
        problem = Problem("convert", f"cannot be read: {error.strerror or error}")
        return failed(name, problem, seconds=time.perf_counter() - started)
    return _line(name, extracted, children, container=container, seconds=time.perf_counter() - started)


def _children(conversion: Conversion, name: str, sandbox: Sandbox, limits: Limits, depth: int) -> Iterator[ExtractLine]:
    for child in conversion.converted.children:
        child_name = f"{name}{CHILD_MARK}{child.path}"
        try:
            path = conversion.file_of(child)
        except DocumentError as error:
            yield failed(child_name, Problem("convert", str(error), error.category))
            continue
        yield _file(path, child_name, sandbox, limits, depth=depth + 1)


def _line(
    name: str, extracted: Extracted, children: tuple[ExtractLine, ...], *, container: bool, seconds: float
) -> ExtractLine:
    problems = extracted.problems + tuple(p for article in extracted.articles for p in article.problems)
    return ExtractLine(
        file=name,
        status=Status.PARTIAL if any(problem.lossy for problem in problems) else Status.OK,
        category=next((problem.category for problem in problems if problem.category), None),
        problems=tuple(map(problem_line, problems)),
        seconds=round(seconds, 4),
        container=container,
        children=children,
        articles=tuple(map(article_line, extracted.articles)),
    )


def failed(name: str, problem: Problem, *, seconds: float = 0.0) -> ExtractLine:
    """Return the line of a file that could not be read."""
    return ExtractLine(
        name, Status.FAILED, problem.category, (problem_line(problem),), round(seconds, 4), False, (), ()
    )
