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
from schemas.outcomes import Problem
from workers.confinement.external_program import (
    ProgramFailedError,
    RunningProgram,
    find_program,
    run_program,
    start_program,
)
from workers.convert.layout.reading_order import TextLine
from workers.convert.ocr.orientation import upright

LANGUAGE = "chi_sim"
DPI = 200  # finer pictures take longer and are read no better

_UPRIGHT, _ANY_ORIENTATION = "3", "1"  # page segmentation modes
_PURPOSE = Sentence.of("purpose-recognition")
_LISTING_SECONDS = 60.0
_SURE = 60.0  # mean confidence in percent; a clean scan has 85 and more, noise taken for text 30
_GAP_EMS = 0.25
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


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page.

    Attributes:
        lines: In reading order.
        height: Of the page, in points.
        problems: A lossy one where the text is not to be relied on.
    """

    lines: list[TextLine]
    height: float
    problems: tuple[Problem, ...] = ()


def is_installed(workdir: Path) -> bool:
    """Return whether pictures of Chinese text can be recognised."""
    if find_program("tesseract") is None:
        return False
    try:
        listed = run_program(["tesseract", "--list-langs"], workdir=workdir, seconds=_LISTING_SECONDS, purpose=_PURPOSE)
    except ProgramFailedError:
        return False
    return LANGUAGE in (listed.out + listed.err).decode("utf-8", "replace").split()


def recognise(
    picture: Path, *, page: int, workdir: Path, seconds: float, frame: int | None = None, dpi: int = DPI
) -> "Recognition":
    """Begin to recognise a picture, without waiting for it.

    Args:
        picture: In any format that leptonica reads.
        page: Number its lines get, from 1.
        workdir: Folder for temporary files.
        seconds: Time it is given.
        frame: Which of several pictures in the file, from 0; None if it is the only one.
        dpi: Its resolution.
    """
    start = partial(_start, picture, workdir=workdir, seconds=seconds, frame=frame, dpi=dpi)
    return Recognition(start, page, 72 / dpi)


class Recognition:
    """A page that is being recognised; it must be finished, and only once."""

    def __init__(self, start: Callable[[str], RunningProgram], page: int, scale: float) -> None:
        self._start = start
        self._page = page
        self._scale = scale
        self._upright = start(_UPRIGHT)

    def finish(self) -> Recognised:
        """Wait for the lines of the page.

        Raises:
            ProgramFailedError: The picture is damaged, or too large for the limits.
            ProgramTimeoutError: It took too long.
        """
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
        problem = Problem.of("convert", Sentence.of("page-blank", page=page), page=page)
        return _Reading(Recognised([], height, (problem,)), 0.0)
    usual = median(word.height for word in words) * scale
    lines = [_line(list(group), page, scale, height, usual) for _, group in groupby(words, lambda word: word.line)]
    confidence = fmean(word.confidence for word in words)
    if confidence >= _SURE:
        return _Reading(Recognised(lines, height), confidence)
    said = Sentence.of("page-unsure", page=page, confidence=round(confidence))
    problem = Problem.of("convert", said, page=page, lossy=True)
    return _Reading(Recognised(lines, height, (problem,)), confidence)


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
