"""Pictures of text: recognised page by page, named for what they are where no OCR engine is installed."""

import os
from functools import partial
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import read
from tests.support.builders.scans import PICTURE, pixels, scanned_pdf, tif
from workers.convert.ocr import engines, tesseract
from workers.convert.ocr.side_by_side import Job, SideBySide


@pytest.mark.parametrize("data", [PICTURE, tif(pixels()), scanned_pdf(pixels())], ids=["png", "tif", "pdf"])
def test_without_the_program_a_picture_is_empty_and_the_program_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(engines, "ENGINES", {})
    with pytest.raises(DocumentError, match="tesseract-ocr-chi-sim") as caught:
        read(tmp_path, data)
    assert caught.value.category is Category.EMPTY


STUB = """#!/bin/sh
[ "$1" = --list-langs ] && {{ echo chi_sim; exit; }}
for word in "$@"; do case $word in
*/page-*.pgm) n=${{word##*/page-}}; n=${{n%.pgm}};;
tessedit_page_number=*) n=$((${{word#*=}} + 1));;
esac; done
cat "$HOME/.progress" >> {seen}; echo >> {seen}
[ $n = {hangs} ] && sleep 100
printf 'head\n1\t1\t0\t0\t0\t0\t0\t1240\t460\t-1\t\n5\t1\t1\t1\t1\t1\t10\t10\t400\t30\t96\t第%s页的正文\n' $n
"""


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of tesseract that says which page it was given and hangs on the second."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(STUB.format(seen=folder / "seen", hangs=2))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.mark.parametrize("data", [tif(*[pixels()] * 4), scanned_pdf(*[pixels()] * 4)], ids=["tif", "pdf"])
def test_a_page_that_hangs_costs_that_page(tmp_path: Path, stub: Path, data: bytes) -> None:
    converted = read(tmp_path, data, limits=Limits(page_seconds=8), ocr_engine="tesseract")
    assert [(block.page, block.text) for block in converted.blocks] == [
        *((1, "第1页的正文"), (3, "第3页的正文"), (4, "第4页的正文"))
    ]
    ((problem),) = converted.problems
    assert (problem.page, problem.category, problem.lossy) == (2, Category.TIMEOUT, True)
    # A page begins while those before it are worked on, so that the program may see a later one than its own.
    seen = (stub / "seen").read_text().split()
    assert (set(seen[::2]) <= {"1", "2", "3", "4"}, set(seen[1::2]), len(seen)) == (True, {"4"}, 8)
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("data", [tif(*[pixels()] * 3), scanned_pdf(*[pixels()] * 3)], ids=["tif", "pdf"])
def test_pages_are_recognised_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    # The program ends only once another one has begun beside it.
    folder = tmp_path / "bin"
    folder.mkdir()
    waiting = (
        f"touch {folder}/began-$n\ni=0\nwhile [ $(ls {folder} | grep -c began) -lt 2 ]; do\n"
        "sleep 0.1; i=$((i + 1)); [ $i -gt 600 ] && exit 1\ndone\nprintf"
    )
    program = folder / "tesseract"
    program.write_text(STUB.format(seen=folder / "seen", hangs=0).replace("printf", waiting))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    converted = read(tmp_path, data, ocr_engine="tesseract")
    assert [(block.page, block.text) for block in converted.blocks] == [(n, f"第{n}页的正文") for n in (1, 2, 3)]
    assert converted.problems == ()


@pytest.mark.parametrize(
    ("memory", "cores", "most"), [(1_500_000_000, 4, 4), (1_500_000_000, 64, 7), (100_000_000, 4, 1)]
)
def test_as_many_pages_are_begun_as_there_are_cores_and_memory(
    monkeypatch: pytest.MonkeyPatch, memory: int, cores: int, most: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    side_by_side = SideBySide[int](Limits(memory_bytes=memory))
    running: set[int] = set()
    greatest = 0
    for number in range(20):
        weight = tesseract.weigh(3_900_000)  # A4 at 200 dots an inch
        side_by_side.wait_for_room(weight)
        running.add(number)
        greatest = max(greatest, len(running))
        side_by_side.add(Job(partial(_finish, running, number), weight))
    assert greatest == most


def _finish(running: set[int], number: int) -> int:
    running.remove(number)
    return number
