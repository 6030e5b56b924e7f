"""Measures conversion: CPU and memory by format on files made for the run, and what the sandbox adds to a document.

CPU time in one process, the best of several runs, readers warm: other work on the machine changes it little. Not here:
the whole line, which is ``measure``; other programs on the same files, which are ``convert_peers``.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.bench.convert_doc import doc
from ops.bench.convert_packages import docx, odt, ofd, pptx, xlsx
from ops.bench.convert_pages import big5, html, lines, pdf, pdf_without_fonts, rtf, txt
from ops.bench.convert_text import Page, pages
from workers.convert.registry import READERS, convert
from workers.sandbox import Sandbox
from workers.settings import Limits

SHORT, LONG = 2, 200  # pages
PEAK_MEGABYTES = 200.0
OVERHEAD_MILLISECONDS = 10.0
_RUNS = 5
_PROBES = 100
_ENOUGH_SECONDS = 1.0  # of CPU in all runs of one file

# Name of a file kind: (suffix, writer, whether its lines come out as they went in).
KINDS: dict[str, tuple[str, Callable[[list[Page]], bytes], bool]] = {
    "doc": ("doc", doc, True),
    "wps": ("wps", doc, True),
    "docx": ("docx", docx, True),
    "pdf": ("pdf", pdf, False),
    "pdf, fonts not embedded": ("pdf", pdf_without_fonts, True),
    "html": ("html", html, True),
    "txt": ("txt", txt, True),
    "txt, big5": ("txt", big5, False),
    "ofd": ("ofd", ofd, True),
    "rtf": ("rtf", rtf, True),
    "odt": ("odt", odt, True),
    "xlsx": ("xlsx", xlsx, False),
    "pptx": ("pptx", pptx, True),
}


@dataclass(frozen=True, slots=True)
class Floor:
    """What a kind of file has to reach: at most so many milliseconds (a page), or at least so many MB/s.

    Without any of them, what is asked of every file: a peak below ``PEAK_MEGABYTES``.
    """

    milliseconds: float | None = None
    milliseconds_a_page: float | None = None
    megabytes_a_second: float | None = None

    def __str__(self) -> str:
        """Name the floor as a table does."""
        if self.milliseconds is not None:
            return f"< {self.milliseconds:g} ms"
        if self.milliseconds_a_page is not None:
            return f"<= {self.milliseconds_a_page:g} ms a page"
        if self.megabytes_a_second is not None:
            return f">= {self.megabytes_a_second:g} MB/s"
        return f"< {PEAK_MEGABYTES:g} MB of memory"


FLOORS: dict[tuple[str, int], Floor] = {
    **{(kind, SHORT): Floor(milliseconds=20) for kind in ("doc", "wps")},
    **{(kind, LONG): Floor(milliseconds=1000) for kind in ("doc", "wps")},
    ("docx", SHORT): Floor(milliseconds=5),
    ("docx", LONG): Floor(milliseconds=150),
    **{(kind, n): Floor(milliseconds_a_page=8) for kind in KINDS if kind.startswith("pdf") for n in (SHORT, LONG)},
    ("html", LONG): Floor(megabytes_a_second=3),
    **{(kind, n): Floor(megabytes_a_second=20) for kind in KINDS if kind.startswith("txt") for n in (SHORT, LONG)},
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One file.

    Attributes:
        kind: A key of ``KINDS``.
        pages: How many it has.
        size: In bytes.
        milliseconds: CPU to convert it.
        milliseconds_a_page: The same by page.
        megabytes_a_second: Of the file.
        lines_right: Share of its paragraphs that came out as they were written, numbers included; None where the
            writer does not know how they are shown.
        peak_megabytes: Of the process that converted it, the warmed parsers it was forked with included.
        floor: What it has to reach.
        met: Whether it does, within the memory there is.
    """

    kind: str
    pages: int
    size: int
    milliseconds: float
    milliseconds_a_page: float
    megabytes_a_second: float
    lines_right: float | None
    peak_megabytes: float
    floor: str
    met: bool


