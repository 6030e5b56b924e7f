"""What is masked is black in the picture of a page: pages that differ only there give the same picture."""

import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ops.bench.conversion.page_files import assemble_pdf
from schemas.drawings import DrawnPage, Secret, unpack
from schemas.errors import DocumentError
from schemas.limits import Limits
from workers.convert.preview import DRAWER
from workers.convert.preview.page import draw_page
from workers.sandbox.client import Sandbox

PHONE, OTHER = "13800138123", "13899978123"  # they differ where they are masked


def secret(number: str, times: int = 1) -> Secret:
    return Secret(number, 3, 7, times)


def pdf_with(number: str, *, picture: float = 0.0, pieces: int = 1, broken: bool = False) -> bytes:
    """Return a page in Helvetica that names a number twice, with black pictures of that width in points."""
    first, second = (number[:6], number[6:]) if broken else (number, "")
    drawn = (
        f"BT /F1 14 Tf 80 700 Td (Tel. {first}) Tj 200 -80 Td (Zhang, {number}, office) Tj "
        f"-200 -220 Td ({second}) Tj ET "
        + " ".join(
            f"q {picture} 0 0 {picture} {80 + piece * picture} 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q"
            for piece in range(pieces)
        )
    ).encode("latin-1")
    return assemble_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawn), drawn),
        ]
    )


def drawn(folder: Path, data: bytes, *secrets: Secret) -> DrawnPage:
    path = folder / "a.pdf"
    path.write_bytes(data)
    found = draw_page(path, hint="pdf", workdir=folder, passwords=(), limits=Limits(), page=1, secrets=secrets or None)
    unpacked = unpack(found)
    assert unpacked is not None
    return unpacked


def test_pages_that_differ_only_in_what_is_masked_give_the_same_picture(tmp_path: Path) -> None:
    pages = [drawn(tmp_path, pdf_with(number), secret(number, 2)) for number in (PHONE, OTHER)]
    assert pages[0].picture == pages[1].picture
    assert pages[0].drawing == pages[1].drawing
    assert pages[0].drawing.lacks == ("covered",)
    open_pages = [drawn(tmp_path, pdf_with(number)) for number in (PHONE, OTHER)]
    assert open_pages[0].picture != open_pages[1].picture
    image = Image.open(io.BytesIO(pages[0].picture)).convert("L")
    whole = open_pages[0].drawing.runs
    for run, covered in zip(whole, pages[0].drawing.runs, strict=True):
        start = run.text.find(PHONE)
        assert (PHONE in covered.text, covered.text.count("*")) == (False, 4 if start >= 0 else 0)
        for left, top, right, bottom in run.boxes[start + 3 : start + 7] if start >= 0 else ():
            assert image.crop((int(left), int(top), round(right), round(bottom))).getextrema()[1] < 40


def test_a_page_on_which_a_masked_number_is_not_found_as_often_as_it_was_read_is_not_drawn(tmp_path: Path) -> None:
    assert drawn(tmp_path, pdf_with(PHONE, broken=True), secret(PHONE, 1)).drawing.lacks == ("covered",)
    for data, secrets in (
        (pdf_with(PHONE, broken=True), (secret(PHONE, 2),)),
        (pdf_with(PHONE), (secret(PHONE, 2), secret("13700137000"))),
        (pdf_with(PHONE, picture=200), (secret(PHONE, 2),)),
        (pdf_with(PHONE, picture=60, pieces=8), (secret(PHONE, 2),)),
    ):
        with pytest.raises(DocumentError, match="not every place of it is found on page 1"):
            drawn(tmp_path, data, *secrets)
    assert drawn(tmp_path, pdf_with(PHONE, picture=60), secret(PHONE, 2)).picture


def test_pictures_and_the_pages_of_an_ofd_are_not_covered_but_refused(tmp_path: Path) -> None:
    Image.new("L", (600, 800), 255).save(tmp_path / "a.png")
    with pytest.raises(DocumentError, match="pages of the format png cannot be covered"):
        draw_page(tmp_path / "a.png", hint="png", workdir=tmp_path, passwords=(), limits=Limits(), page=1, secrets=())


def test_what_is_covered_crosses_into_the_sandbox(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(PHONE))
    with closing(Sandbox(Limits(), reader=DRAWER, folder=tmp_path)) as sandbox:
        page = unpack(sandbox.draw(path, hint="pdf", page=1, secrets=(secret(PHONE, 2),)))
        assert page is not None
        assert page == replace(drawn(tmp_path, pdf_with(PHONE), secret(PHONE, 2)))
