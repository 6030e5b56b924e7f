"""What LibreOffice prints of a Word or OpenDocument text and what is read of it are the same characters."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.builders.distinct_text import DistinctText, letters, read_as_seen
from tests.support.word_reader import read
from tests.unit.workers.convert.word.test_shown import MAKERS

PROGRAMS = shutil.which("soffice"), shutil.which("pdftotext")


# LibreOffice prints what a tracked change took out, and takes what is hidden in browsers for hidden.
UNLIKE_LIBREOFFICE = {"deleted", "hidden in browsers only"}


def printed(path: Path) -> set[str]:
    """Return the characters of the pages that LibreOffice prints."""
    soffice, pdftotext = PROGRAMS
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [str(soffice), profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = subprocess.run([str(pdftotext), str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True).stdout
    return letters(text.decode("utf-8"))


@pytest.mark.skipif(None in PROGRAMS, reason="needs LibreOffice and pdftotext")
@pytest.mark.parametrize("format_", MAKERS)
def test_what_libreoffice_prints_is_what_is_read(tmp_path: Path, format_: str) -> None:
    made = DistinctText(100)
    make_file, runs = MAKERS[format_]
    path = make_file(tmp_path, made, {kind: make for kind, make in runs.items() if kind not in UNLIKE_LIBREOFFICE})
    shown = printed(path)
    assert read_as_seen(read(path)) == shown
