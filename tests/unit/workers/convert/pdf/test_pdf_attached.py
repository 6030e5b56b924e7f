"""Files attached inside a PDF come out of it like those of an archive."""

import io
from pathlib import Path

import pypdfium2

from schemas.limits import Limits
from tests.support.builders.containers import contents, read
from tests.support.builders.pdf import Page, pdf


def with_files(files: dict[str, bytes], *pages: Page) -> bytes:
    document, target = pypdfium2.PdfDocument(pdf(*pages)), io.BytesIO()
    for name, data in files.items():
        document.new_attachment(name).set_data(data)
    document.save(target)
    return target.getvalue()


def test_attached_files_are_children_and_the_text_stays(tmp_path: Path) -> None:
    files = {"名单.txt": "张三".encode(), "表.csv": b"a,b"}
    converted = read(tmp_path, with_files(files, Page().text(80, 700, "见附件。")))
    assert [block.text for block in converted.blocks] == ["见附件。"]
    assert (converted.container, converted.children_expected, converted.problems) == (True, 2, ())
    assert contents(tmp_path, converted) == files


def test_a_pdf_that_only_carries_files_is_their_container(tmp_path: Path) -> None:
    assert contents(tmp_path, read(tmp_path, with_files({"a.txt": b"1"}, Page()))) == {"a.txt": b"1"}


def test_more_attached_files_than_allowed_are_named(tmp_path: Path) -> None:
    packed = with_files({"a.txt": b"1", "b.txt": b"2"}, Page().text(80, 700, "见附件。"))
    converted = read(tmp_path, packed, limits=Limits(child_count=1))
    assert (len(converted.children), converted.children_expected) == (1, 2)
    assert converted.problems[0].lossy


def test_a_pdf_without_attached_files_is_no_container(tmp_path: Path) -> None:
    assert not read(tmp_path, pdf(Page().text(80, 700, "正文。"))).container
