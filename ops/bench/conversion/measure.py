"""Measures conversion: CPU and memory by format on files made for the run, and what the sandbox adds to a document.

CPU time in one process, the best of several runs, readers warm, so that other work on the machine matters little. Every
run reads its own file with other text, so that no cache of a reader counts. Not here: the whole pipeline
(``throughput.measure``), and other programs on the same files (``peers``).
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ops.bench.conversion.doc_file import doc
from ops.bench.conversion.package_files import docx, odt, ofd, pptx, xlsx
from ops.bench.conversion.page_files import big5, html, lines, pdf, pdf_without_fonts, rtf, txt
from ops.bench.conversion.text import SEED, Page, pages
from ops.bench.percentiles import p50_p95
from schemas.limits import Limits
from workers.convert.registry import READERS, convert
from workers.sandbox.client import Sandbox

SHORT, LONG = 2, 200  # pages
PEAK_MEGABYTES = 200.0
OVERHEAD_MILLISECONDS = 10.0
_RUNS = {SHORT: 20, LONG: 4}  # the first is not counted
_PROBES = 100

# File kind: (suffix, writer, whether its lines must come out as written).
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
    """The limit of a file kind: maximum milliseconds (per page), or minimum MB/s.

    Without any, only the limit of every file applies: a peak below ``PEAK_MEGABYTES``.
    """

    milliseconds: float | None = None
    milliseconds_a_page: float | None = None
    megabytes_a_second: float | None = None

    def __str__(self) -> str:
        """Return the limit as a table shows it."""
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
class FormatMeasurement:
    """One file.

    Attributes:
        kind: A key of ``KINDS``.
        pages: Number of pages.
        size: In bytes.
        milliseconds: CPU time to convert it.
        milliseconds_a_page: CPU time per page.
        megabytes_a_second: File size converted per second.
        lines_right: Share of its paragraphs that came out as they were written, numbers included; None if the
            writer does not know how they are shown.
        peak_megabytes: Of the process that converted it, the warmed parsers it was forked with included.
        floor: Its limit.
        met: Whether it meets the limit and the memory limit.
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


Files = dict[tuple[str, int], list[Path]]


def write_files(folder: Path) -> Files:
    """Write every kind of file in both lengths, one for each run; deterministic."""
    files: Files = {(kind, count): [] for count in (SHORT, LONG) for kind in KINDS}
    for count, runs in _RUNS.items():
        for run in range(runs):
            text = pages(count, seed=SEED + run)
            for number, (kind, (suffix, write, _)) in enumerate(KINDS.items()):
                path = folder / f"{number}-{count}-{run}.{suffix}"
                path.write_bytes(write(text))
                files[kind, count].append(path)
    return files


def measure_files(files: Files) -> Iterator[FormatMeasurement]:
    """Yield the measurement of each file."""
    formats = tuple({suffix for suffix, _, _ in KINDS.values()} & set(READERS))
    sandbox = Sandbox(Limits(), preload=formats)
    try:
        for (kind, count), paths in files.items():
            yield _measure(kind, count, paths, sandbox)
    finally:
        sandbox.close()


def measure_overhead(paths: list[Path]) -> Overhead:
    """Return the overhead of the sandbox for a small file."""
    alone = 1000 * cpu_of(_read_time_of(paths[0].parent), paths)
    path = paths[0]
    sandbox = Sandbox(Limits(), preload=("txt",))
    try:
        with sandbox.convert(path, hint=path.suffix[1:]):
            pass
        walls, spent = zip(*(_probe(sandbox, path) for _ in range(_PROBES)), strict=True)
    finally:
        sandbox.close()
    p50, p95 = (wall - alone for wall in p50_p95(walls))
    cpu = statistics.median(spent) - alone
    return Overhead(round(p50, 2), round(p95, 2), round(cpu, 2), p50 < OVERHEAD_MILLISECONDS)


def cpu_of(read: Callable[[Path], object], paths: list[Path]) -> float:
    """Return the least CPU seconds any file took, not counting the first."""
    spent = []
    for path in paths:
        started = time.process_time()
        read(path)
        spent.append(time.process_time() - started)
    return min(spent[1:])


def _measure(kind: str, count: int, paths: list[Path], sandbox: Sandbox) -> FormatMeasurement:
    path = paths[0]
    seconds = cpu_of(_read_time_of(path.parent), paths)
    size = path.stat().st_size
    with sandbox.convert(path, hint=path.suffix[1:]) as conversion:
        peak = conversion.peak_bytes / 1e6
        shown = {block.text for block in conversion.converted.blocks}
    wanted = lines(pages(count))
    right = sum(line in shown for line in wanted) / len(wanted) if KINDS[kind][2] else None
    floor = FLOORS.get((kind, count), Floor())
    measured = FormatMeasurement(
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
    return judge(measured, floor)


def judge(measured: FormatMeasurement, floor: Floor) -> FormatMeasurement:
    """Return a measurement with its verdict; peak memory counts for every file."""
    met = (
        (floor.milliseconds is None or measured.milliseconds < floor.milliseconds)
        and (floor.milliseconds_a_page is None or measured.milliseconds_a_page <= floor.milliseconds_a_page)
        and (floor.megabytes_a_second is None or measured.megabytes_a_second >= floor.megabytes_a_second)
        and measured.peak_megabytes < PEAK_MEGABYTES
    )
    return replace(measured, met=met)


def _read_time_of(workdir: Path) -> Callable[[Path], object]:
    limits = Limits()
    return lambda path: convert(path, hint=path.suffix[1:], workdir=workdir, limits=limits)


def _probe(sandbox: Sandbox, path: Path) -> tuple[float, float]:
    started = time.perf_counter()
    with sandbox.convert(path, hint=path.suffix[1:]) as conversion:
        return 1000 * (time.perf_counter() - started), 1000 * conversion.cpu_seconds
