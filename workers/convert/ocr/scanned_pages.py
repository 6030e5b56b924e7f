"""Scanned pages, recognised side by side: of a PDF drawn one by one, of a TIFF frame by frame.

Time is given page by page, so that a page that hangs costs that page and a long scan takes as long as its pages do.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypdfium2

from schemas.errors import ScanFoundError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.confinement.confine import renew_cpu
from workers.confinement.external_program import ProgramFailedError, ProgramTimeoutError
from workers.confinement.progress import Progress
from workers.convert.ocr.engines import Engine, choose_engine
from workers.convert.ocr.recognised import DPI, Recognised, Recognition
from workers.convert.ocr.side_by_side import Job, SideBySide
from workers.convert.source import Source

_SHARE_OF_TIME = 0.95  # of all there is, so that some is left for what follows the last page
_MAX_PIXELS = 40_000_000  # an A3 page at 300 dpi has 17 million


class Pages:
    """Gives each page of one document its time, and says which one is worked on; a context.

    Attributes:
        seconds: Time a page is given.
    """

    def __init__(self, source: Source) -> None:
        limits = source.limits
        self.seconds = limits.page_seconds
        self._limits = limits
        self._allowed = source.scans
        self._end = time.monotonic() + _SHARE_OF_TIME * max(limits.scan_seconds, limits.wall_seconds)
        self._progress = Progress(source.workdir)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.__exit__()

    def begin(self, page: int, pages: int) -> bool:
        """Return whether there is time for a page, and say that it is worked on.

        Args:
            page: From 1.
            pages: How many there are.

        Raises:
            ScanFoundError: Pages may not be recognised here.
        """
        if not self._allowed:
            raise ScanFoundError(f"page {page} of {pages} is a picture of text")
        if time.monotonic() > self._end:
            return False
        self._progress.reach(page, pages)
        renew_cpu(self._limits)
        return True


class Recogniser:
    """Recognises pages of one PDF."""

    def __init__(self, source: Source, pages: Pages, count: int) -> None:
        """Set up.

        Args:
            source: The file.
            pages: Gives each page its time.
            count: How many pages the file has, scanned or not.
        """
        self._source = source
        self._pages = pages
        self._count = count
        self._engine: Engine | None = None
        self._side_by_side = SideBySide[Recognised](source.limits)

    def __call__(self, page: pypdfium2.PdfPage, number: int) -> Job[Recognised]:
        """Begin with a page and return the work on it: what stands there, or nothing and the problem."""
        workdir = self._source.workdir
        self._engine = self._engine or choose_engine(self._source.ocr_engine, workdir)
        if not self._engine:
            return _done(_nothing(number, Sentence.of("page-without-tesseract", page=number)))
        dpi, pixels = _resolution(page)
        weight = self._engine.weigh(pixels)
        self._side_by_side.wait_for_room(weight)
        if not self._pages.begin(number, self._count):
            return _done(_nothing(number, Sentence.of("page-not-reached", page=number)))
        picture = workdir / f"page-{number}.pgm"
        try:
            _draw(page, picture, dpi)
        except pypdfium2.PdfiumError as error:
            picture.unlink(missing_ok=True)
            return _done(_nothing(number, Sentence.of("page-not-recognised", page=number, cause=str(error))))
        begun = self._engine.recognise(picture, page=number, workdir=workdir, seconds=self._pages.seconds, dpi=dpi)
        return self._side_by_side.add(Job(lambda: _finish(begun, picture, number), weight))


def _finish(begun: Recognition, picture: Path, number: int) -> Recognised:
    try:
        return begun.finish()
    except ProgramTimeoutError as error:
        return _nothing(number, Sentence.of("page-timeout", page=number, cause=error.said), Category.TIMEOUT)
    except ProgramFailedError as error:
        return _nothing(number, Sentence.of("page-not-recognised", page=number, cause=error.said))
    finally:
        picture.unlink(missing_ok=True)


def _done(found: Recognised) -> Job[Recognised]:
    return Job(lambda: found)


def frames(
    source: Source,
    weights: Sequence[int],
    recognise: Callable[[int, float], Recognition],
    fault: Callable[[Exception, int], Problem],
) -> list[Recognised]:
    """Return what stands on each frame of a picture; of a page that fails, the problem.

    Args:
        source: The file.
        weights: Memory that each frame takes, in bytes.
        recognise: Given the number of a page, from 1, and the seconds it has.
        fault: Makes the problem of what went wrong with a page.
    """

    def finish(begun: Recognition, number: int) -> Recognised:
        try:
            return begun.finish()
        except (ProgramFailedError, ProgramTimeoutError) as error:
            return Recognised([], 0.0, (fault(error, number),))

    jobs: list[Job[Recognised]] = []
    side_by_side = SideBySide[Recognised](source.limits)
    with Pages(source) as pages:
        for number, weight in enumerate(weights, 1):
            side_by_side.wait_for_room(weight)
            if not pages.begin(number, len(weights)):
                said = Sentence.of("pages-not-reached", page=number, last=len(weights))
                problem = Problem.of("convert", said, page=number, lossy=True)
                jobs.append(_done(Recognised([], 0.0, (problem,))))
                break
            begun = recognise(number, pages.seconds)
            jobs.append(side_by_side.add(Job(partial(finish, begun, number), weight)))
        return [job.finish() for job in jobs]


def _resolution(page: pypdfium2.PdfPage) -> tuple[int, int]:
    """Return the resolution a page is drawn in, and how many pixels that makes."""
    width, height = page.get_size()
    dpi = min(DPI, int((_MAX_PIXELS / max(1.0, width * height)) ** 0.5 * 72)) or 1
    return dpi, int(width * height * (dpi / 72) ** 2)


def _draw(page: pypdfium2.PdfPage, target: Path, dpi: int) -> None:
    """Write a page as a grey picture (Netpbm P5)."""
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    with target.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (bitmap.stride, bitmap.height))
        file.write(memoryview(bitmap.buffer))
    bitmap.close()


def _nothing(number: int, said: Sentence, category: Category | None = None) -> Recognised:
    return Recognised([], 0.0, (Problem.of("convert", said, category, page=number, lossy=True),))
