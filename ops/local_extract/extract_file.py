"""The work of ``gongkai extract`` on one file: convert, normalize and extract, without any store or index."""

import os
import time
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from ops.local_extract.file_discovery import Input
from ops.local_extract.prefetch import Begun, convert
from schemas.articles import Extracted
from schemas.errors import DocumentError
from schemas.families import CHILD_MARK
from schemas.limits import Limits
from schemas.lines import ExtractLine, article_line, problem_line
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem, Status, status_of
from workers.extract import extract
from workers.extract.sensitive.hold_reasons import hold_problems
from workers.normalize import normalize
from workers.sandbox.client import Sandbox
from workers.sandbox.outcome import Conversion


@dataclass(slots=True)
class _Tree:
    """One input with its nested files: the tools to process it, and the number of files met."""

    sandbox: Sandbox
    limits: Limits
    hold: Collection[str]
    files: int = 0


def extract_file(
    item: Input, sandbox: Sandbox, limits: Limits, *, hold: Collection[str] = (), begun: Begun | None = None
) -> ExtractLine:
    """Return the result of one file and of the files inside it.

    Args:
        item: The file.
        sandbox: Converts it.
        limits: How deep containers may nest, and how many files all of them may hold.
        hold: Kinds of findings that hold a document.
        begun: Its conversion, if already started.

    Raises:
        GongkaiError: The installation is at fault, not the document.
    """
    return _extract(item.path, item.name, _Tree(sandbox, limits, hold, item.family), item.depth, begun)


def read_alone(
    path: Path, name: str, sandbox: Sandbox, limits: Limits, *, hold: Collection[str] = ()
) -> tuple[ExtractLine, Conversion | None]:
    """Return the result of one file without the files inside it, and its conversion, which the caller closes.

    Args:
        path: The file.
        name: Its name in the output line.
        sandbox: Converts it.
        limits: As for ``extract_file``.
        hold: As for ``extract_file``.

    Raises:
        GongkaiError: The installation is at fault, not the document.
    """
    return _read(path, name, _Tree(sandbox, limits, hold), 0)


def _extract(path: Path, name: str, tree: _Tree, depth: int, begun: Begun | None = None) -> ExtractLine:
    line, conversion = _read(path, name, tree, depth, begun)
    if conversion is None:
        return line
    with conversion:
        return replace(line, children=tuple(_children(conversion, name, tree, depth)))


def _read(
    path: Path, name: str, tree: _Tree, depth: int, begun: Begun | None = None
) -> tuple[ExtractLine, Conversion | None]:
    started = time.perf_counter()
    try:
        _check_room(tree, depth)
        converted = begun.result() if begun else convert(path, name, tree.sandbox)
        # For a conversion started earlier, its own duration counts, not the wait for it.
        started = time.perf_counter() - converted.seconds
        conversion = converted.conversion
        if isinstance(conversion, Exception):
            raise conversion
    except DocumentError as error:
        problem = Problem.of("convert", error.said, error.category, page=error.page)
        return failure_line(name, problem, seconds=time.perf_counter() - started), None
    except OSError as error:
        problem = Problem.of("convert", Sentence.of("file-unreadable", error=error.strerror or str(error)))
        return failure_line(name, problem, seconds=time.perf_counter() - started), None
    with ExitStack() as failing:  # closes the conversion if a stage crashes
        failing.enter_context(conversion)
        extracted = extract(normalize(conversion.converted))
        held = hold_problems(extracted, tree.hold)
        failing.pop_all()
    container = conversion.converted.container
    return _line(name, extracted, held, container=container, seconds=time.perf_counter() - started), conversion


def _check_room(tree: _Tree, depth: int) -> None:
    if depth > tree.limits.nesting_depth:
        setting = "GONGKAI_LIMIT_NESTING_DEPTH"
        said = Sentence.of("nested-too-deep", limit=tree.limits.nesting_depth, setting=setting)
        raise DocumentError(Category.BOMB, said)
    if tree.files > tree.limits.child_count:
        setting = "GONGKAI_LIMIT_CHILD_COUNT"
        raise DocumentError(
            Category.BOMB, Sentence.of("family-too-large", limit=tree.limits.child_count, setting=setting)
        )
    tree.files += 1


def failure_line(name: str, problem: Problem, *, seconds: float = 0.0) -> ExtractLine:
    """Return the line of a file that could not be read."""
    return ExtractLine(
        name, Status.FAILED, problem.category, (problem_line(problem),), round(seconds, 4), False, (), ()
    )


def _children(conversion: Conversion, name: str, tree: _Tree, depth: int) -> Iterator[ExtractLine]:
    """Yield the lines of the files inside, in order; converts ahead as many files as there are cores."""
    ahead = os.cpu_count() or 1
    due: deque[tuple[str, Path | DocumentError, Begun | None]] = deque()
    with ThreadPoolExecutor(ahead, "children") as pool:
        for child in conversion.converted.children:
            child_name = f"{name}{CHILD_MARK}{child.path}"
            try:
                path = conversion.file_of(child)
            except DocumentError as error:
                due.append((child_name, error, None))
            else:
                due.append((child_name, path, pool.submit(convert, path, child_name, tree.sandbox)))
            if len(due) > ahead:
                yield _child(*due.popleft(), tree, depth)
        while due:
            yield _child(*due.popleft(), tree, depth)


def _child(name: str, path: Path | DocumentError, begun: Begun | None, tree: _Tree, depth: int) -> ExtractLine:
    if isinstance(path, DocumentError):
        return failure_line(name, Problem.of("convert", path.said, path.category))
    return _extract(path, name, tree, depth + 1, begun)


def _line(
    name: str,
    extracted: Extracted,
    held: tuple[Problem, ...],
    *,
    container: bool,
    seconds: float,
) -> ExtractLine:
    problems = held + extracted.problems + tuple(p for article in extracted.articles for p in article.problems)
    return ExtractLine(
        file=name,
        status=status_of(problems, held),
        category=next((problem.category for problem in problems if problem.category), None),
        problems=tuple(map(problem_line, problems)),
        seconds=round(seconds, 4),
        container=container,
        children=(),
        articles=tuple(map(article_line, extracted.articles)),
    )
