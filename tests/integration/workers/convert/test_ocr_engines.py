"""The contract of OCR engines: each that is installed reads the same pages; and what only the better one reads."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import read
from tests.support.builders.scans import BLANK, PICTURE, pixels, scanned_pdf, tif
from workers.convert.ocr import engines
from workers.convert.ocr.engines import ENGINES, choose_engine
from workers.sandbox.client import Sandbox

TITLE = "关于印发政务公开工作要点的通知"
INSTALLED = [name for name in ENGINES if choose_engine(name, Path.cwd())]


@pytest.fixture(params=INSTALLED)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_package_that_tests_are_run_with_brings_the_better_engine() -> None:
    assert INSTALLED[0] == "faster-paddle"


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.ENGINES, "tesseract", Missing())
    with pytest.raises(DocumentError, match="GONGKAI_OCR_ENGINE"):
        read(tmp_path, PICTURE, ocr_engine="tesseract")
    assert TITLE in [block.text for block in read(tmp_path, PICTURE, ocr_engine="auto").blocks]


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
def test_a_photograph_is_read_line_by_line(tmp_path: Path, data: bytes) -> None:
    whole = read(tmp_path, PICTURE, ocr_engine="faster-paddle")
    converted = read(tmp_path, data, ocr_engine="faster-paddle")
    assert "".join(block.text for block in converted.blocks) == "".join(block.text for block in whole.blocks)
