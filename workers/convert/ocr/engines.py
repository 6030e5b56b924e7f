"""The OCR engines, and which of them recognises the pages of a document: by the setting, else the first installed."""

from pathlib import Path
from typing import Protocol

from workers.convert.ocr import paddle, tesseract
from workers.convert.ocr.recognised import DPI, Recognition

AUTO = "auto"


class Engine(Protocol):
    """A way to recognise text on pictures; a module."""

    def is_installed(self, workdir: Path) -> bool:
        """Return whether it and its data for Chinese are installed.

        Args:
            workdir: Folder for temporary files.
        """

    def weigh(self, pixels: int) -> int:
        """Return the most bytes of memory that a page takes.

        Args:
            pixels: Of its picture.
        """

    def recognise(
        self, picture: Path, *, page: int, workdir: Path, seconds: float, frame: int | None = None, dpi: int = DPI
    ) -> Recognition:
        """Begin to recognise a picture, without waiting for it.

        Args:
            picture: In any format that pages are read from.
            page: Number its lines get, from 1.
            workdir: Folder for temporary files.
            seconds: Time it is given.
            frame: Which of several pictures in the file, from 0; None if it is the only one.
            dpi: Its resolution.
        """


ENGINES: dict[str, Engine] = {paddle.NAME: paddle, "tesseract": tesseract}
"""By the names that the setting takes, the better one first (docs/measurements.md)."""


def choose_engine(name: str, workdir: Path) -> Engine | None:
    """Return the engine of that name, for ``auto`` the first one, or None where it is not installed.

    Args:
        name: Of an engine, or ``auto``.
        workdir: Folder for temporary files.
    """
    chosen = [engine for known, engine in ENGINES.items() if name in (AUTO, known)]
    return next((engine for engine in chosen if engine.is_installed(workdir)), None)
