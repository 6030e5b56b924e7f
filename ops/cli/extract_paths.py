"""The work of ``gongkai extract`` once its arguments are known: local files to JSON lines, without server or index."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from ops.cli.messages import FAILED, FINE, INTERRUPTED, say
from ops.cli.progress_bar import Bar


class OutputError(Exception):
    """The file to write cannot be opened; the message names it."""


def extract_paths(paths: list[str], *, jobs: int = 0, out: Path | None = None) -> int:
    """Print one JSON line for each local file, in order, and return the exit code.

    Args:
        paths: Files and folders; folders are read recursively.
        jobs: Files to process in parallel; 0 means one per core.
        out: File to write instead of standard output.

    Raises:
        OutputError: The file cannot be written.
        GongkaiError: The settings or the installation are at fault.
    """
    from ops.local_extract.file_discovery import documents, is_archive  # noqa: PLC0415  start-up

    inputs = documents(paths, say)
    jobs = jobs or os.cpu_count() or 1
    if not any(map(is_archive, inputs)):
        jobs = min(jobs, max(len(inputs), 1))
    with _output(out) as stream, Bar("extract", total=len(inputs)) as bar:
        from workers.runtime.reading_rules import load_rules  # noqa: PLC0415  start-up
        from workers.sandbox.client import Sandbox  # noqa: PLC0415  start-up

        rules = load_rules()
        sandbox = Sandbox(rules.limits, passwords=rules.passwords, ocr_engine=rules.ocr_engine)
        if jobs == 1 and any(item.fault is None for item in inputs):
            # Started first, so that its process starts while this one imports the rest.
            sandbox.start()
        from ops.local_extract.extract_files import extract_files  # noqa: PLC0415  start-up

        ended: Counter[str] = Counter()
        try:
            with closing(
                extract_files(inputs, sandbox, limits=rules.limits, hold=rules.hold, jobs=jobs, progress=bar.say)
            ) as lines:
                for one in lines:
                    for number, piece in enumerate(one.pieces):
                        stream.write(piece)
                        stream.flush()
                        bar.say(f"{number:,} files of an archive" if number else "")
                    ended[one.status] += 1
                    bar.advance()
        except KeyboardInterrupt:
            sandbox.close()
            kept = f"; what was done is in {_part_file(out)}" if out else ""
            say(f"interrupted after {ended.total()} of {len(inputs)} files{kept}")
            # Threads may still wait for their documents, and the interpreter would wait for them.
            os._exit(INTERRUPTED)
        finally:
            sandbox.close()
    _summary(ended, out)
    return FAILED if ended["failed"] else FINE


@contextmanager
def _output(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        return
    unfinished = _part_file(out)
    try:
        stream = unfinished.open("wb")
    except OSError as error:
        raise OutputError(f"cannot write {unfinished}: {error.strerror}") from error
    with stream:
        yield stream
    unfinished.replace(out)


def _part_file(out: Path) -> Path:
    return out.with_name(out.name + ".part")


def _summary(ended: "Counter[str]", out: Path | None) -> None:
    if out is not None or sys.stderr.isatty():
        counts = ", ".join(f"{count} {status}" for status, count in sorted(ended.items()))
        say(f"{ended.total()} files: {counts or 'none'}" + (f"; written to {out}" if out else ""))
