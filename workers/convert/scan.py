"""Scanned pages of a PDF: each drawn, recognised and forgotten before the next, as long as the time allows."""

import time
from pathlib import Path

import pypdfium2

from schemas.outcomes import Problem
from workers.convert import ocr
from workers.convert.ocr import Recognised
from workers.convert.source import Source
from workers.sandbox.program import ProgramFailedError, ProgramTimeoutError

_SHARE_OF_TIME = 0.8  # of the wall time a conversion is given
_MOST_PIXELS = 40_000_000  # an A3 page at 300 dpi has 17 million
_ADVICE = "have it recognised (OCR) and upload the result"


class Recogniser:
    """Recognises pages of one document."""

    def __init__(self, source: Source) -> None:
        self._workdir = source.workdir
        self._seconds = source.limits.wall_seconds
        self._end = time.monotonic() + _SHARE_OF_TIME * source.limits.wall_seconds
        self._installed: bool | None = None

    def __call__(self, page: pypdfium2.PdfPage, number: int) -> Recognised:
        """Return what stands on a page; where that is not possible nothing, and the problem."""
        if self._installed is None:
            self._installed = ocr.is_installed(self._workdir)
        if not self._installed:
            return _nothing(number, f"is a picture without text, and {ocr.MISSING}; install it, or {_ADVICE}")
        if time.monotonic() > self._end:
            limit = f"GONGKAI_LIMIT_WALL_SECONDS of {self._seconds:g}"
            return _nothing(number, f"was not recognised within {limit}; split the document or raise the limit")
        picture = self._workdir / "page.pgm"
        dpi = _draw(page, picture)
        try:
            return ocr.recognise(picture, page=number, workdir=self._workdir, dpi=dpi)
        except (ProgramFailedError, ProgramTimeoutError) as error:
            return _nothing(number, f"is a picture that could not be recognised ({error}); {_ADVICE}")
        finally:
            picture.unlink()


def _draw(page: pypdfium2.PdfPage, target: Path) -> int:
    """Write a page as a grey picture (Netpbm P5) and return its resolution."""
    width, height = page.get_size()
    dpi = min(ocr.DPI, int((_MOST_PIXELS / max(1.0, width * height)) ** 0.5 * 72)) or 1
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    with target.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (bitmap.stride, bitmap.height))
        file.write(memoryview(bitmap.buffer))
    bitmap.close()
    return dpi


def _nothing(number: int, message: str) -> Recognised:
    return Recognised([], 0.0, (Problem("convert", f"page {number} {message}", page=number, lossy=True),))
