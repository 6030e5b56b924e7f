"""``gongkai extract``: local files to JSON lines, without any server or index."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from ops.cli.output import FAILED, FINE, INTERRUPTED, say
from ops.cli.progress_bar import Bar


def extract(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; folders are read recursively.")],
    jobs: Annotated[int, typer.Option(min=0, help="Files to process in parallel; 0 means one per core.")] = 0,
    out: Annotated[Path | None, typer.Option(help="File to write instead of standard output.")] = None,
) -> int:
    """Print one JSON line for each local file, in order: its format, record, text and sections."""
    from ops.local_extract.file_discovery import documents  # noqa: PLC0415  start-up

    inputs = documents(paths, say)
    jobs = min(jobs or os.cpu_count() or 1, max(len(inputs), 1))
    with _output(out) as stream, Bar("extract", total=len(inputs)) as bar:
        from workers.sandbox.client import Sandbox  # noqa: PLC0415  start-up
        from workers.settings import load  # noqa: PLC0415  start-up

        settings = load()
        sandbox = Sandbox(settings.limits, passwords=settings.passwords)
        if jobs == 1 and any(item.fault is None for item in inputs):
            # Started first, so that its process starts while this one imports the rest.
            sandbox.start()
        from ops.local_extract.extract_files import extract_files  # noqa: PLC0415  start-up

        ended: Counter[str] = Counter()
        try:
            with closing(
                extract_files(inputs, sandbox, limits=settings.limits, hold=settings.hold, jobs=jobs, progress=bar.say)
            ) as lines:
                for one in lines:
                    stream.write(one.line)
                    stream.flush()
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
        raise typer.BadParameter(f"cannot write {unfinished}: {error.strerror}", param_hint="--out") from error
    with stream:
        yield stream
    unfinished.replace(out)


def _part_file(out: Path) -> Path:
    return out.with_name(out.name + ".part")


def _summary(ended: "Counter[str]", out: Path | None) -> None:
    if out is not None or sys.stderr.isatty():
        counts = ", ".join(f"{count} {status}" for status, count in sorted(ended.items()))
        say(f"{ended.total()} files: {counts or 'none'}" + (f"; written to {out}" if out else ""))