@dataclass(frozen=True, slots=True)
class Overhead:
    """What the sandbox adds to a document, in milliseconds: p50 and p95 of the wall time, p50 of the CPU."""

    wall_p50: float
    wall_p95: float
    cpu_p50: float
    met: bool


def write_files(folder: Path) -> dict[tuple[str, int], Path]:
    """Write every kind of file in both lengths; always the same ones."""
    files: dict[tuple[str, int], Path] = {}
    for count in (SHORT, LONG):
        text = pages(count)
        for number, (kind, (suffix, write, _)) in enumerate(KINDS.items()):
            path = folder / f"{number}-{count}.{suffix}"
            path.write_bytes(write(text))
            files[kind, count] = path
    return files


def measure_files(files: dict[tuple[str, int], Path]) -> Iterator[Measured]:
    """Yield what each file costs."""
    formats = tuple({suffix for suffix, _, _ in KINDS.values()} & set(READERS))
    sandbox = Sandbox(Limits(), preload=formats)
    try:
        for (kind, count), path in files.items():
            yield _measured(kind, count, path, sandbox)
    finally:
        sandbox.close()


def measure_overhead(path: Path) -> Overhead:
    """Return what the sandbox adds to a small file."""
    alone = 1000 * cpu_of(lambda: _converted(path))
    sandbox = Sandbox(Limits(), preload=("txt",))
    try:
        with sandbox.convert(path, hint=path.suffix[1:]):
            pass
        walls, spent = zip(*(_probe(sandbox, path) for _ in range(_PROBES)), strict=True)
    finally:
        sandbox.close()
    p50, p95 = statistics.median(walls) - alone, statistics.quantiles(walls, n=20)[18] - alone
    cpu = statistics.median(spent) - alone
    return Overhead(round(p50, 2), round(p95, 2), round(cpu, 2), p50 < OVERHEAD_MILLISECONDS)


def cpu_of(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the best of several runs, after one that is not counted."""
    work()
    best = total = 0.0
    for _ in range(_RUNS):
        started = time.process_time()
        work()
        spent = time.process_time() - started
        best, total = min(best or spent, spent), total + spent
        if total > _ENOUGH_SECONDS:
            break
    return best


def _measured(kind: str, count: int, path: Path, sandbox: Sandbox) -> Measured:
    seconds = cpu_of(lambda: _converted(path))
    size = path.stat().st_size
    with sandbox.convert(path, hint=path.suffix[1:]) as conversion:
        peak = conversion.peak_bytes / 1e6
        shown = {block.text for block in conversion.converted.blocks}
    wanted = lines(pages(count))
    right = sum(line in shown for line in wanted) / len(wanted) if KINDS[kind][2] else None
    floor = FLOORS.get((kind, count), Floor())
    measured = Measured(
        kind=kind,
        pages=count,
        size=size,
        milliseconds=round(1000 * seconds, 2),
        milliseconds_a_page=round(1000 * seconds / count, 2),
        megabytes_a_second=round(size / seconds / 1e6, 1),
        lines_right=None if right is None else round(right, 3),
        peak_megabytes=round(peak, 1),
        floor=str(floor),
        met=False,
    )
    return judged(measured, floor)


def judged(measured: Measured, floor: Floor) -> Measured:
    """Return a measurement with its verdict; of every file its peak memory counts, too."""
    met = (
        (floor.milliseconds is None or measured.milliseconds < floor.milliseconds)
        and (floor.milliseconds_a_page is None or measured.milliseconds_a_page <= floor.milliseconds_a_page)
        and (floor.megabytes_a_second is None or measured.megabytes_a_second >= floor.megabytes_a_second)
        and measured.peak_megabytes < PEAK_MEGABYTES
    )
    return replace(measured, met=met)


def _converted(path: Path) -> object:
    with TemporaryDirectory() as workdir:
        return convert(path, hint=path.suffix[1:], workdir=Path(workdir))


def _probe(sandbox: Sandbox, path: Path) -> tuple[float, float]:
    started = time.perf_counter()
    with sandbox.convert(path, hint=path.suffix[1:]) as conversion:
        return 1000 * (time.perf_counter() - started), 1000 * conversion.cpu_seconds
