"""A word of a PDF page is read if the page that poppler draws is another one without it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.pdf_reader import reading
from tests.unit.workers.convert.pdf.test_shown_words import Made, make, page_of, words_of

PDFTOPPM = shutil.which("pdftoppm")


def drawn(folder: Path, data: bytes) -> bytes:
    path = folder / "drawn.pdf"
    path.write_bytes(data)
    command = [str(PDFTOPPM), "-r", "60", "-gray", "-cropbox", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def without(line: Made, word: str) -> Made:
    return Made(line.operators.replace(word, " " * len(word)), annotation=line.annotation)


@pytest.mark.skipif(PDFTOPPM is None, reason="needs pdftoppm of poppler")
@pytest.mark.parametrize("seed", range(2))
def test_what_poppler_draws_is_what_is_read(tmp_path: Path, seed: int) -> None:
    lines = make(seed)
    whole = drawn(tmp_path, page_of(lines))
    shown = {
        word
        for row, line in enumerate(lines)
        for word in (*line.shown, *line.unseen)
        if drawn(tmp_path, page_of([*lines[:row], without(line, word), *lines[row + 1 :]])) != whole
    }
    assert words_of(reading(tmp_path, page_of(lines), scans=False), hidden=False) == shown
