"""Extracts many local files in parallel, in order; a file that fails or kills its process affects only its own line.

One job runs in this process, so that a single small file pays for no other process; several jobs run in their own
processes, because normalising and extracting hold the interpreter's lock. Those take the files of an archive as they
take the files of a folder.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import TYPE_CHECKING

from ops.local_extract.extract_one import FileResult, Tools, attempt
from ops.local_extract.file_discovery import Input, is_archive
from ops.local_extract.prefetch import Begun, convert, one_ahead
from schemas.limits import Limits
from workers.sandbox.client import Sandbox

if TYPE_CHECKING:
    from ops.local_extract.archive import ArchiveResult
    from ops.local_extract.process_pool import ProcessPool

# Number of files read ahead of the next line to print, so that a slow file does not leave jobs idle.
AHEAD_EACH = 8


def extract_files(
    inputs: Iterable[Input],
    sandbox: Sandbox,
    *,
    limits: Limits,
    hold: tuple[str, ...] = (),
    jobs: int = 1,
    progress: Callable[[str], None] = lambda detail: None,
) -> "Generator[FileResult | ArchiveResult, None, None]":
    """Yield the result of each input, in order; close the generator if you do not exhaust it.

    With several jobs they work on the files of an archive, too, and its result comes in pieces.

    Args:
        inputs: The files.
        sandbox: Converts them; each further process opens its own of the same kind.
        limits: How deep containers may nest.
        hold: Kinds of findings that hold a document.
        jobs: Number of files processed in parallel.
        progress: With one job only: called with the current page of a scan, in words, and with "" at its end.

    Raises:
        GongkaiError: The installation is at fault, not a document.
    """
    tools = Tools(sandbox, limits, hold)
    yield from _here(inputs, tools, progress) if jobs == 1 else _in_processes(inputs, tools, jobs)


def _here(inputs: Iterable[Input], tools: Tools, progress: Callable[[str], None]) -> Iterator[FileResult]:
    executor, converting = ThreadPoolExecutor(1, "extract"), ThreadPoolExecutor(1, "convert")

    def begin(item: Input) -> Begun | None:
        if item.fault:
            return None
        return converting.submit(
            convert, item.path, item.name, tools.sandbox, progress=lambda at: progress(f"page {at.page} of {at.pages}")
        )

    try:
        for item, begun in one_ahead(inputs, begin):
            ended = attempt(executor, tools, item, begun)
            progress("")
            yield ended
    finally:
        for pool in (executor, converting):
            pool.shutdown(wait=False, cancel_futures=True)


def _in_processes(inputs: Iterable[Input], tools: Tools, jobs: int) -> "Iterator[FileResult | ArchiveResult]":
    import ops.local_extract.extract_file  # noqa: F401, PLC0415  once, before the processes are forked
    from ops.local_extract.archive import extract_archive  # noqa: PLC0415  a single file is to start in no time
    from ops.local_extract.process_pool import ProcessPool  # noqa: PLC0415  as above

    with ProcessPool(tools, jobs) as crew:
        for archives, group in groupby(inputs, is_archive):
            if not archives:
                yield from _share_out(group, crew, jobs)
                continue
            for item in group:
                yield from extract_archive(item, tools, lambda files: _share_out(files, crew, jobs))


def _share_out(inputs: Iterable[Input], crew: "ProcessPool", jobs: int) -> Iterator[FileResult]:
    """Yield the results of files in order, each as soon as those before it are there."""
    due, done = 0, dict[int, FileResult]()
    for number, item in enumerate(inputs):
        while crew.all_busy or number - due >= jobs * AHEAD_EACH:
            done.update(crew.collect())
            while due in done:
                yield done.pop(due)
                due += 1
        crew.give(number, item)
    while crew.any_busy:
        done.update(crew.collect())
        while due in done:
            yield done.pop(due)
            due += 1
