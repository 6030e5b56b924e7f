"""Pages drawn of PDF, OFD and pictures: what is seen is there, its places are true, and what is hidden stays hidden."""

import io
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from schemas.drawings import SVG, WEBP, DrawnPage, pack, unpack
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.embedded_font import pdf_of
from tests.support.builders.ofd import make_ofd, ruled, text
from tests.support.builders.pdf import Page, pdf
from workers.convert.preview import DRAWER
from workers.convert.preview.page import draw_page
from workers.sandbox.client import Sandbox

HELD_BACK = "0 g 70 740 200 30 re f"  # a black box over the second line


def drawn(path: Path, page: int = 1) -> DrawnPage:
    data = draw_page(path, hint=path.suffix[1:], workdir=path.parent, passwords=(), limits=Limits(), page=page)
    found = unpack(data)
    assert found is not None
    return found


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def picture_of(page: DrawnPage) -> Image.Image:
    return Image.open(io.BytesIO(page.picture)).convert("L")


def test_the_places_of_the_characters_of_a_pdf_are_where_they_are_drawn(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(["关于公开的通知"], ["第二页的内容", "接着写"]))
    page = drawn(path, 2)
    assert (page.drawing.page, page.drawing.pages, page.drawing.media_type) == (2, 2, WEBP)
    assert [run.text for run in page.drawing.runs] == ["第二页的内容", "接着写"]
    image = picture_of(page)
    assert (image.width, image.height) == (page.drawing.width, page.drawing.height)
    for run in page.drawing.runs:
        for left, top, right, bottom in run.boxes:
            assert image.getpixel((round((left + right) / 2), round((top + bottom) / 2))) < 80
    assert image.getpixel((20, 20)) > 240


def test_a_turned_page_is_drawn_upright_for_its_reader(tmp_path: Path) -> None:
    page = drawn(written(tmp_path / "a.pdf", pdf_of(["横放的页"], rotated=90)))
    assert page.drawing.width > page.drawing.height
    image = picture_of(page)
    for left, top, right, bottom in page.drawing.runs[0].boxes:
        assert image.getpixel((round((left + right) / 2), round((top + bottom) / 2))) < 80


def test_text_under_a_black_box_has_no_place_on_the_picture(tmp_path: Path) -> None:
    page = drawn(written(tmp_path / "a.pdf", pdf_of(["公开的一行", "涂黑的一行"], over=HELD_BACK)))
    assert [run.text for run in page.drawing.runs] == ["公开的一行"]


def test_a_page_in_a_font_that_nobody_has_is_refused_not_drawn_empty(tmp_path: Path) -> None:
    # In a process of its own: in this one, a reader may have had PDFium take its stand-in for every Chinese font.
    path = written(tmp_path / "a.pdf", pdf(Page().lines(90, 700, "\ue000\uf3a7\uf8f9")))
    sandbox = Sandbox(Limits(), reader=DRAWER, folder=tmp_path)
    with closing(sandbox), pytest.raises(DocumentError, match="neither the file nor this server has") as refused:
        sandbox.draw(path, hint="pdf", page=1)
    assert refused.value.category is Category.UNSUPPORTED


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_named(tmp_path: Path, page: int) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(["一"], ["二"]))
    with pytest.raises(DocumentError, match=f"no page {page}; its pages are 1 to 2"):
        drawn(path, page)


def test_a_photograph_is_turned_upright_scaled_and_loses_what_it_says_of_its_maker(tmp_path: Path) -> None:
    image, said = Image.new("RGB", (3000, 2000), "white"), Image.Exif()
    said[0x0112], said[0x010F] = 6, "Maker"  # to be turned by 90 degrees
    image.save(tmp_path / "a.jpg", exif=said)
    page = drawn(tmp_path / "a.jpg")
    assert (page.drawing.width, page.drawing.height) == (1169, 1754)
    assert b"Maker" not in page.picture


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    first, second = Image.new("1", (600, 800), 1), Image.new("1", (600, 800), 0)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second], compression="group4")
    pages = [drawn(tmp_path / "a.tif", number) for number in (1, 2)]
    assert [page.drawing.pages for page in pages] == [2, 2]
    assert [picture_of(page).getpixel((300, 400)) for page in pages] == [255, 0]


def test_what_is_see_through_in_a_picture_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert picture_of(drawn(tmp_path / "a.png")).getpixel((50, 50)) > 250


def test_a_damaged_picture_says_so(tmp_path: Path) -> None:
    Image.effect_noise((300, 300), 50).save(tmp_path / "whole.png")
    path = written(tmp_path / "a.png", (tmp_path / "whole.png").read_bytes()[:3000])
    with pytest.raises(DocumentError, match="page 1 cannot be drawn"):
        drawn(path)


def test_an_ofd_is_redrawn_with_its_text_lines_and_colours_in_place(tmp_path: Path) -> None:
    red = text(
        "公开<目录>".replace("<", "&lt;").replace(">", "&gt;"), 30, 40, size=5, code='X="0" Y="5" DeltaX="g 5 5"'
    )
    red = red.replace("<ofd:TextCode", '<ofd:FillColor Value="200 0 0"/><ofd:TextCode')
    page = drawn(make_ofd(tmp_path / "a.ofd", ruled("M 20 50 L 190 50"), red + ruled("M 20 50 L 190 50 C")), 2)
    assert (page.drawing.media_type, page.drawing.pages, page.drawing.lacks) == (SVG, 2, ("redrawn",))
    tree = ElementTree.fromstring(page.picture)
    (letters,) = tree.iter("{http://www.w3.org/2000/svg}text")
    assert letters.text == "公开<目录>"
    assert letters.get("x") == "0 5 10 15 20 25"
    assert 'fill="#c80000"' in page.picture.decode()
    assert "M 20 50 L 190 50 Z" in [one.get("d") for one in tree.iter("{http://www.w3.org/2000/svg}path")]
    (run,) = page.drawing.runs
    assert run.boxes[1][0] == pytest.approx(35, abs=0.1)
    assert run.boxes[1][1] < 45 < run.boxes[1][3]


def test_what_an_ofd_does_not_show_is_not_drawn_either(tmp_path: Path) -> None:
    hidden = text("看不见的字", 30, 60, Visible="false") + text("透明的字", 30, 80, Alpha="0")
    page = drawn(make_ofd(tmp_path / "a.ofd", text("公开的字", 30, 40) + hidden))
    assert [run.text for run in page.drawing.runs] == ["公开的字"]
    assert "看不见" not in page.picture.decode()
    assert "透明" not in page.picture.decode()


def test_a_drawing_survives_its_store_and_a_damaged_one_is_drawn_again(tmp_path: Path) -> None:
    page = drawn(written(tmp_path / "a.pdf", pdf_of(["一"])))
    packed = pack(page)
    assert unpack(packed) == page
    assert unpack(packed[:40]) is None
    assert unpack(b"") is None


def test_a_document_without_pages_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no fixed look"):
        drawn(written(tmp_path / "a.txt", "一、总则\n".encode()))
