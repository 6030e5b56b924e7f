"""Pictures (png, jpg, tif, gif) that are pages of text; recognised where an OCR engine is installed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.layout.paragraphs import blocks_of_pages
from workers.convert.ocr import scanned_pages
from workers.convert.ocr.engines import Engine, choose_engine
from workers.convert.ocr.recognised import Recognition
from workers.convert.source import Source

_MAX_FRAMES = 10_000
_WIDTH, _HEIGHT, _SHORT = 256, 257, 3  # of TIFF


def read(source: Source) -> Converted:
    """Return the text on a picture, page by page where it holds several.

    Raises:
        DocumentError: It shows no text, no engine is installed, or the picture is damaged.
    """
    engine = choose_engine(source.ocr_engine, source.workdir)
    if not engine:
        raise DocumentError(Category.EMPTY, Sentence.of("picture-without-tesseract"))
    sizes = (list(_tif_frames(source.path)) if source.format == "tif" else []) or [0]
    weights = [engine.weigh(pixels) for pixels in sizes]
    pages = scanned_pages.frames(source, weights, partial(_page, engine, source, len(sizes)), _fault)
    problems = tuple(problem for page in pages for problem in page.problems)
    if not any(page.lines for page in pages):
        decisive = next((problem for problem in problems if problem.category), None)
        told = decisive or next(iter(problems), None)
        said = told.said if told else Sentence.of("picture-without-text")
        raise DocumentError((decisive and decisive.category) or Category.EMPTY, said)
    blocks = blocks_of_pages([list(page.lines) for page in pages], [page.height for page in pages])
    return Converted(format=source.format, blocks=blocks, pages=len(pages), problems=problems)


def _page(engine: Engine, source: Source, frames: int, page: int, seconds: float) -> Recognition:
    frame = page - 1 if frames > 1 else None
    return engine.recognise(source.path, page=page, workdir=source.workdir, seconds=seconds, frame=frame)


def _fault(error: Exception, page: int) -> Problem:
    category = error.category if isinstance(error, DocumentError) else Category.CRASH
    category = Category.CORRUPT if category is Category.CRASH else category
    cause = error.said if isinstance(error, DocumentError) else str(error)
    return Problem.of("convert", Sentence.of("picture-damaged", cause=cause), category, page=page, lossy=True)


def _tif_frames(path: Path) -> Iterator[int]:
    """Yield how many pixels each picture in a TIFF file has (TIFF 6.0, section 2)."""
    with path.open("rb") as file:
        head = file.read(8)
        order: Literal["little", "big"] = "little" if head[:2] == b"II" else "big"
        at = int.from_bytes(head[4:8], order)
        seen: set[int] = set()
        while at and at not in seen and len(seen) < _MAX_FRAMES:
            seen.add(at)
            file.seek(at)
            entries = int.from_bytes(file.read(2), order)
            table = file.read(12 * entries)
            yield _side(table, _WIDTH, order) * _side(table, _HEIGHT, order)
            at = int.from_bytes(file.read(4), order)


def _side(table: bytes, tag: int, order: Literal["little", "big"]) -> int:
    """Return a side of a picture from the entries of its directory: a SHORT or a LONG; 0 if it has none."""
    for at in range(0, len(table) - 11, 12):
        if int.from_bytes(table[at : at + 2], order) == tag:
            length = 2 if int.from_bytes(table[at + 2 : at + 4], order) == _SHORT else 4
            return int.from_bytes(table[at + 8 : at + 8 + length], order)
    return 0
