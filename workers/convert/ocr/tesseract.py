"""Pictures of text to lines, by the program tesseract with its data for simplified Chinese, where both are installed.

Each page in a process of its own that takes no more memory than that page needs.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path
from statistics import fmean, median

from schemas.messages.sentence import Sentence
from workers.confinement.external_program import (
    ProgramFailedError,
    RunningProgram,
    find_program,
    run_program,
    start_program,
)
from workers.convert.layout.reading_order import TextLine
from workers.convert.ocr.orientation import upright
from workers.convert.ocr.recognised import DPI, Recognised, blank, unsure

LANGUAGE = "chi_sim"

_UPRIGHT, _ANY_ORIENTATION = "3", "1"  # page segmentation modes
_PURPOSE = Sentence.of("purpose-recognition")
_LISTING_SECONDS = 60.0
_SURE = 60.0  # mean confidence in percent; a clean scan has 85 and more, noise taken for text 30
_GAP_EMS = 0.25
# With its data for Chinese, measured on pages of 4 to 42 million pixels: 70 MB and 4 bytes a pixel.
_PROGRAM_BYTES, _BYTES_A_PIXEL = 100_000_000, 6
_SAME_HEIGHT = 0.25  # glyphs of one size differ by so much: 一 is no taller than a stroke


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[str, str, str]
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


def is_installed(workdir: Path) -> bool:
    """Return whether pictures of Chinese text can be recognised."""
    if find_program("tesseract") is None:
        return False
    try:
        listed = run_program(["tesseract", "--list-langs"], workdir=workdir, seconds=_LISTING_SECONDS, purpose=_PURPOSE)
    except ProgramFailedError:
        return False
    return LANGUAGE in (listed.out + listed.err).decode("utf-8", "replace").split()


def weigh(pixels: int) -> int:
    """Return the most bytes of memory that a page of so many pixels takes."""
    return _PROGRAM_BYTES + _BYTES_A_PIXEL * pixels


def recognise(
    picture: Path, *, page: int, workdir: Path, seconds: float, frame: int | None = None, dpi: int = DPI
) -> "TesseractRecognition":
    """Begin to recognise a picture, without waiting for it; arguments as ``engines.Engine`` says."""
    start = partial(_start, picture, workdir=workdir, seconds=seconds, frame=frame, dpi=dpi)
    return TesseractRecognition(start, page, 72 / dpi)


class TesseractRecognition:
    """A page that is being recognised; it must be finished, and only once."""

    def __init__(self, start: Callable[[str], RunningProgram], page: int, scale: float) -> None:
        self._start = start
        self._page = page
        self._scale = scale
        self._upright = start(_UPRIGHT)

    def finish(self) -> Recognised:
        """Wait for the lines of the page; raises as ``recognised.Recognition`` says."""
        found = self._read(self._upright)
        if found.confidence < _SURE:  # it may lie on its side or head
            with suppress(ProgramFailedError):  # the data that tells orientations is not installed
                turned = self._read(self._start(_ANY_ORIENTATION))
                found = turned if turned.confidence > max(found.confidence, _SURE) else found
        return found.recognised

    def _read(self, running: RunningProgram) -> "_Reading":
        return _read_words(running.finish().out.decode("utf-8", "replace"), self._page, self._scale)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page as recognised, and the mean confidence in its words, in percent."""

    recognised: Recognised
    confidence: float


def _start(picture: Path, mode: str, *, workdir: Path, seconds: float, frame: int | None, dpi: int) -> RunningProgram:
    arguments = ["tesseract", str(picture), "-", "-l", LANGUAGE, "--dpi", str(dpi), "--psm", mode]
    if frame is not None:
        arguments += ["-c", f"tessedit_page_number={frame}"]
    return start_program(
        [*arguments, "tsv"],
        workdir=workdir,
        seconds=seconds,
        purpose=_PURPOSE,
        environment={"OMP_THREAD_LIMIT": "1"},  # its threads take twice the CPU for a tenth of the time
    )


def _read_words(table: str, page: int, scale: float) -> _Reading:
    rows = [row.split("\t", 11) for row in table.splitlines()[1:]]
    words, pixels = _upright(list(_words(rows)), rows)
    height = pixels * scale
    if not words:
        return _Reading(blank(page, height), 0.0)
    usual = median(word.height for word in words) * scale
    lines = [_line(list(group), page, scale, height, usual) for _, group in groupby(words, lambda word: word.line)]
    confidence = fmean(word.confidence for word in words)
    problems = () if confidence >= _SURE else (unsure(page, confidence),)
    return _Reading(Recognised(lines, height, problems), confidence)


def _upright(words: list[_Word], rows: list[list[str]]) -> tuple[list[_Word], int]:
    """Return the words on the page turned upright, and its height in pixels."""
    sides = next(((int(row[8]), int(row[9])) for row in rows if row[0] == "1"), (0, 0))
    filled = {word.line for word in words}
    lines = [
        (int(row[6]), int(row[7]), int(row[8]), int(row[9]))
        for row in rows
        if row[0] == "4" and (row[2], row[3], row[4]) in filled
    ]
    boxes, height = upright([(word.left, word.top, word.width, word.height) for word in words], lines, sides)
    turned = [
        replace(word, left=left, top=top, width=width, height=high)
        for word, (left, top, width, high) in zip(words, boxes, strict=True)
    ]
    return turned, height


def _words(rows: list[list[str]]) -> Iterator[_Word]:
    for row in rows:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left, top, width, height = map(int, row[6:10])
            yield _Word((row[2], row[3], row[4]), left, top, width, height, float(row[10]), row[11].strip())


def _line(words: list[_Word], page: int, scale: float, page_height: float, usual: float) -> TextLine:
    own = max(word.height for word in words) * scale
    size = usual if abs(own - usual) < _SAME_HEIGHT * usual else own
    return TextLine(
        text=_join(words),
        x0=words[0].left * scale,
        x1=max(word.left + word.width for word in words) * scale,
        y=page_height - max(word.top + word.height for word in words) * scale,
        size=round(size, 1),
        bold=False,
        page=page,
        end_size=round(size, 1),
    )


def _join(words: list[_Word]) -> str:
    text = words[0].text
    for before, after in pairwise(words):
        # Every Chinese character may be a word here; white space is the page's own only beside Latin letters.
        latin = before.text[-1].isascii() and after.text[0].isascii()
        gap = after.left - before.left - before.width
        text += (" " if latin and gap > _GAP_EMS * after.height else "") + after.text
    return text
