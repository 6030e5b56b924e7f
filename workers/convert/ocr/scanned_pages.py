"""Scanned pages, each recognised and forgotten before the next: of a PDF drawn one by one, of a TIFF frame by frame.

Time is given page by page, so that a page that hangs costs that page and a long scan takes as long as its pages do.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from schemas.errors import ScanFoundError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.confinement.confine import renew_cpu
from workers.confinement.external_program import ProgramFailedError, ProgramTimeoutError
from workers.confinement.progress import Progress
from workers.convert.ocr import tesseract
from workers.convert.ocr.tesseract import Recognised
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
        self._workdir = source.workdir
        self._pages = pages
        self._count = count
        self._installed: bool | None = None

    def __call__(self, page: pypdfium2.PdfPage, number: int) -> Recognised:
        """Return what stands on a page; where that is not possible nothing, and the problem."""
        if self._installed is None:
            self._installed = tesseract.is_installed(self._workdir)
        if not self._installed:
            return _nothing(number, Sentence.of("page-without-tesseract", page=number))
        if not self._pages.begin(number, self._count):
            return _nothing(number, Sentence.of("page-not-reached", page=number))
        picture = self._workdir / "page.pgm"
        try:
            dpi = _draw(page, picture)
            return tesseract.recognise(
                picture, page=number, workdir=self._workdir, seconds=self._pages.seconds, dpi=dpi
            )
        except ProgramTimeoutError as error:
            said = Sentence.of("page-timeout", page=number, cause=error.said)
            return _nothing(number, said, Category.TIMEOUT)
        except (ProgramFailedError, pypdfium2.PdfiumError) as error:
            cause = error.said if isinstance(error, ProgramFailedError) else str(error)
            return _nothing(number, Sentence.of("page-not-recognised", page=number, cause=cause))
        finally:
            picture.unlink(missing_ok=True)


def frames(
    source: Source,
    count: int,
    recognise: Callable[[int, float], Recognised],
    fault: Callable[[Exception, int], Problem],
) -> list[Recognised]:
    """Return what stands on each frame of a picture; of a page that fails, the problem.

    Args:
        source: The file.
        count: How many frames it has.
        recognise: Given the number of a page, from 1, and the seconds it has.
        fault: Makes the problem of what went wrong with a page.
    """
    found: list[Recognised] = []
    with Pages(source) as pages:
        for number in range(1, count + 1):
            if not pages.begin(number, count):
                said = Sentence.of("pages-not-reached", page=number, last=count)
                problem = Problem.of("convert", said, page=number, lossy=True)
                return [*found, Recognised([], 0.0, (problem,))]
            try:
                found.append(recognise(number, pages.seconds))
            except (ProgramFailedError, ProgramTimeoutError) as error:
                found.append(Recognised([], 0.0, (fault(error, number),)))
    return found


def _draw(page: pypdfium2.PdfPage, target: Path) -> int:
    """Write a page as a grey picture (Netpbm P5) and return its resolution."""
    width, height = page.get_size()
    dpi = min(tesseract.DPI, int((_MAX_PIXELS / max(1.0, width * height)) ** 0.5 * 72)) or 1
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    with target.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (bitmap.stride, bitmap.height))
        file.write(memoryview(bitmap.buffer))
    bitmap.close()
    return dpi


def _nothing(number: int, said: Sentence, category: Category | None = None) -> Recognised:
    return Recognised([], 0.0, (Problem.of("convert", said, category, page=number, lossy=True),))
