"""Pictures of text: recognised where tesseract is installed, named for what they are where it is not."""

import os
import struct
import zlib
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import SAMPLES, read
from workers.confinement.external_program import find_program
from workers.convert.ocr import tesseract
from workers.convert.ocr.side_by_side import Job, SideBySide

PICTURE = (SAMPLES / "scan" / "notice.png").read_bytes()
WIDTH, HEIGHT = 1240, 460
TITLE = "关于印发政务公开工作要点的通知"


def pixels() -> bytes:
    """Return the rows of the sample, which are packed without filters, one bit a pixel, white is 1."""
    at = PICTURE.index(b"IDAT")
    length = int.from_bytes(PICTURE[at - 4 : at], "big")
    raw, step = zlib.decompress(PICTURE[at + 4 : at + 4 + length]), WIDTH // 8 + 1
    return b"".join(raw[start + 1 : start + step] for start in range(0, len(raw), step))


def tif(*pages: bytes) -> bytes:
    """Return an uncompressed TIFF with these pages of the sample's size."""
    data = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in pages:
        start = len(data)
        data += page
        struct.pack_into("<I", data, link, len(data))
        tags = {256: WIDTH, 257: HEIGHT, 258: 1, 259: 1, 262: 1, 273: start, 277: 1, 278: HEIGHT, 279: len(page)}
        data += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in tags.items())
        link = len(data)
        data += b"\0\0\0\0"
    return bytes(data)


def scanned_pdf(*pages: bytes) -> bytes:
    """Return a PDF of pages that are pictures of the sample's size."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()]
    for number, page in enumerate(pages):
        first = 3 + 3 * number
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 221]/Contents {first + 1} 0 R"
            f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length 25>>stream\nq 595 0 0 221 0 0 cm /P Do Q\nendstream".replace(b"25", b"26"))
        head = f"<</Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceGray/BitsPerComponent 1"
        objects.append(f"{head}/Length {len(page)}>>stream\n".encode() + page + b"\nendstream")
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    return bytes(data + f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


BLANK = b"\xff" * (WIDTH // 8 * HEIGHT)


@pytest.mark.parametrize("data", [PICTURE, tif(pixels()), scanned_pdf(pixels())], ids=["png", "tif", "pdf"])
def test_without_the_program_a_picture_is_empty_and_the_program_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(tesseract, "find_program", lambda *_: None)
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
    converted = read(tmp_path, data, limits=Limits(page_seconds=8))
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
    converted = read(tmp_path, data)
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
        weight = side_by_side.wait_for_room(3_900_000)  # A4 at 200 dots an inch
        running.add(number)
        greatest = max(greatest, len(running))
        side_by_side.add(Job(partial(_finish, running, number), weight))
    assert greatest == most


def _finish(running: set[int], number: int) -> int:
    running.remove(number)
    return number


if find_program("tesseract"):

    @pytest.mark.parametrize("data", [PICTURE, tif(pixels()), scanned_pdf(pixels())], ids=["png", "tif", "pdf"])
    def test_a_picture_of_text_is_recognised(tmp_path: Path, data: bytes) -> None:
        converted = read(tmp_path, data)
        assert TITLE in [block.text for block in converted.blocks]
        assert not any(problem.lossy for problem in converted.problems)
        assert list((tmp_path / "work").iterdir()) == []

    @pytest.mark.parametrize("data", [tif(pixels(), BLANK, pixels()), scanned_pdf(pixels(), BLANK, pixels())])
    def test_pages_are_recognised_one_by_one(tmp_path: Path, data: bytes) -> None:
        converted = read(tmp_path, data)
        assert {block.page for block in converted.blocks} == {1, 3}
        assert converted.pages == 3
        assert [(problem.page, problem.lossy) for problem in converted.problems] == [(2, False)]

    @pytest.mark.parametrize("data", [tif(pixels(), pixels()), scanned_pdf(pixels(), pixels())], ids=["tif", "pdf"])
    def test_what_the_time_does_not_allow_is_named(tmp_path: Path, data: bytes) -> None:
        with pytest.raises(DocumentError, match="SCAN_SECONDS") as caught:
            read(tmp_path, data, limits=Limits(wall_seconds=1e-9, scan_seconds=1e-9))
        assert caught.value.category is Category.EMPTY

    def test_a_blank_picture_is_empty(tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match="no text") as caught:
            read(tmp_path, tif(BLANK))
        assert caught.value.category is Category.EMPTY

    def test_a_damaged_picture_is_corrupt(tmp_path: Path) -> None:
        with pytest.raises(DocumentError) as caught:
            read(tmp_path, PICTURE[:60] + b"\0" * 500)
        assert caught.value.category is Category.CORRUPT


@pytest.mark.skipif(find_program("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read(tmp_path: Path, turn: int) -> None:
    # Turned by PDFium when it is drawn; the file says nothing of it.
    with pypdfium2.PdfDocument(scanned_pdf(pixels())) as document:
        bitmap = document[0].render(scale=200 / 72, grayscale=True, rotation=turn)
        picture = tmp_path / "turned.pgm"
        head = b"P5\n%d %d\n255\n" % (bitmap.stride, bitmap.height)
        picture.write_bytes(head + bytes(bitmap.buffer))
    found = tesseract.recognise(picture, page=1, workdir=tmp_path, seconds=60).finish()
    text = "".join(line.text for line in found.lines)
    assert TITLE in text.replace(" ", "")
    assert [line.y for line in found.lines] == sorted((line.y for line in found.lines), reverse=True)
