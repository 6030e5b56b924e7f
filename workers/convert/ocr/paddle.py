"""Pictures of text to lines, by the models PP-OCRv6 as the package faster-paddle brings and runs them (extra ``ocr``).

Each page in a process of its own, which can hang or die at no cost to other pages.
"""

import json
import os
import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

from schemas.messages.sentence import Sentence
from workers.confinement.external_program import (
    ProgramFailedError,
    ProgramTimeoutError,
    RunningProgram,
    start_program,
)
from workers.convert.layout.reading_order import lines_of
from workers.convert.layout.segment import Segment
from workers.convert.ocr.recognised import DPI, Recognised, blank, unsure
from workers.convert.ocr.tilt import Box, level

NAME = "faster-paddle"

_PROGRAM = Path(__file__).with_name("paddle_program.py")
_IMPORT_SECONDS = 60.0  # takes 0.03
_PURPOSE = Sentence.of("purpose-recognition")
_SURE = 75.0  # mean confidence in percent; sharp pages have 97 and more, one that is upside down at most 55
# 206 MB were measured for a page of 4 million pixels, 383 for one of 15, 567 for one of 42.
_PROGRAM_BYTES, _BYTES_A_PIXEL = 220_000_000, 12


def is_installed(workdir: Path) -> bool:
    """Return whether the package, which brings its data, is installed and can be imported.

    A start that is killed or takes too long, as on a machine short of memory or time, says nothing of the package: the
    page is given to it and records what becomes of it.
    """
    if find_spec("faster_paddle") is None:
        return False
    try:
        check_import(workdir)
    except ProgramFailedError as error:
        return error.code < 0 and -error.code != signal.SIGILL  # a processor without its instructions
    except ProgramTimeoutError:
        return True
    return True


def check_import(workdir: Path) -> None:
    """Import the package, which fails where a library of the system is missing.

    Args:
        workdir: Folder for temporary files.

    Raises:
        ProgramFailedError: It cannot be imported, or the program was killed.
        ProgramTimeoutError: It took too long.
    """
    _start([], workdir=workdir, seconds=_IMPORT_SECONDS).finish()


def weigh(pixels: int) -> int:
    """Return the most bytes of memory that a page of so many pixels takes."""
    return _PROGRAM_BYTES + _BYTES_A_PIXEL * pixels


def recognise(
    picture: Path, *, page: int, workdir: Path, seconds: float, frame: int | None = None, dpi: int = DPI
) -> "PaddleRecognition":
    """Begin to recognise a picture, without waiting for it; arguments as ``engines.Engine`` says."""
    running = _start([str(picture), str(frame or 0)], workdir=workdir, seconds=seconds)
    return PaddleRecognition(running, page, 72 / dpi)


def _start(arguments: list[str], *, workdir: Path, seconds: float) -> RunningProgram:
    return start_program(
        [sys.executable, "-P", "-s", str(_PROGRAM), *arguments],
        workdir=workdir,
        seconds=seconds,
        purpose=_PURPOSE,
        name=NAME,
        environment={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


class PaddleRecognition:
    """A page that is being recognised; it must be finished, and only once."""

    def __init__(self, running: RunningProgram, page: int, scale: float) -> None:
        self._running = running
        self._page = page
        self._scale = scale

    def finish(self) -> Recognised:
        """Wait for the lines of the page; raises as ``recognised.Recognition`` says."""
        return _read(json.loads(self._running.finish().out), self._page, self._scale)


def _read(found: dict[str, Any], page: int, scale: float) -> Recognised:
    height = found["height"] * scale
    texts = [line for line in found["lines"] if line[5].strip()]
    if not texts:
        return blank(page, height)
    segments = [
        Segment(
            text=line.box.text,
            x0=line.box.left * scale,
            x1=line.box.right * scale,
            y=height - (line.middle + line.size / 2) * scale,
            size=round(line.size * scale, 1),
            bold=False,
        )
        for line in level([Box(left, top, right, bottom, text.strip()) for left, top, right, bottom, _, text in texts])
    ]
    confidence = 100 * fmean(line[4] for line in texts)
    problems = () if confidence >= _SURE else (unsure(page, confidence),)
    return Recognised(lines_of(segments, page=page), height, problems)
