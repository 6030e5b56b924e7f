"""The contract of OCR engines: each that is installed reads the same pages; and what only the better one reads."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import read
from tests.support.builders.scans import BLANK, PICTURE, pixels, scanned_pdf, tif
from tests.support.ocr_package import unloadable_paddle
from tests.support.servers import environment
from workers.convert.ocr import engines, paddle
from workers.convert.ocr.engines import ENGINES, choose_engine
from workers.sandbox.client import Sandbox

TITLE = "关于印发政务公开工作要点的通知"
REMEDY = {
    "faster-paddle": "`make .venv/.installed-dev` installs the package faster-paddle",
    "tesseract": "install tesseract-ocr and tesseract-ocr-chi-sim (Debian)",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("engines")
    return {name for name in ENGINES if choose_engine(name, folder)}


def demand(name: str, installed: set[str]) -> str:
    """Return the name of an engine; without it skip the test, or fail where everything has to be there (CI)."""
    if name not in installed:
        (pytest.fail if environment.REQUIRED else pytest.skip)(f"{name} does not run here: {REMEDY[name]}")
    return name


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, installed: set[str]) -> str:
    return demand(request.param, installed)


@pytest.fixture
def better(installed: set[str]) -> str:
    return demand("faster-paddle", installed)


@pytest.mark.parametrize("data", [PICTURE, tif(pixels()), scanned_pdf(pixels())], ids=["png", "tif", "pdf"])
def test_a_picture_of_text_is_recognised(tmp_path: Path, engine: str, data: bytes) -> None:
    converted = read(tmp_path, data, ocr_engine=engine)
    assert TITLE in [block.text for block in converted.blocks]
    assert not any(problem.lossy for problem in converted.problems)
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("data", [tif(pixels(), BLANK, pixels()), scanned_pdf(pixels(), BLANK, pixels())])
def test_pages_are_recognised_one_by_one(tmp_path: Path, engine: str, data: bytes) -> None:
    converted = read(tmp_path, data, ocr_engine=engine)
    assert {block.page for block in converted.blocks} == {1, 3}
    assert converted.pages == 3
    assert [(problem.page, problem.lossy) for problem in converted.problems] == [(2, False)]


@pytest.mark.parametrize("data", [tif(pixels(), pixels()), scanned_pdf(pixels(), pixels())], ids=["tif", "pdf"])
def test_what_the_time_does_not_allow_is_named(tmp_path: Path, engine: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match="SCAN_SECONDS") as caught:
        read(tmp_path, data, limits=Limits(wall_seconds=1e-9, scan_seconds=1e-9), ocr_engine=engine)
    assert caught.value.category is Category.EMPTY


def test_a_blank_picture_is_empty(tmp_path: Path, engine: str) -> None:
    with pytest.raises(DocumentError, match="no text") as caught:
        read(tmp_path, tif(BLANK), ocr_engine=engine)
    assert caught.value.category is Category.EMPTY


@pytest.mark.parametrize("kept", [60, 2000])
def test_a_damaged_picture_is_corrupt(tmp_path: Path, engine: str, kept: int) -> None:
    with pytest.raises(DocumentError, match=engine) as caught:
        read(tmp_path, PICTURE[:kept] + b"\0" * 500, ocr_engine=engine)
    assert caught.value.category is Category.CORRUPT


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read(tmp_path: Path, engine: str, turn: int) -> None:
    # Turned by PDFium when it is drawn; the file says nothing of it.
    with pypdfium2.PdfDocument(scanned_pdf(pixels())) as document:
        picture = tmp_path / "turned.png"
        document[0].render(scale=200 / 72, grayscale=True, rotation=turn).to_pil().save(picture)
    found = ENGINES[engine].recognise(picture, page=1, workdir=tmp_path, seconds=60).finish()
    text = "".join(line.text for line in found.lines)
    assert TITLE in text.replace(" ", "")
    assert [line.y for line in found.lines] == sorted((line.y for line in found.lines), reverse=True)


def test_a_table_of_single_digits_is_read_row_by_row(tmp_path: Path, engine: str) -> None:
    # A digit is taller than wide, as the lines of a page on its side are; such a table is in each annual report.
    font, page = ImageFont.load_default(32), Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for row in range(22):
        draw.text((120, 150 + 90 * row), f"Item name {row + 1}", fill=0, font=font)
        for cell in range(7):
            draw.text((600 + 130 * cell, 150 + 90 * row), str((row + 3 * cell) % 10), fill=0, font=font)
    picture = tmp_path / "table.png"
    page.save(picture)
    found = ENGINES[engine].recognise(picture, page=1, workdir=tmp_path, seconds=60).finish()
    assert found.height == pytest.approx(2339 * 72 / 200)
    rows = [line.text for line in found.lines if "name" in line.text]
    assert [re.findall(r"name ?(\d+)", row)[:1] for row in rows] == [[str(number)] for number in range(1, 23)]


def test_a_page_in_the_sandbox_is_recognised_by_the_engine_it_was_given(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "notice.png"
    path.write_bytes(PICTURE)
    sandbox = Sandbox(Limits(), ocr_engine=engine, folder=tmp_path)
    try:
        with sandbox.convert(path, hint="png") as conversion:
            assert TITLE in [block.text for block in conversion.converted.blocks]
    finally:
        sandbox.close()


def test_an_engine_that_is_named_and_not_installed_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: set[str]
) -> None:
    demand("faster-paddle", installed)
    monkeypatch.setitem(engines.ENGINES, "tesseract", Missing())
    with pytest.raises(DocumentError, match="GONGKAI_OCR_ENGINE"):
        read(tmp_path, PICTURE, ocr_engine="tesseract")
    assert TITLE in [block.text for block in read(tmp_path, PICTURE, ocr_engine="auto").blocks]


def test_a_package_that_cannot_be_imported_is_replaced_by_the_other_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: set[str]
) -> None:
    demand("tesseract", installed)
    monkeypatch.syspath_prepend(unloadable_paddle(tmp_path))
    monkeypatch.delitem(sys.modules, "faster_paddle", raising=False)
    assert TITLE in [block.text for block in read(tmp_path, PICTURE, ocr_engine="auto").blocks]
    with pytest.raises(DocumentError, match="doctor") as caught:
        read(tmp_path, PICTURE, ocr_engine="faster-paddle")
    assert caught.value.category is Category.EMPTY


@pytest.mark.parametrize(
    ("program", "seconds", "installed"),
    [
        ("raise ImportError('a library')", 60, False),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", 60, False),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 60, True),
        ("import time; time.sleep(600)", 0.01, True),
    ],
    ids=["import", "processor", "killed", "slow"],
)
def test_only_a_failed_import_makes_a_package_one_that_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, seconds: float, *, installed: bool
) -> None:
    (tmp_path / "program.py").write_text(program, "utf-8")
    monkeypatch.setattr(paddle, "_PROGRAM", tmp_path / "program.py")
    monkeypatch.setattr(paddle, "_IMPORT_SECONDS", seconds)
    monkeypatch.setattr(paddle, "find_spec", lambda _: ())
    assert paddle.is_installed(tmp_path) is installed


class Missing:
    """An engine that is not installed."""

    def is_installed(self, workdir: Path) -> bool:
        return False


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def photographs() -> Iterator[tuple[str, bytes]]:
    """Yield the sample as cameras and programs of pictures save it."""
    page = Image.open(io.BytesIO(PICTURE)).convert("L")
    width, height = page.size
    see_through = Image.new("RGBA", page.size, (0, 0, 0, 0))
    see_through.putalpha(page.point(lambda value: 255 - value))
    yield "black on nothing", encoded(see_through, "PNG")
    yield "16 bits a pixel", encoded(page.convert("I").point(lambda value: value * 257).convert("I;16"), "PNG")
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned a quarter to the right (Exif 2.32, 4.6.4)
    yield "turned by the camera", encoded(page.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
    for rise in (0.06, -0.06):
        way = Image.Transform.AFFINE
        tilted = page.transform((width, height + 200), way, (1, 0, 0, rise, 1, -100 - rise * width / 2), fillcolor=255)
        yield f"tilted by {rise}", encoded(tilted, "JPEG", quality=60)


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in photographs()])
def test_a_photograph_is_read_line_by_line(tmp_path: Path, better: str, data: bytes) -> None:
    whole = read(tmp_path, PICTURE, ocr_engine=better)
    converted = read(tmp_path, data, ocr_engine=better)
    assert "".join(block.text for block in converted.blocks) == "".join(block.text for block in whole.blocks)
